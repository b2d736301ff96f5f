import type { ExecutionStatus, OverlapPolicy } from '#contracts';

/** What a job says of its executions meeting each other. */
export interface OverlapRules {
  policy: OverlapPolicy;
  /** Bounds `allow_all`; null for no bound. */
  maxConcurrency: number | null;
}

/** An execution whose moment has come. */
export interface Candidate {
  id: string;
  /** Epoch milliseconds. */
  scheduledFor: number;
  status: 'scheduled' | 'retrying';
  /** Of a trigger that named one for its run. */
  overlapPolicy: OverlapPolicy | null;
  isBackfill?: boolean;
}

/** An execution of the job that is not over: it has begun, or is on its way to a worker, or waits between attempts. */
export interface Occupant {
  id: string;
  status: Extract<ExecutionStatus, 'queued' | 'running' | 'retrying'>;
  isBackfill?: boolean;
}

/** An execution that waits for others of its job to end. */
export interface Buffered {
  id: string;
  scheduledFor: number;
  isBackfill?: boolean;
}

export interface OverlapSituation {
  rules: OverlapRules;
  candidates: Candidate[];
  occupants: Occupant[];
  buffered: Buffered[];
}

/** Ids by what becomes of them. */
export interface OverlapDecision {
  run: string[];
  /** Waits until earlier executions are over. */
  buffer: string[];
  /** Will not run: reason `overlap`. */
  skip: string[];
  /** Told to end, in its own time. */
  cancel: string[];
  /** Ended at once. */
  terminate: string[];
}

/**
 * What becomes of the executions of one job whose moment has come, by the rules of docs/semantics.md, "Overlap". A retry
 * chain counts as one execution until it ends, so an attempt after the first is never held up. Runs of a backfill stand
 * behind all others, and never make the schedule skip: what meets one waits for its end. Pure: whoever calls it holds the
 * job's lock.
 */
export function decideOverlap(situation: OverlapSituation): OverlapDecision {
  const decision: OverlapDecision = { run: [], buffer: [], skip: [], cancel: [], terminate: [] };
  const retries = situation.candidates.filter(({ status }) => status === 'retrying');
  decision.run.push(...retries.map(({ id }) => id));
  const fresh = situation.candidates.filter(({ status }) => status === 'scheduled').toSorted(inOrder);
  const waiting = situation.buffered.filter(({ id }) => !fresh.some((one) => one.id === id));
  const state: State = {
    ...situation,
    decision,
    waiting,
    running: situation.occupants.length,
    backfilling: situation.occupants.filter(({ isBackfill }) => isBackfill).length,
  };
  fresh.forEach((candidate, index) => {
    const policy = candidate.overlapPolicy ?? situation.rules.policy;
    DECIDE[policy](candidate, state, fresh.slice(index + 1));
  });
  const ended = new Set([...decision.cancel, ...decision.terminate]);
  decision.run = decision.run.filter((id) => !ended.has(id));
  return decision;
}

interface State extends OverlapSituation {
  decision: OverlapDecision;
  /** Buffered before this wave or by it. */
  waiting: Buffered[];
  /** Executions that are not over, those this wave starts included. */
  running: number;
  /** How many of these are runs of a backfill. */
  backfilling: number;
}

type Decide = (candidate: Candidate, state: State, later: Candidate[]) => void;

const DECIDE: Record<OverlapPolicy, Decide> = {
  skip: (candidate, state) => {
    if (state.running === 0) run(candidate, state);
    else if (state.running > state.backfilling || others(state.waiting).length > 0) skip(candidate, state);
    else buffer(candidate, state);
  },
  buffer_one: (candidate, state) => {
    if (state.running === 0 && !hasEarlier(candidate, state)) run(candidate, state);
    else if (others(state.waiting).length > 0) skip(candidate, state);
    else buffer(candidate, state);
  },
  buffer_all: (candidate, state) => {
    if (state.running === 0 && !hasEarlier(candidate, state)) run(candidate, state);
    else buffer(candidate, state);
  },
  cancel_other: (candidate, state, later) => {
    if (isReplaced(candidate, state, later)) return skip(candidate, state);
    dropWaiting(state);
    if (state.running === 0) return run(candidate, state);
    state.decision.cancel.push(...state.occupants.map(({ id }) => id));
    // What has not begun ends as soon as it is told to; what runs may take its time.
    if (state.occupants.some(({ status }) => status === 'running')) return buffer(candidate, state);
    clearRunning(state);
    run(candidate, state);
  },
  terminate_other: (candidate, state, later) => {
    if (isReplaced(candidate, state, later)) return skip(candidate, state);
    dropWaiting(state);
    state.decision.terminate.push(...state.occupants.map(({ id }) => id));
    clearRunning(state);
    run(candidate, state);
  },
  allow_all: (candidate, state) => {
    const { maxConcurrency } = state.rules;
    const isFull = maxConcurrency !== null && state.running >= maxConcurrency;
    if (isFull || (maxConcurrency !== null && hasEarlier(candidate, state))) buffer(candidate, state);
    else run(candidate, state);
  },
};

function run({ id, isBackfill }: Candidate, state: State): void {
  state.decision.run.push(id);
  state.running += 1;
  if (isBackfill) state.backfilling += 1;
}

function clearRunning(state: State): void {
  state.running = 0;
  state.backfilling = 0;
}

function buffer(candidate: Candidate, state: State): void {
  state.decision.buffer.push(candidate.id);
  state.waiting.push(candidate);
}

function skip({ id }: Candidate, { decision }: State): void {
  decision.skip.push(id);
}

function hasEarlier(candidate: Candidate, { waiting }: State): boolean {
  return waiting.some((one) => inOrder(one, candidate) < 0);
}

/** Only the newest of those that would end the others is worth starting. */
function isReplaced(candidate: Candidate, { waiting }: State, later: Candidate[]): boolean {
  return others(later).length > 0 || others(waiting).some((one) => inOrder(candidate, one) < 0);
}

function dropWaiting(state: State): void {
  const dropped = new Set(others(state.waiting).map(({ id }) => id));
  state.decision.skip.push(...dropped);
  state.decision.buffer = state.decision.buffer.filter((id) => !dropped.has(id));
  state.waiting = state.waiting.filter(({ id }) => !dropped.has(id));
}

/** All but runs of a backfill. */
function others<One extends { isBackfill?: boolean }>(list: One[]): One[] {
  return list.filter(({ isBackfill }) => !isBackfill);
}

function inOrder(one: Buffered, other: Buffered): number {
  const rank = ({ isBackfill = false }: Buffered) => Number(isBackfill);
  return rank(one) - rank(other) || one.scheduledFor - other.scheduledFor || (one.id < other.id ? -1 : 1);
}
