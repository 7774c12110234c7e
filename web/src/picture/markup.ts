// A picture as what it is on its way: HTML, as any message.

/** Characters (UTF-16) of a description. */
export const DESCRIPTION_MOST = 200;

/** Bytes of all that is around a picture in its message. Each character of a description takes six at the most. */
const AROUND = 64 + 6 * DESCRIPTION_MOST;

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** `address`: the picture as a `data:` address. */
export const pictureMarkup = (address: string, description: string): string =>
  `<img src="${address}" alt="${description
    .slice(0, DESCRIPTION_MOST)
    .replace(/[&<>"]/g, sign => ESCAPED[sign] ?? '')}">`;

/** Bytes of a picture that fits a message of so many bytes, whatever its description is. */
export const pictureMost = (message: number): number => Math.max(0, Math.floor((message - AROUND) / 4) * 3);
