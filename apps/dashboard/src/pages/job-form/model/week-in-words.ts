import type { RecordedDurationsDto, SimulationDto } from '#client';
import { several } from '../../../components/format-count.js';
import { formatDuration } from '../../../time/format-duration.js';

type Line = [label: string, value: string, isProblem: boolean];

/** What a simulation says, a line each; of what does not happen nothing is said. */
export function weekInWords(simulation: SimulationDto): Line[] {
  const { occurrences, completed, skipped, cutShort, waited, waitP95, waitMax } = simulation;
  const { longestQueue, mostAtOnce, stillWaiting, busyShare, sampledRuns } = simulation;
  const { blackouts, dstGaps, assumedDuration } = simulation;
  const lines: (Line | false)[] = [
    [`Due in the coming ${rangeInWords(simulation)}`, String(occurrences), false],
    ['Run to their end', String(completed), false],
    blackouts > 0 && ['Left out by calendars', String(blackouts), false],
    dstGaps > 0 && ['Left out by clock changes', String(dstGaps), true],
    skipped > 0 && ['Skipped, another one ran', String(skipped), true],
    cutShort > 0 && ['Stopped for the next one', String(cutShort), true],
    waited > 0 && ['Had to wait', String(waited), true],
    waited > 0 && [
      'Wait, 95 of 100 within',
      `${formatDuration(waitP95)}, at most ${formatDuration(waitMax)}`,
      false,
    ],
    longestQueue > 0 && ['Longest queue', String(longestQueue), false],
    stillWaiting > 0 && ['Still waiting at the end', String(stillWaiting), true],
    ['Most at once', String(mostAtOnce), false],
    ['Running', `${Math.round(busyShare * 100)} % of the time`, false],
    sampledRuns > 0 && ['Learnt from', several(sampledRuns, 'run'), false],
    assumedDuration !== null && ['If each takes', formatDuration(assumedDuration), false],
  ];
  return lines.filter((line) => line !== false);
}

/** How long runs took: `Its last 12 runs: half within 42 s, 95 of 100 within 1 min.` */
export function latelyInWords({ runs, p50, p95 }: RecordedDurationsDto): string {
  if (runs === 1) return `Its last run took ${formatDuration(p50)}.`;
  return `Its last ${runs} runs: half within ${formatDuration(p50)}, 95 of 100 within ${formatDuration(p95)}.`;
}

const WEEK_MS = 7 * 86_400_000;

/** Where there are very many times, not a whole week is looked at. */
function rangeInWords({ from, to }: SimulationDto): string {
  const ms = Date.parse(to) - Date.parse(from);
  return ms < WEEK_MS ? formatDuration(ms) : 'week';
}
