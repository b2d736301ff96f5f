/** A job catches up with one misfire a second at most, however little else there is to do. */
const JOB_SPACING_MS = 1_000;

export interface CatchUpPace {
  /** Epoch milliseconds. */
  now: number;
  /** How many misfires are waiting for their turn already. */
  waiting: number;
  perSecond: number;
  /** From one misfire of a job to its next, in milliseconds; default, and at least, a second. */
  spacingMs?: number;
}

/**
 * When each job's misfires are to start, so that an outage does not end in a storm: all jobs together `perSecond`, each
 * job once in `spacingMs`, jobs taking turns.
 * @param jobs the misfires of each job, oldest first
 * @returns for each job the due times of its misfires, rising
 */
export function paceCatchUp(
  jobs: number[][],
  { now, waiting, perSecond, spacingMs = JOB_SPACING_MS }: CatchUpPace,
): number[][] {
  const dueTimes = jobs.map((): number[] => []);
  const rounds = Math.max(0, ...jobs.map(({ length }) => length));
  let slot = waiting;
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, misfires] of jobs.entries()) {
      if (round >= misfires.length) continue;
      const turn = now + Math.floor((slot * 1_000) / perSecond);
      const before = dueTimes[index]?.at(-1) ?? -Infinity;
      dueTimes[index]?.push(Math.max(turn, before + Math.max(spacingMs, JOB_SPACING_MS)));
      slot += 1;
    }
  }
  return dueTimes;
}
