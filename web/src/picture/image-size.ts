// How large an image is, read from its first bytes as decoders read them: a few hundred bytes may unpack to
// gigabytes of pixels. An image that is not understood has no size, and is not shown.

type Size = {
  width: number;
  height: number;
  /** Of an animation, whose frames are each drawn as large as the whole. */
  frames?: number;
};

/** The size in pixels of a PNG, GIF, WebP or JPEG; null for anything else, whatever it calls itself. */
export function imageSize(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    for (const read of [png, gif, webp, jpeg]) {
      const size = read(view);
      if (size) return size.width > 0 && size.height > 0 ? size : null;
    }
  } catch (error) {
    // It ends before its size does.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

const marked = (view: DataView, at: number, mark: string): boolean =>
  [...mark].every((character, index) => view.getUint8(at + index) === character.charCodeAt(0));

/** PNG (third edition), 5.2 and 11.2.1. */
function png(view: DataView): Size | null {
  if (!marked(view, 0, '\x89PNG\r\n\x1a\n') || !marked(view, 12, 'IHDR')) return null;
  const size = { width: view.getUint32(16), height: view.getUint32(20), frames: 0 };
  // A frame's control chunk goes before its data (PNG, third edition, 11.3.6.2).
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (marked(view, at + 4, 'fcTL')) size.frames += 1;
  }
  return size;
}

/** GIF89a, 18 to 26. Browsers widen the screen for a frame that is larger, so every frame counts. */
function gif(view: DataView): Size | null {
  if (!marked(view, 0, 'GIF87a') && !marked(view, 0, 'GIF89a')) return null;
  const size = { width: view.getUint16(6, true), height: view.getUint16(8, true), frames: 0 };
  const colours = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  let at = 13 + colours(view.getUint8(10));
  while (at < view.byteLength) {
    const block = view.getUint8(at);
    if (block === 0x2c) {
      size.frames += 1;
      size.width = Math.max(size.width, view.getUint16(at + 1, true) + view.getUint16(at + 5, true));
      size.height = Math.max(size.height, view.getUint16(at + 3, true) + view.getUint16(at + 7, true));
      at += 11 + colours(view.getUint8(at + 9));
    } else if (block === 0x21) {
      at += 2;
    } else {
      break;
    }
    while (at < view.byteLength && view.getUint8(at) > 0) at += 1 + view.getUint8(at);
    at += 1;
  }
  return size;
}

/** RFC 9649, 2.5 to 2.7, and RFC 6386, 9.1. */
function webp(view: DataView): Size | null {
  if (!marked(view, 0, 'RIFF') || !marked(view, 8, 'WEBP')) return null;
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  if (marked(view, 12, 'VP8X')) {
    const size = { width: uint24(24) + 1, height: uint24(27) + 1, frames: 0 };
    for (let at = 30; at + 8 <= view.byteLength;) {
      if (marked(view, at, 'ANMF')) size.frames += 1;
      const length = view.getUint32(at + 4, true);
      at += 8 + length + (length & 1);
    }
    return size;
  }
  if (marked(view, 12, 'VP8L') && view.getUint8(20) === 0x2f) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (marked(view, 12, 'VP8 ') && marked(view, 23, '\x9d\x01\x2a')) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return null;
}

/** Scans that a decoder goes over all pixels for in the time of one frame; an image in steps has about ten. */
const SCANS = 16;

/** ITU-T T.81, B.2: tables and application data, then the frame. Anything else before it is not waded through. */
function jpeg(view: DataView): Size | null {
  if (!marked(view, 0, '\xff\xd8')) return null;
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null;
    while (view.getUint8(at + 1) === 0xff) at += 1;
    const marker = view.getUint8(at + 1);
    const tables = [0xc4, 0xcc, 0xdb, 0xdd, 0xfe].includes(marker) || (marker & 0xf0) === 0xe0;
    if (!tables) {
      const frame = (marker & 0xf0) === 0xc0 && marker !== 0xc8;
      if (!frame) return null;
      const size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
      let scans = 0;
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      while ((at = bytes.indexOf(0xff, at) + 1) > 0) if (bytes[at] === 0xda) scans += 1;
      return { ...size, frames: Math.ceil(scans / SCANS) };
    }
    at += 2 + view.getUint16(at + 2);
  }
}
