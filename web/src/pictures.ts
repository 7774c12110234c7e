// Makes pictures small enough to be sent: a script of its own. They are drawn anew, so that nothing of a file but what is
// seen goes on: no place, no camera, no name, no thumbnail of what was cut away.

import { isDrawn, isSeeThrough } from './picture/drawn.ts';
import { fit, SIDE_MOST } from './picture/fit.ts';
import { SOURCE_MOST } from './picture/inspect.ts';
import type { PictureFault } from './state.ts';

/** A picture as it is sent. */
export type Prepared = { address: string; bytes: number; width: number; height: number };

type Encoded = { blob: Blob; size: number; width: number; height: number };

/** Colours that are drawn and read again, and by how much each may be another: some browsers blur them on purpose. */
const SAMPLES = ['#000', '#fff', '#c00', '#0c0', '#00c', '#cc0'];
const OFF_MOST = 24;

/** `picture` is scaled and compressed to `most` bytes. Rejects once `signal` is aborted. */
export async function prepare(
  picture: Blob,
  most: number,
  signal: AbortSignal,
): Promise<Prepared | PictureFault> {
  if (isNoise()) return 'noise';
  const drawn = await draw(picture);
  signal.throwIfAborted();
  if (!drawn) return 'broken';
  const encode = async (canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Encoded> => {
    const blob = await toBlob(canvas, type, quality);
    signal.throwIfAborted();
    return { blob, size: blob.size, width: canvas.width, height: canvas.height };
  };
  // Browsers make a PNG of what they can't encode (HTML, 4.12.5.5).
  const hasWebp = (await toBlob(canvasOf(1, 1), 'image/webp')).type === 'image/webp';
  const { data } = contextOf(drawn).getImageData(0, 0, drawn.width, drawn.height);
  const isLossless = isDrawn(data) || (!hasWebp && isSeeThrough(data));
  const lossless = isLossless ? await encode(drawn, 'image/png') : undefined;
  if (lossless && lossless.size <= most) return finished(lossless);
  // JPEG has no ground that shows through.
  if (!hasWebp) ground(drawn);
  const type = hasWebp ? 'image/webp' : 'image/jpeg';
  let canvas = drawn;
  const longer = Math.max(drawn.width, drawn.height);
  const fitting = await fit(
    (side, quality) => {
      if (side !== Math.max(canvas.width, canvas.height)) canvas = scaled(drawn, side);
      return encode(canvas, type, quality);
    },
    longer,
    most,
  );
  return fitting ? finished(fitting) : 'too-small';
}

/** As it is to be seen, turned as its camera was held, and no larger than any is sent; null where it can't be decoded. */
async function draw(picture: Blob): Promise<HTMLCanvasElement | null> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' })
    // Older browsers turn it unasked, and know no such wish.
    .catch(error => (error instanceof TypeError ? createImageBitmap(picture) : null))
    .catch(() => null);
  if (!bitmap) return null;
  const isTooLarge = bitmap.width * bitmap.height > SOURCE_MOST;
  const drawn = isTooLarge ? null : scaled(bitmap, SIDE_MOST);
  bitmap.close();
  return drawn;
}

/** With a longer side of so many pixels, or as it is where that is less. By halves, for browsers look no further around. */
function scaled(source: ImageBitmap | HTMLCanvasElement, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(source.width, source.height));
  const of = (length: number) => Math.max(1, Math.round(length * scale));
  const [width, height] = [of(source.width), of(source.height)];
  const halve = (length: number, least: number) => Math.max(least, Math.ceil(length / 2));
  let from: ImageBitmap | HTMLCanvasElement = source;
  for (;;) {
    const to = canvasOf(halve(from.width, width), halve(from.height, height));
    contextOf(to).drawImage(from, 0, 0, to.width, to.height);
    if (to.width === width && to.height === height) return to;
    from = to;
  }
}

function ground(canvas: HTMLCanvasElement): void {
  const context = contextOf(canvas);
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** Whether what was drawn is not what is read: browsers keep pages from telling devices apart by how they draw. */
function isNoise(): boolean {
  const context = contextOf(canvasOf(SAMPLES.length, 1));
  SAMPLES.forEach((colour, at) => {
    context.fillStyle = colour;
    context.fillRect(at, 0, 1, 1);
  });
  try {
    const read = context.getImageData(0, 0, SAMPLES.length, 1).data;
    const drawn = SAMPLES.flatMap(colour => [...colour.slice(1)].map(digit => parseInt(digit, 16) * 17));
    return drawn.some((value, at) => {
      const channel = Math.floor(at / 3) * 4 + (at % 3);
      return Math.abs(value - (read[channel] ?? Infinity)) > OFF_MOST;
    });
  } catch {
    return true;
  }
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  return context;
}

const toBlob = (canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> =>
  new Promise((resolve, reject) => canvas.toBlob(blob => (blob ? resolve(blob) : reject()), type, quality));

async function finished({ blob, size, width, height }: Encoded): Promise<Prepared> {
  const address = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  return { address, bytes: size, width, height };
}
