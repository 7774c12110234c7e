// Images whose bytes are in the message itself.

import { imageSize } from '../picture/image-size.ts';

const HEAD = /^data:image\/(png|jpe?g|gif|webp)(?:;[^,]*)?;base64$/;

/** The address of an image, written in the one way that is shown, and the pixels of all its frames; null where it is none to show. */
export function readPicture(address: string): { address: string; pixels: number } | null {
  const comma = address.indexOf(',');
  const head = address.slice(0, Math.max(0, comma)).replace(/\s+/g, '').toLowerCase();
  const type = HEAD.exec(head)?.[1];
  // Mail and tools break lines; a data address may be percent-encoded (RFC 2397), where the lines' ends are too.
  const packed = unescaped(address.slice(comma + 1)).replace(/\s+/g, '');
  if (!type || !/^[a-z0-9+/]+=*$/i.test(packed)) return null;
  const size = imageSize(unpacked(packed));
  if (!size) return null;
  const pixels = size.width * size.height * Math.max(1, size.frames ?? 1);
  return { address: `data:image/${type};base64,${packed}`, pixels };
}

const unescaped = (text: string): string =>
  text.replace(/%([0-7][\da-f])/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

function unpacked(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  } catch {
    // No multiple of four letters, which browsers refuse too.
    return new Uint8Array();
  }
}
