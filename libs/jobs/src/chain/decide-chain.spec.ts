import { describe, expect, it } from 'vitest';
import type { ChainCondition, ExecutionStatus } from '#contracts';
import {
  type ChainDecision,
  type ChainSituation,
  decideChain,
  type JobAtMoment,
  type ParentState,
  parentStates,
} from './decide-chain.js';

const over = (status: ExecutionStatus): ParentState => ({ state: 'over', status });
const parents = (...list: [ChainCondition, ParentState][]) => list.map(([on, state]) => ({ on, state }));
const situation = (more: Partial<ChainSituation>): ChainSituation => ({
  status: 'active',
  hasHadTurn: false,
  isToldSkipped: false,
  parents: [],
  ...more,
});

const RUN: ChainDecision = { do: 'run' };
const OUTCOME: ChainDecision = { do: 'skip', reason: 'parent_outcome' };
const NOT_RUN: ChainDecision = { do: 'skip', reason: 'parent_not_run' };

describe('what becomes of a job when those it runs after are over', () => {
  it.each<[ChainCondition, ExecutionStatus, ChainDecision]>([
    ['completed', 'completed', RUN],
    ['completed', 'failed', OUTCOME],
    ['completed', 'timed_out', OUTCOME],
    ['completed', 'cancelled', OUTCOME],
    ['completed', 'skipped', OUTCOME],
    ['completed', 'missed', OUTCOME],
    ['failed', 'completed', OUTCOME],
    ['failed', 'failed', RUN],
    ['failed', 'timed_out', RUN],
    ['failed', 'cancelled', OUTCOME],
    ['failed', 'skipped', OUTCOME],
    ['failed', 'missed', OUTCOME],
    ['any', 'completed', RUN],
    ['any', 'failed', RUN],
    ['any', 'timed_out', RUN],
    ['any', 'cancelled', RUN],
    ['any', 'skipped', RUN],
    ['any', 'missed', RUN],
  ])('on %s, after %s: %j', (on, status, decision) => {
    expect(decideChain(situation({ parents: parents([on, over(status)]) }))).toEqual(decision);
  });

  it.each<[string, Partial<ChainSituation>, ChainDecision]>([
    ['all hold', { parents: parents(['completed', over('completed')], ['failed', over('failed')]) }, RUN],
    [
      'one does not',
      { parents: parents(['completed', over('completed')], ['any', { state: 'absent' }]) },
      NOT_RUN,
    ],
    [
      'one runs',
      { parents: parents(['completed', over('failed')], ['any', { state: 'live' }]) },
      { do: 'wait' },
    ],
    [
      'one is to come',
      { parents: parents(['completed', over('failed')], ['any', { state: 'to_come' }]) },
      { do: 'wait' },
    ],
    [
      'two reasons',
      { parents: parents(['completed', over('failed')], ['any', { state: 'absent' }]) },
      NOT_RUN,
    ],
    [
      'paused',
      { status: 'paused', parents: parents(['any', over('failed')]) },
      { do: 'skip', reason: 'paused' },
    ],
    [
      'paused, and they do not hold',
      { status: 'paused', parents: parents(['completed', over('failed')]) },
      OUTCOME,
    ],
    ['it had its turn', { hasHadTurn: true, parents: parents(['any', over('failed')]) }, { do: 'nothing' }],
    [
      'told before',
      { isToldSkipped: true, parents: parents(['completed', over('failed')]) },
      { do: 'nothing' },
    ],
    [
      'made good by a repeat',
      { isToldSkipped: true, parents: parents(['completed', over('completed')]) },
      RUN,
    ],
    [
      'the job has ended',
      { status: 'completed', parents: parents(['any', over('failed')]) },
      { do: 'nothing' },
    ],
    [
      'the job is deleted',
      { status: undefined, parents: parents(['any', over('failed')]) },
      { do: 'nothing' },
    ],
    ['it runs after none any more', {}, { do: 'nothing' }],
  ])('with %s', (_, facts, decision) => {
    expect(decideChain(situation(facts))).toEqual(decision);
  });
});

const NOON = Date.UTC(2030, 0, 1, 12);
const timed = (nextRunAt: number | null, more: Partial<JobAtMoment> = {}): JobAtMoment => ({
  scheduleType: 'recurring',
  status: 'active',
  nextRunAt,
  execution: undefined,
  ...more,
});
const chained = (more: Partial<JobAtMoment> = {}): JobAtMoment =>
  timed(null, { scheduleType: 'chained', ...more });
const ran = (status: ExecutionStatus, isFollowed = false) => ({ execution: { status, isFollowed } });

describe('how far a parent is', () => {
  const stateOf = (
    jobs: Record<string, JobAtMoment>,
    after: Record<string, string[]> = {},
    run: string | null = null,
  ) => parentStates({ at: NOON, run }, new Map(Object.entries(jobs)), new Map(Object.entries(after)))('p');

  it.each<[string, Record<string, JobAtMoment>, ParentState]>([
    ['it is over', { p: timed(NOON + 1, ran('failed')) }, over('failed')],
    ['it waits for its next attempt', { p: timed(NOON + 1, ran('retrying')) }, { state: 'live' }],
    ['no planner has come to the time', { p: timed(NOON) }, { state: 'to_come' }],
    ['planners are behind', { p: timed(NOON - 3_600_000) }, { state: 'to_come' }],
    ['it has no occurrence then', { p: timed(NOON + 1) }, { state: 'absent' }],
    ['its schedule is at its end', { p: timed(null) }, { state: 'absent' }],
    ['it is paused', { p: timed(NOON, { status: 'paused' }) }, { state: 'absent' }],
    ['there is no such job', {}, { state: 'absent' }],
  ])('by its own times: %s', (_, jobs, state) => {
    expect(stateOf(jobs)).toEqual(state);
  });

  it('has no times in a run that somebody asked for of another job', () => {
    expect(stateOf({ p: timed(NOON) }, {}, 'r')).toEqual({ state: 'absent' });
  });

  it.each<[string, Record<string, JobAtMoment>, ParentState]>([
    ['its own parent runs', { p: chained(), q: timed(null, ran('running', true)) }, { state: 'to_come' }],
    [
      'its own parent is over and not yet followed',
      { p: chained(), q: timed(null, ran('failed', true)) },
      { state: 'to_come' },
    ],
    ['its own parent is to come', { p: chained(), q: timed(NOON) }, { state: 'to_come' }],
    [
      'its own parent was followed before there was a link',
      { p: chained(), q: timed(null, ran('completed')) },
      { state: 'absent' },
    ],
    ['its own parent has none either', { p: chained(), q: timed(null) }, { state: 'absent' }],
    ['it has ended', { p: chained({ status: 'cancelled' }), q: timed(NOON) }, { state: 'absent' }],
    [
      'it is paused, and will be told as skipped',
      { p: chained({ status: 'paused' }), q: timed(NOON) },
      { state: 'to_come' },
    ],
  ])('in a chain: %s', (_, jobs, state) => {
    expect(stateOf(jobs, { p: ['q'] })).toEqual(state);
  });

  it('looks through any number of others', () => {
    const jobs = { p: chained(), q: chained(), r: chained(), s: timed(NOON) };
    expect(stateOf(jobs, { p: ['q'], q: ['r'], r: ['s'] })).toEqual({ state: 'to_come' });
  });

  it('comes to an end where there is none', () => {
    expect(stateOf({ p: chained(), q: chained() }, { p: ['q'], q: ['p'] })).toEqual({ state: 'absent' });
  });
});
