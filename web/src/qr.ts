// Draws QR codes: a script of its own, fetched when an invitation is looked at.

import { generate } from 'lean-qr';

const SVG = 'http://www.w3.org/2000/svg';

/** Modules of light around a code (ISO/IEC 18004, 6.3.8). */
const QUIET = 4;

/** A picture of a text, black on white in whatever surroundings, for a camera reads no other. */
export function picture(text: string, name: string): SVGElement {
  const code = generate(text);
  const dark: string[] = [];
  for (let y = 0; y < code.size; y += 1)
    for (let x = 0; x < code.size; x += 1)
      if (code.get(x, y)) dark.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`);
  const size = code.size + 2 * QUIET;
  const drawn = shape('svg', { viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': name });
  drawn.append(
    shape('rect', { width: `${size}`, height: `${size}`, fill: '#fff' }),
    shape('path', { d: dark.join(''), fill: '#000', 'shape-rendering': 'crispEdges' }),
  );
  return drawn;
}

function shape(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
