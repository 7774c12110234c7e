// A terminal's screen as HTML: each cell in its place, in the colours that it has.

import type { IBuffer, IBufferCell } from '@xterm/headless';

/** What a terminal has for whatever no program colours, and for the sixteen that whoever sits there chooses. */
export type Theme = { ground: string; ink: string; sixteen: string[] };

/** Pixels of a cell. */
export const CELL = { width: 8, height: 18 };

const LEVELS = [0, 95, 135, 175, 215, 255];

/** Of the palette of 256, behind the sixteen: a cube of six levels each, and greys. */
function indexed(at: number, { sixteen }: Theme): string {
  const named = sixteen[at];
  if (named) return named;
  if (at >= 232) return `rgb(${8 + 10 * (at - 232)} ${8 + 10 * (at - 232)} ${8 + 10 * (at - 232)})`;
  const levels = [Math.floor((at - 16) / 36), Math.floor((at - 16) / 6) % 6, (at - 16) % 6];
  return `rgb(${levels.map(level => LEVELS[level]).join(' ')})`;
}

function colours(cell: IBufferCell, theme: Theme): [string, string] {
  const colour = (isRgb: boolean, isIndexed: boolean, value: number, otherwise: string) => {
    if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
    return isIndexed ? indexed(value, theme) : otherwise;
  };
  const ink = colour(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor(), theme.ink);
  const ground = colour(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor(), theme.ground);
  return cell.isInverse() ? [ground, ink] : [ink, ground];
}

/** Blocks and lines fill their cells, whatever the font has. */
const FILLED: Record<string, (ink: string, ground: string) => string> = {
  '▀': (ink, ground) => `linear-gradient(${ink} 50%, ${ground} 50%)`,
  '▄': (ink, ground) => `linear-gradient(${ground} 50%, ${ink} 50%)`,
  '│': (ink, ground) =>
    `linear-gradient(90deg, ${ground} calc(50% - .5px), ${ink} 0 calc(50% + .5px), ${ground} 0)`,
};

const escaped = (sign: string): string => sign.replace(/[&<>"]/g, special => `&#${special.charCodeAt(0)};`);

function drawn(cell: IBufferCell, theme: Theme): string {
  const sign = cell.getChars();
  const [ink, ground] = colours(cell, theme);
  const isDim = cell.isDim() !== 0;
  const pen = isDim ? `color-mix(in srgb, ${ink} 62%, ${ground})` : ink;
  const style = [
    `grid-column: span ${cell.getWidth()}`,
    // A sign that is wider than its cell reaches into the next.
    (FILLED[sign] || ground !== theme.ground) && `background: ${FILLED[sign]?.(pen, ground) ?? ground}`,
    `color: ${pen}`,
    cell.isBold() && 'font-weight: bold',
    cell.isItalic() && 'font-style: italic',
    cell.isUnderline() && 'text-decoration: underline',
  ];
  return `<i style="${style.filter(Boolean).join('; ')}">${FILLED[sign] ? '' : escaped(sign)}</i>`;
}

/** The screen as it stands, with its cursor. */
export function terminalMarkup(buffer: IBuffer, columns: number, rows: number, theme: Theme): string {
  const cells: string[] = [];
  for (let y = 0; y < rows; y += 1) {
    const line = buffer.getLine(buffer.baseY + y);
    for (let x = 0; x < columns; x += 1) {
      const cell = line?.getCell(x);
      // Behind a wide sign stands a cell of no width.
      if (!cell || cell.getWidth() === 0) continue;
      const isCursor = x === buffer.cursorX && y === buffer.cursorY;
      cells.push(isCursor ? `<i style="background: ${theme.ink}"></i>` : drawn(cell, theme));
    }
  }
  const { width, height } = CELL;
  return `<div class="screen" style="display: grid; grid-template-columns: repeat(${columns}, ${width}px); grid-auto-rows: ${height}px">${cells.join('')}</div>`;
}
