import Anser from 'anser';
import { colouredText } from './terminal-text.js';

/** A stretch of a line that looks the same throughout. */
export interface Span {
  text: string;
  /** `red`, `bright-red`: one of the 16 colours of terminals. */
  color?: string;
  background?: string;
  isBold?: boolean;
  isDim?: boolean;
  isItalic?: boolean;
  isUnderlined?: boolean;
}

/**
 * A log line by its colours (SGR of ECMA-48). Those beyond the 16 become the nearest of them, so that every line stays readable
 * on light and dark ground.
 */
export function spansOf(message: string): Span[] {
  const text = colouredText(message);
  if (!text.includes('\u001b')) return [{ text }];
  const entries = Anser.ansiToJson(text, { json: true, use_classes: true, remove_empty: true });
  return entries.map(({ content, fg, bg, fg_truecolor, bg_truecolor, decorations }) => {
    const color = colorOf(fg, fg_truecolor);
    const background = colorOf(bg, bg_truecolor);
    return {
      text: content,
      ...(color !== undefined && { color }),
      ...(background !== undefined && { background }),
      ...(decorations.includes('bold') && { isBold: true }),
      ...(decorations.includes('dim') && { isDim: true }),
      ...(decorations.includes('italic') && { isItalic: true }),
      ...(decorations.includes('underline') && { isUnderlined: true }),
    };
  });
}

const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
/** The six steps of the colour cube of 256 colours. */
const CUBE = [0, 95, 135, 175, 215, 255];

/** @param name as anser says: `ansi-red`, `ansi-bright-red`, `ansi-palette-208`, `ansi-truecolor` */
function colorOf(name: string | null, truecolor: string | null): string | undefined {
  if (name === null) return undefined;
  if (name === 'ansi-truecolor') return nearest((truecolor ?? '').split(',').map(Number));
  const palette = /^ansi-palette-(\d+)$/.exec(name)?.[1];
  return palette === undefined ? name.replace(/^ansi-/, '') : ofPalette(Number(palette));
}

function ofPalette(index: number): string {
  if (index < 8) return NAMES[index] ?? 'white';
  if (index < 16) return `bright-${NAMES[index - 8] ?? 'white'}`;
  if (index >= 232) return nearest(Array<number>(3).fill(8 + (index - 232) * 10));
  const place = index - 16;
  return nearest(
    [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((step) => CUBE[step] ?? 0),
  );
}

/** By hue; greys by their brightness. */
function nearest([red = 0, green = 0, blue = 0]: number[]): string {
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  if (high - low < 40) return high < 80 ? 'black' : high < 200 ? 'bright-black' : 'white';
  const middle = (high + low) / 2;
  const bits = (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);
  return NAMES[bits] ?? 'white';
}
