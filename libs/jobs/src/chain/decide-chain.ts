import {
  type ChainCondition,
  type ExecutionReason,
  type ExecutionStatus,
  isLive,
  type JobStatus,
  type ScheduleType,
} from '#contracts';

/**
 * A nominal time or a run somebody asked for, at which a chain is looked at: what has the same of both belongs together.
 */
export interface ChainMoment {
  /** Nominal time, epoch milliseconds. */
  at: number;
  /** `chain_run` of the executions: null for what schedules brought about. */
  run: string | null;
}

/** A job as it stands, and its newest execution of the moment. */
export interface JobAtMoment {
  scheduleType: ScheduleType;
  /** Undefined for a deleted job. */
  status: JobStatus | undefined;
  /** The first nominal time that no planner has come to, epoch milliseconds. */
  nextRunAt: number | null;
  execution: { status: ExecutionStatus; isFollowed: boolean } | undefined;
}

/** How far a parent is: its execution is over, or not; it has none yet; it has none and will have none. */
export type ParentState =
  | { state: 'over'; status: ExecutionStatus }
  | { state: 'live' | 'to_come' | 'absent' };

/** What the decision about a job at one moment needs. */
export interface ChainSituation {
  /** Of the job itself. */
  status: JobStatus | undefined;
  /** Has it had its turn at the moment? */
  hasHadTurn: boolean;
  /** Is it in the ledger already that its parents kept it from running? */
  isToldSkipped: boolean;
  parents: { on: ChainCondition; state: ParentState }[];
}

export type ChainDecision =
  | { do: 'run' }
  | { do: 'skip'; reason: Extract<ExecutionReason, 'parent_outcome' | 'parent_not_run' | 'paused'> }
  /** Not all parents are over. */
  | { do: 'wait' }
  /** There is nothing to be done any more. */
  | { do: 'nothing' };

/**
 * What becomes of a job at one moment, by the rules of docs/chains.md: it is decided once all of its parents are over, and
 * it has one turn. A skip that its parents made can be made good by a repeat of theirs. Pure: whoever calls it holds
 * the job's lock.
 */
export function decideChain({ status, hasHadTurn, isToldSkipped, parents }: ChainSituation): ChainDecision {
  if (hasHadTurn || parents.length === 0 || (status !== 'active' && status !== 'paused'))
    return { do: 'nothing' };
  if (parents.some(({ state }) => state.state === 'live' || state.state === 'to_come')) return { do: 'wait' };
  if (parents.every(holds)) return status === 'paused' ? { do: 'skip', reason: 'paused' } : { do: 'run' };
  if (isToldSkipped) return { do: 'nothing' };
  const isAnyAbsent = parents.some(({ state }) => state.state === 'absent');
  return { do: 'skip', reason: isAnyAbsent ? 'parent_not_run' : 'parent_outcome' };
}

const MEETS: Record<ChainCondition, (status: ExecutionStatus) => boolean> = {
  completed: (status) => status === 'completed',
  failed: (status) => status === 'failed' || status === 'timed_out',
  any: () => true,
};

function holds({ on, state }: ChainSituation['parents'][number]): boolean {
  return state.state === 'over' && MEETS[on](state.status);
}

/**
 * How far each job is at a moment. A job without an execution will still have one if no planner has come to the time yet,
 * or if a job it runs after has or will have one that is yet to be followed.
 * @param jobs all that matter: those asked about, and what they run after, by however many others
 */
export function parentStates(
  { at, run }: ChainMoment,
  jobs: ReadonlyMap<string, JobAtMoment>,
  parentsOf: ReadonlyMap<string, readonly string[]>,
): (jobId: string) => ParentState {
  const known = new Map<string, ParentState>();
  const stateOf = (jobId: string): ParentState => {
    const found = known.get(jobId);
    if (found) return found;
    // A cycle cannot be stored; were there one, this would end it.
    known.set(jobId, { state: 'absent' });
    const state = work(jobId);
    known.set(jobId, state);
    return state;
  };
  const work = (jobId: string): ParentState => {
    const job = jobs.get(jobId);
    if (job?.execution) {
      const { status } = job.execution;
      return isLive(status) ? { state: 'live' } : { state: 'over', status };
    }
    const isToCome = job && (job.scheduleType === 'chained' ? isSetOff(jobId, job) : isToBePlanned(job));
    return { state: isToCome ? 'to_come' : 'absent' };
  };
  const isToBePlanned = ({ status, nextRunAt }: JobAtMoment) =>
    run === null && status === 'active' && nextRunAt !== null && nextRunAt <= at;
  const isSetOff = (jobId: string, { status }: JobAtMoment) =>
    (status === 'active' || status === 'paused') &&
    (parentsOf.get(jobId) ?? []).some((parentId) => {
      const execution = jobs.get(parentId)?.execution;
      return execution ? execution.isFollowed : stateOf(parentId).state === 'to_come';
    });
  return stateOf;
}
