import type { CatchupDecisionDto, CatchupDto } from '#client';
import { several } from '../../../components/format-count.js';
import type { Decision } from './use-catch-up.js';

/** What is decided about: one job, or all that wait. */
export interface Subject {
  jobId: string | undefined;
  /** `"Nightly report"`, `12 jobs`. */
  name: string;
  /** How many runs that is; undefined where only the server knows. */
  runs: number | undefined;
}

/** What the misfire policy of a job does with what is released. */
export const POLICY_WORDS: Record<CatchupDto['misfirePolicy'], string> = {
  fire_once: 'Runs the latest',
  fire_all: 'Runs each',
  skip: 'Runs none',
};

export function oneOf({ jobId, jobName, held }: CatchupDto): Subject {
  return { jobId, name: `"${jobName}"`, runs: held };
}

export function allOf(items: CatchupDto[], total: number): Subject {
  const held = items.reduce((sum, one) => sum + one.held, 0);
  return {
    jobId: undefined,
    name: several(total, 'job'),
    runs: items.length === total ? held : undefined,
  };
}

export function runsOf({ runs, name }: Subject): string {
  return runs === undefined ? `What waits of ${name}` : `${several(runs, 'run')} of ${name}`;
}

/** What a decision did, for the notice after it. */
export function toldOf({ verdict }: Decision, { jobs, executions, paused }: CatchupDecisionDto): string {
  const fate = verdict === 'release' ? 'Released' : 'Dropped';
  const told = `${fate} ${several(executions, 'run')} of ${several(jobs, 'job')}.`;
  if (paused === 0) return told;
  return `${told} ${several(paused, 'job')} ${paused === 1 ? 'is' : 'are'} paused and ${paused === 1 ? 'waits' : 'wait'} on.`;
}
