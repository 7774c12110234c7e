// Files as people give them to the page, made in the browser itself or byte by byte.

import type { Page } from 'playwright-core';

export type Given = { name: string; type: string; bytes: Buffer | number };

export type How = 'choose' | 'paste' | 'drop';

/** Gives files to a room; `bytes` may be a number of zeros. */
export function give(page: Page, how: How, ...files: Given[]): Promise<void> {
  const packed = files.map(({ bytes, ...file }) => ({
    ...file,
    bytes: typeof bytes === 'number' ? bytes : bytes.toString('base64'),
  }));
  return page.evaluate(
    ([how, packed]) => {
      const given = new DataTransfer();
      for (const { name, type, bytes } of packed) {
        const content =
          typeof bytes === 'number'
            ? new Uint8Array(bytes)
            : Uint8Array.from(atob(bytes), c => c.charCodeAt(0));
        given.items.add(new File([content], name, { type }));
      }
      const box = document.querySelector('textarea') as HTMLElement;
      if (how === 'choose') {
        const chooser = document.querySelector('input[type=file]') as HTMLInputElement;
        chooser.files = given.files;
        chooser.dispatchEvent(new Event('change'));
      } else if (how === 'paste') {
        // Firefox lets no script fill the clipboard of an event.
        const paste = new Event('paste', { bubbles: true, cancelable: true });
        box.dispatchEvent(Object.defineProperty(paste, 'clipboardData', { value: given }));
      } else {
        const drag = (kind: string, on: Element) =>
          on.dispatchEvent(new DragEvent(kind, { dataTransfer: given, bubbles: true, cancelable: true }));
        drag('dragenter', box);
        const target = document.querySelector('.drop') as Element;
        drag('dragover', target);
        drag('drop', target);
      }
    },
    [how, packed] as const,
  );
}

type Drawing = { width: number; height: number; kind: 'photo' | 'drawing'; type: string; isOpen?: boolean };

/**
 * A picture whose left half is red and whose right half is blue: of many colours, as a photograph has, or of two. One that
 * is open has a hole in its corner.
 */
export async function picture(
  page: Page,
  { width, height, kind, type, isOpen = false }: Drawing,
): Promise<Given> {
  const packed = await page.evaluate(
    async ([width, height, kind, type, isOpen]) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      const image = context.createImageData(width, height);
      // The noise of a sensor, the same each time.
      let seed = 1;
      for (let at = 0; at < image.data.length; at += 4) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        const [noise = 0, other = 0] = kind === 'photo' ? [(seed >> 16) % 48, (seed >> 9) % 48] : [];
        const isLeft = (at / 4) % width < width / 2;
        image.data.set([isLeft ? 180 + noise : 20, other, isLeft ? 20 : 180 + noise, 255], at);
      }
      context.putImageData(image, 0, 0);
      if (isOpen) context.clearRect(0, 0, width / 4, height / 4);
      const blob = await new Promise<Blob | null>(made => canvas.toBlob(made, type, 0.9));
      const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
      return Array.from(bytes, byte => String.fromCharCode(byte)).join('');
    },
    [width, height, kind, type, isOpen] as const,
  );
  const [, ending = ''] = type.split('/');
  return { name: `${kind}.${ending}`, type, bytes: Buffer.from(packed, 'latin1') };
}

/** What a camera writes beside a picture: how it was held, and things that nobody means to tell. */
export const TELLTALES = ['Exif', 'Telltale Camera 3000', 'at home', 'cut away', '\x15\xcd\x5b\x07'];

const [SHORT, ASCII, LONG, RATIONAL] = [3, 2, 4, 5];

/** A JPEG as a camera that was held upright writes it: on its side, with orientation 6 (Exif 2.32, 4.6.5). */
export function fromCamera({ bytes, ...file }: Given): Given {
  const entries = (
    at: number,
    ...all: [tag: number, type: number, count: number, value: number | Buffer][]
  ) => {
    const head = Buffer.alloc(2 + 12 * all.length + 4);
    const tail: Buffer[] = [];
    let end = at + head.length;
    head.writeUInt16LE(all.length);
    all.forEach(([tag, type, count, value], index) => {
      const place = 2 + 12 * index;
      head.writeUInt16LE(tag, place);
      head.writeUInt16LE(type, place + 2);
      head.writeUInt32LE(count, place + 4);
      head.writeUInt32LE(typeof value === 'number' ? value : end, place + 8);
      if (typeof value === 'number') return;
      tail.push(value);
      end += value.length;
    });
    return Buffer.concat([head, ...tail]);
  };
  const latitude = Buffer.alloc(24);
  [52, 1, 31, 1, 123_456_789, 10_000_000].forEach((value, at) => latitude.writeUInt32LE(value, 4 * at));
  const camera = Buffer.from('Telltale Camera 3000\0');
  const gpsAt = 8 + 2 + 12 * 3 + 4 + camera.length;
  const tiff = Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0', 'latin1'),
    entries(8, [0x10f, ASCII, camera.length, camera], [0x112, SHORT, 1, 6], [0x8825, LONG, 1, gpsAt]),
    entries(gpsAt, [1, ASCII, 2, 0x4e], [2, RATIONAL, 3, latitude]),
    // Where a thumbnail stands, of what the picture was before it was cut.
    Buffer.from('cut away'),
  ]);
  const segment = (marker: number, content: Buffer) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(content.length + 2, 2);
    return Buffer.concat([head, content]);
  };
  const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), tiff]));
  const comment = segment(0xfe, Buffer.from('at home'));
  const jpeg = bytes as Buffer;
  return { ...file, bytes: Buffer.concat([jpeg.subarray(0, 2), exif, comment, jpeg.subarray(2)]) };
}

/** A GIF of one pixel and two frames. */
const STILL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
export const MOVING: Given = {
  name: 'moving.gif',
  type: 'image/gif',
  bytes: Buffer.concat([STILL.subarray(0, -1), STILL.subarray(27)]),
};

/** A PNG that says that it has so many pixels, and has none. */
export function hollow(width: number, height: number): Given {
  const bytes = Buffer.alloc(45);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 2, 0, 0, 0], 24);
  return { name: `${width}x${height}.png`, type: 'image/png', bytes };
}
