// How large a picture may be to fit a message, found by trying.

/** Pixels of the longer side of a picture as it is sent, at the most and at the least. */
export const SIDE_MOST = 1600;
export const SIDE_LEAST = 64;
/** What a picture is compressed to rather than made smaller, of 1, and no further. */
export const QUALITY_LEAST = 0.6;
export const QUALITY_MOST = 0.9;
/** Times that the room between the two is halved. */
const HALVINGS = 3;
/** How much of its side a picture keeps from one try to the next, at the most. */
const SHRINK = 0.9;

/** Bytes go with the pixels, or a little slower: a try that was too large by much is followed by one that is by little. */
const nextSide = (side: number, size: number, most: number): number =>
  Math.floor(side * Math.min(SHRINK, Math.sqrt(most / size) * 0.98));

/** Of the room for it, what a picture uses at the least before it is tried larger again, and how often that is. */
const USED_LEAST = 0.6;
const GROWTHS = 3;

/**
 * The picture as large as fits `most` bytes, and of that size the best; null where the smallest does not fit. `encode`
 * makes it with a longer side of so many pixels, in a quality between 0 and 1; `side` is what it has.
 */
export async function fit<Encoded extends { size: number }>(
  encode: (side: number, quality: number) => Promise<Encoded>,
  side: number,
  most: number,
): Promise<Encoded | null> {
  let tried = Math.min(side, SIDE_MOST);
  let tooLarge = tried;
  let plain = await encode(tried, QUALITY_LEAST);
  while (plain.size > most) {
    if (tried <= SIDE_LEAST) return null;
    tooLarge = tried;
    tried = Math.max(SIDE_LEAST, nextSide(tried, plain.size, most));
    plain = await encode(tried, QUALITY_LEAST);
  }
  // Small pictures that are smooth take far less than they have pixels less.
  for (let grown = 0; grown < GROWTHS && plain.size < most * USED_LEAST; grown += 1) {
    const between = Math.round(Math.sqrt(tried * tooLarge));
    if (between <= tried || between >= tooLarge) break;
    const larger = await encode(between, QUALITY_LEAST);
    if (larger.size > most) tooLarge = between;
    else [tried, plain] = [between, larger];
  }
  return refine(quality => encode(tried, quality), plain, most);
}

/** The best quality that fits, of a picture that fits in the least. */
async function refine<Encoded extends { size: number }>(
  encode: (quality: number) => Promise<Encoded>,
  plain: Encoded,
  most: number,
): Promise<Encoded> {
  // The best is tried first: a small picture needs no search.
  const finest = await encode(QUALITY_MOST);
  if (finest.size <= most) return finest;
  let [best, low, high] = [plain, QUALITY_LEAST, QUALITY_MOST];
  for (let tries = 0; tries < HALVINGS; tries += 1) {
    const quality = (low + high) / 2;
    const tried = await encode(quality);
    if (tried.size <= most) [best, low] = [tried, quality];
    else high = quality;
  }
  return best;
}
