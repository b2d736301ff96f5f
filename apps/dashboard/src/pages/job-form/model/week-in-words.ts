import type { SimulationDto } from '#client';
import { formatDuration } from '../../../time/format-duration.js';

type Line = [label: string, value: string, isProblem: boolean];

/** What a simulation says, a line each; of what does not happen nothing is said. */
export function weekInWords(simulation: SimulationDto): Line[] {
  const { occurrences, completed, skipped, cutShort, waited, waitP95, waitMax } = simulation;
  const { longestQueue, mostAtOnce, stillWaiting, busyShare, sampledRuns } = simulation;
  const lines: (Line | false)[] = [
    ['Due in the coming week', String(occurrences), false],
    ['Run to their end', String(completed), false],
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
    sampledRuns > 0 && ['Learnt from', sampledRuns === 1 ? '1 run' : `${sampledRuns} runs`, false],
  ];
  return lines.filter((line) => line !== false);
}
