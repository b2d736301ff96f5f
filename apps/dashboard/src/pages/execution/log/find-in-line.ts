import type { Span } from './ansi-spans.js';

/** A part of a line to draw: `isHit` where it is what is looked for. */
export interface Piece extends Span {
  isHit: boolean;
}

/** Does a line have it, in any case? `needle` in lower case. */
export function hasHit(plain: string, needle: string): boolean {
  return plain.toLowerCase().includes(needle);
}

/** The spans of a line, cut where what is looked for begins and ends, also across colours. `needle` in lower case. */
export function piecesOf(spans: Span[], needle: string): Piece[] {
  if (needle === '') return spans.map((span) => ({ ...span, isHit: false }));
  const hits = hitsIn(spans.map(({ text }) => text).join(''), needle);
  const pieces: Piece[] = [];
  let start = 0;
  for (const span of spans) {
    const end = start + span.text.length;
    let from = start;
    for (const hit of hits) {
      if (hit.to <= from || hit.from >= end) continue;
      const [first, last] = [Math.max(hit.from, from), Math.min(hit.to, end)];
      if (first > from)
        pieces.push({ ...span, text: span.text.slice(from - start, first - start), isHit: false });
      pieces.push({ ...span, text: span.text.slice(first - start, last - start), isHit: true });
      from = last;
    }
    if (from < end) pieces.push({ ...span, text: span.text.slice(from - start), isHit: false });
    start = end;
  }
  return pieces;
}

function hitsIn(text: string, needle: string): { from: number; to: number }[] {
  const hits = [];
  const lower = text.toLowerCase();
  // A few capitals have lower cases of another length; then places cannot be told, and the line is shown unmarked.
  if (lower.length !== text.length) return [];
  for (let at = lower.indexOf(needle); at !== -1; at = lower.indexOf(needle, at + needle.length)) {
    hits.push({ from: at, to: at + needle.length });
  }
  return hits;
}
