// What a file holds, by its own bytes and before anything of it is decoded: nobody's word on its kind is taken.

import type { PictureFault } from '../state.ts';
import { imageSize } from './image-size.ts';

/** Bytes of the largest file that is read. */
export const FILE_MOST = 32 * 1024 * 1024;
/** Pixels of the largest picture that is decoded: four bytes each, whatever they take in the file. */
export const SOURCE_MOST = 64_000_000;
/** Bytes in which a file of boxes names its size. */
const BOXES_WITHIN = 64 * 1024;

/** `isMoving`: it has several frames, of which the first is taken. */
export type Inspected = { type: string; isMoving: boolean };

/** Kinds by their first bytes, as Latin-1 has them. */
const KINDS: [RegExp, string][] = [
  [/^.PNG\r\n/s, 'image/png'],
  [/^ÿØ/, 'image/jpeg'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF.{4}WEBP/s, 'image/webp'],
  // ISO/IEC 23008-12, annex B; AV1 Image File Format, 6.
  [/^.{4}ftypavi[fs]/s, 'image/avif'],
  [/^.{4}ftyp(?:he[iv]|mi[af]|msf)/s, 'image/heic'],
];

/** `claimed`: the kind that its name says. */
export function inspect(bytes: Uint8Array, claimed: string): Inspected | PictureFault {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, BOXES_WITHIN));
  const type = KINDS.find(([mark]) => mark.test(start))?.[1];
  if (!type) return /<svg[\s>]/i.test(start) ? 'svg' : claimed.startsWith('image/') ? 'kind' : 'no-picture';
  const isOfBoxes = /avif|heic/.test(type);
  const size = isOfBoxes ? sizeInBoxes(bytes, start) : imageSize(bytes);
  if (!size) return 'broken';
  const { width, height, frames = 1 } = size;
  // A JPEG is decoded as a whole, however many scans it comes in; of all others the first frame is.
  const isMoving = frames > 1 && type !== 'image/jpeg';
  if (width * height * (isMoving ? 1 : Math.max(1, frames)) > SOURCE_MOST) return 'large-picture';
  return { type, isMoving: isMoving || /^.{4}ftypavis/s.test(start) };
}

/** The largest of the images in it, of which the others are tiles (ISO/IEC 23008-12, 6.5.3). */
function sizeInBoxes(bytes: Uint8Array, start: string) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const size = { width: 0, height: 0, frames: 1 };
  for (const { index } of start.matchAll(/ispe/g)) {
    if (index + 16 > bytes.length) break;
    size.width = Math.max(size.width, view.getUint32(index + 8));
    size.height = Math.max(size.height, view.getUint32(index + 12));
  }
  return size.width > 0 && size.height > 0 ? size : null;
}
