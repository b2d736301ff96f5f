import type { Output, Style } from '../terminal/output.js';
import { visible } from '../terminal/visible.js';
import type { LineOutcome, LineReport } from './translate.js';

const STYLES: Record<LineOutcome, Style> = {
  job: 'green',
  setting: 'cyan',
  comment: 'dim',
  ignored: 'dim',
  exists: 'cyan',
  'not taken': 'yellow',
};

/** A line for each line of the file, what became of it below, and the sum. */
export function renderReport(
  reports: LineReport[],
  isApplied: boolean,
  output: Pick<Output, 'paint'>,
): string {
  const lines = reports.flatMap(({ line, text, outcome, note }) => {
    const head = `${String(line).padStart(4)}  ${output.paint(STYLES[outcome], outcome.padEnd(9))}  ${visible(text)}`;
    return note === '' ? [head] : [head, `${' '.repeat(17)}${visible(note)}`];
  });
  const count = (outcome: LineOutcome) => reports.filter((one) => one.outcome === outcome).length;
  const jobs = `${count('job')} ${count('job') === 1 ? 'job' : 'jobs'} ${isApplied ? 'created' : 'to create'}`;
  const others = (['exists', 'setting', 'comment', 'ignored', 'not taken'] as const).map(
    (outcome) => `${count(outcome)} ${outcome}`,
  );
  const sum = `${jobs}; lines: ${others.join(', ')}.`;
  const next = isApplied ? [] : ['Nothing was created: run it again with --apply.'];
  return [...lines, '', sum, ...next].join('\n');
}
