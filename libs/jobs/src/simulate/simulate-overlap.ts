import { decideOverlap, type OverlapRules } from '#executions';

export interface SimulationInput {
  rules: OverlapRules;
  /** Nominal times, ascending. Epoch milliseconds. */
  times: number[];
  /** How long runs take, in the order they are taken; begun anew when used up. At least one. */
  durationsMs: number[];
  /** After so many runs, skips not counted, the schedule is over; default never. */
  maxRuns?: number;
}

/** What would become of the occurrences. Durations in milliseconds. */
export interface Simulation {
  occurrences: number;
  /** Ran to their end, or would if the simulation went on. */
  completed: number;
  skipped: number;
  /** Begun, and ended to make room for a later one. */
  cutShort: number;
  /** Had to wait for another one to end. */
  waited: number;
  /** Still waited when the last occurrence came due. */
  stillWaiting: number;
  waitP95: number;
  waitMax: number;
  /** The most that waited at one time. */
  longestQueue: number;
  /** The most that ran at one time. */
  mostAtOnce: number;
  /** Share of the time from the first to the last occurrence in which at least one ran, 0 to 1. */
  busyShare: number;
  /** Does the work outgrow the time, so that the queue grows for as long as one looks? */
  isSaturated: boolean;
  /** The first nominal times that would be skipped. */
  firstSkips: number[];
}

const SHOWN_SKIPS = 20;

interface Waiting {
  id: string;
  scheduledFor: number;
}

interface Run {
  id: string;
  status: 'running';
  endsAt: number;
}

/**
 * Replays occurrences against run times, with the rules that decide the real ones. What is cancelled is taken to end at
 * once. Pure, and the same for the same input.
 */
export function simulateOverlap({
  rules,
  times,
  durationsMs,
  maxRuns = Infinity,
}: SimulationInput): Simulation {
  const replay = new Replay(rules, durationsMs);
  for (const time of times) {
    if (replay.runs >= maxRuns) break;
    replay.comeDue(time);
  }
  return replay.figures(times);
}

class Replay {
  /** The next to end first. */
  #running: Run[] = [];
  /** The first due first. */
  #waiting: Waiting[] = [];
  #taken = 0;
  #now = 0;
  readonly #waits: number[] = [];
  readonly #skips: number[] = [];
  readonly #queueLengths: number[] = [];
  #busyMs = 0;
  #mostAtOnce = 0;
  #cutShort = 0;

  constructor(
    private readonly rules: OverlapRules,
    private readonly durationsMs: number[],
  ) {}

  comeDue(now: number): void {
    this.#passUntil(now);
    this.#judge({ id: String(now), scheduledFor: now });
    this.#queueLengths.push(this.#waiting.length);
  }

  /** So many begun, or waiting to. */
  get runs(): number {
    return this.#queueLengths.length - this.#skips.length;
  }

  /** @param all the nominal times, of which those that came due are told of */
  figures(all: number[]): Simulation {
    const times = all.slice(0, this.#queueLengths.length);
    const [first = 0, last = 0] = [times[0], times.at(-1)];
    const waits = this.#waits.toSorted((a, b) => a - b);
    const half = this.#queueLengths.slice(0, Math.ceil(times.length / 2));
    return {
      occurrences: times.length,
      completed: times.length - this.#skips.length - this.#cutShort - this.#waiting.length,
      skipped: this.#skips.length,
      cutShort: this.#cutShort,
      waited: waits.length + this.#waiting.length,
      stillWaiting: this.#waiting.length,
      waitP95: waits[Math.floor(waits.length * 0.95)] ?? 0,
      waitMax: waits.at(-1) ?? 0,
      longestQueue: max(this.#queueLengths),
      mostAtOnce: this.#mostAtOnce,
      busyShare: last > first ? Math.min(1, this.#busyMs / (last - first)) : 0,
      // A queue that is longer than it ever was in the first half has not come to rest.
      isSaturated: this.#waiting.length > 1 && this.#waiting.length > max(half),
      firstSkips: this.#skips.toSorted((a, b) => a - b).slice(0, SHOWN_SKIPS),
    };
  }

  /** Lets runs end, and what waited begin, up to an instant. */
  #passUntil(instant: number): void {
    for (;;) {
      const [next] = this.#running;
      if (!next || next.endsAt > instant) break;
      this.#advance(next.endsAt);
      this.#running.shift();
      const [first] = this.#waiting;
      if (first) this.#judge(first);
    }
    this.#advance(instant);
  }

  #advance(to: number): void {
    if (this.#running.length > 0) this.#busyMs += to - this.#now;
    this.#now = to;
  }

  #judge(candidate: Waiting): void {
    const { skip, run, cancel, terminate } = decideOverlap({
      rules: this.rules,
      candidates: [{ ...candidate, status: 'scheduled', overlapPolicy: null }],
      ...this.#inView(),
    });
    const ended = new Set([...cancel, ...terminate]);
    this.#cutShort += ended.size;
    if (ended.size > 0) this.#running = this.#running.filter(({ id }) => !ended.has(id));
    this.#skips.push(...skip.map(Number));
    const wasWaiting = this.#waiting[0]?.id === candidate.id;
    if (skip.length > 0) this.#waiting = this.#waiting.filter(({ id }) => !skip.includes(id));
    if (skip.includes(candidate.id)) return;
    if (run.length > 0 || ended.size > 0) {
      if (wasWaiting) {
        this.#waiting.shift();
        this.#waits.push(this.#now - candidate.scheduledFor);
      }
      this.#start(candidate.id);
    } else if (!wasWaiting) {
      this.#waiting.push(candidate);
    }
  }

  /**
   * What a decision is made by: whether as many run as may, and whether any waits, before the candidate or after. The rest
   * of a long queue would make each of its decisions as long.
   */
  #inView(): { occupants: Run[]; buffered: Waiting[] } {
    const [first, last] = [this.#waiting[0], this.#waiting.at(-1)];
    return {
      occupants: this.#running.slice(0, this.rules.maxConcurrency ?? 1),
      buffered: [first, ...(last === first ? [] : [last])].filter((one) => one !== undefined),
    };
  }

  #start(id: string): void {
    const durationMs = this.durationsMs[this.#taken++ % this.durationsMs.length] ?? 0;
    const run: Run = { id, status: 'running', endsAt: this.#now + durationMs };
    const before = this.#running.findLastIndex(({ endsAt }) => endsAt <= run.endsAt);
    this.#running.splice(before + 1, 0, run);
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#running.length);
  }
}

function max(numbers: number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), 0);
}
