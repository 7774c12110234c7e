// What a picture is of, by its pixels: four bytes each, red, green, blue and alpha.

/** Colours that a drawing has at the most; a photograph of any size has more. */
export const COLOURS_MOST = 256;

/** Whether it is drawn, or shown on a screen, rather than taken: lossless compression keeps its edges sharp. */
export function isDrawn(pixels: Uint8ClampedArray): boolean {
  const colours = new Set<number>();
  let last = -1;
  for (const pixel of new Uint32Array(pixels.buffer)) {
    if (pixel === last) continue;
    last = pixel;
    colours.add(pixel);
    if (colours.size > COLOURS_MOST) return false;
  }
  return true;
}

/** Whether what is behind it shows anywhere. */
export function isSeeThrough(pixels: Uint8ClampedArray): boolean {
  for (let at = 3; at < pixels.length; at += 4) if (pixels[at] !== 255) return true;
  return false;
}
