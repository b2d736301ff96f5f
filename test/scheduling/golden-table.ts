import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('golden/', import.meta.url));

/** When one expression runs in a stretch of time, as brute force found it (scripts/golden.mjs). */
export interface GoldenCase {
  zone: string;
  /** What the zone's clocks do meanwhile. */
  title: string;
  expression: string;
  followsElapsedTime: boolean;
  /** Both included, on the zone's clocks with their offset. */
  from: string;
  to: string;
  /** What runs under some policy, in order. */
  rows: GoldenRow[];
}

export interface GoldenRow {
  /** `2024-03-10T03:30:00-04:00` */
  local: string;
  instantMs: number;
  /** `shift, first` and so on. */
  policies: Set<string>;
}

/** Every case of every page in test/scheduling/golden. */
export function goldenCases(): GoldenCase[] {
  return readdirSync(FOLDER).flatMap((name) => casesOf(readFileSync(`${FOLDER}${name}`, 'utf8')));
}

function casesOf(page: string): GoldenCase[] {
  const zone = /^# (.+)$/m.exec(page)?.[1] ?? '';
  return page
    .split(/^## /m)
    .slice(1)
    .flatMap((window) => {
      const [title = ''] = window.split('\n');
      const [, from = '', to = ''] = /^From `(.+)` to `(.+)`\.$/m.exec(window) ?? [];
      return window
        .split(/^### /m)
        .slice(1)
        .map((section) => Object.assign({ zone, title, from, to }, sectionOf(section)));
    });
}

function sectionOf(section: string): Pick<GoldenCase, 'expression' | 'followsElapsedTime' | 'rows'> {
  const [, expression = '', kind = ''] = /^`(.+)` (names hours|follows elapsed time)$/m.exec(section) ?? [];
  const [header = [], , ...body] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return {
    expression,
    followsElapsedTime: kind === 'follows elapsed time',
    rows: body.map(([local = '', utc = '', ...cells]) => ({
      local,
      instantMs: Date.parse(utc),
      policies: new Set(header.slice(2).filter((_, column) => cells[column] === 'runs')),
    })),
  };
}
