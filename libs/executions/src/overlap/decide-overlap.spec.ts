import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OVERLAP_POLICIES, type OverlapPolicy } from '#contracts';
import { type Candidate, decideOverlap, type Occupant, type OverlapSituation } from './decide-overlap.js';

const NONE = { run: [], buffer: [], skip: [], cancel: [], terminate: [] };

const fresh = (id: string, overlapPolicy: OverlapPolicy | null = null): Candidate => ({
  id,
  scheduledFor: Number(id),
  status: 'scheduled',
  overlapPolicy,
});
const running: Occupant = { id: 'running', status: 'running' };
const queued: Occupant = { id: 'queued', status: 'queued' };
const waiting = (id: string) => ({ id, scheduledFor: Number(id) });

function decide(
  policy: OverlapPolicy,
  situation: Partial<OverlapSituation>,
  maxConcurrency: number | null = null,
) {
  const rules = { policy, maxConcurrency };
  return decideOverlap({ rules, candidates: [], occupants: [], buffered: [], ...situation });
}

describe('decideOverlap', () => {
  it.each(OVERLAP_POLICIES)('%s starts what meets nothing', (policy) => {
    expect(decide(policy, { candidates: [fresh('1')] })).toEqual({ ...NONE, run: ['1'] });
  });

  it.each(OVERLAP_POLICIES)('%s does not hold up a retry', (policy) => {
    const retry: Candidate = { ...fresh('1'), status: 'retrying' };
    const occupants: Occupant[] = [{ id: '1', status: 'retrying' }];
    expect(decide(policy, { candidates: [retry], occupants }, 1)).toEqual({ ...NONE, run: ['1'] });
  });

  it.each<[OverlapPolicy, object]>([
    ['skip', { skip: ['1'] }],
    ['buffer_one', { buffer: ['1'] }],
    ['buffer_all', { buffer: ['1'] }],
    ['cancel_other', { cancel: ['running'], buffer: ['1'] }],
    ['terminate_other', { terminate: ['running'], run: ['1'] }],
    ['allow_all', { run: ['1'] }],
  ])('%s beside a running execution', (policy, expected) => {
    expect(decide(policy, { candidates: [fresh('1')], occupants: [running] })).toEqual({
      ...NONE,
      ...expected,
    });
  });

  it.each<[OverlapPolicy, object]>([
    ['skip', { run: ['1'], skip: ['2', '3'] }],
    ['buffer_one', { run: ['1'], buffer: ['2'], skip: ['3'] }],
    ['buffer_all', { run: ['1'], buffer: ['2', '3'] }],
    ['cancel_other', { skip: ['1', '2'], run: ['3'] }],
    ['terminate_other', { skip: ['1', '2'], run: ['3'] }],
    ['allow_all', { run: ['1', '2', '3'] }],
  ])('%s with three at once, in the order of their times', (policy, expected) => {
    const candidates = [fresh('3'), fresh('1'), fresh('2')];
    expect(decide(policy, { candidates })).toEqual({ ...NONE, ...expected });
  });

  it.each<[OverlapPolicy, object]>([
    ['buffer_one', { skip: ['2'] }],
    ['buffer_all', { buffer: ['2'] }],
    ['cancel_other', { cancel: ['running'], skip: ['1'], buffer: ['2'] }],
    ['terminate_other', { terminate: ['running'], skip: ['1'], run: ['2'] }],
  ])('%s where another one waits already', (policy, expected) => {
    const situation = { candidates: [fresh('2')], occupants: [running], buffered: [waiting('1')] };
    expect(decide(policy, situation)).toEqual({ ...NONE, ...expected });
  });

  it('lets nothing overtake what waits', () => {
    for (const policy of ['buffer_one', 'buffer_all'] as const) {
      const { run } = decide(policy, { candidates: [fresh('2')], buffered: [waiting('1')] });
      expect(run).toEqual([]);
    }
    expect(decide('allow_all', { candidates: [fresh('2')], buffered: [waiting('1')] }, 2).buffer).toEqual([
      '2',
    ]);
  });

  it('starts what waited when its turn has come, and keeps it waiting until then', () => {
    const situation = { candidates: [fresh('1')], buffered: [waiting('1'), waiting('2')] };
    expect(decide('buffer_all', situation)).toEqual({ ...NONE, run: ['1'] });
    expect(decide('buffer_all', { ...situation, occupants: [running] })).toEqual({ ...NONE, buffer: ['1'] });
    expect(decide('buffer_one', { ...situation, buffered: [waiting('1')], occupants: [running] })).toEqual({
      ...NONE,
      buffer: ['1'],
    });
  });

  it('does not wait for what has not begun when it cancels it', () => {
    expect(decide('cancel_other', { candidates: [fresh('1')], occupants: [queued] })).toEqual({
      ...NONE,
      cancel: ['queued'],
      run: ['1'],
    });
  });

  it('bounds allow_all', () => {
    const candidates = ['1', '2', '3'].map((id) => fresh(id));
    expect(decide('allow_all', { candidates, occupants: [running] }, 3)).toEqual({
      ...NONE,
      run: ['1', '2'],
      buffer: ['3'],
    });
  });

  it('takes the policy of a trigger before that of the job', () => {
    const candidates = [fresh('1', 'allow_all')];
    expect(decide('skip', { candidates, occupants: [running] })).toEqual({ ...NONE, run: ['1'] });
  });

  describe('beside a backfill', () => {
    const own = (id: string, policy: OverlapPolicy = 'buffer_all') => ({
      ...fresh(id, policy),
      isBackfill: true,
    });
    const ownWaiting = (id: string) => ({ ...waiting(id), isBackfill: true });
    const ownRunning = { ...running, isBackfill: true };

    it.each(['skip', 'buffer_one', 'buffer_all'] as const)(
      '%s lets what meets a run of it wait for the end instead of skipping it',
      (policy) => {
        const situation = { candidates: [fresh('5')], occupants: [ownRunning], buffered: [ownWaiting('1')] };
        expect(decide(policy, situation)).toEqual({ ...NONE, buffer: ['5'] });
      },
    );

    it.each(['skip', 'buffer_one'] as const)(
      '%s has no more than one of the schedule wait for it',
      (policy) => {
        const situation = { candidates: [fresh('6')], occupants: [ownRunning], buffered: [waiting('5')] };
        expect(decide(policy, situation)).toEqual({ ...NONE, skip: ['6'] });
      },
    );

    it('skip still skips what meets an execution of its own kind', () => {
      const occupants = [ownRunning, { ...running, id: 'other' }];
      expect(decide('skip', { candidates: [fresh('5')], occupants })).toEqual({ ...NONE, skip: ['5'] });
    });

    it('starts the schedule first, however old the times of the backfill are', () => {
      const candidates = [own('1'), fresh('5')];
      expect(decide('skip', { candidates })).toEqual({ ...NONE, run: ['5'], buffer: ['1'] });
      expect(decide('buffer_all', { candidates: [own('1')], buffered: [waiting('5')] })).toEqual({
        ...NONE,
        buffer: ['1'],
      });
    });

    it.each(['cancel_other', 'terminate_other'] as const)('%s leaves what waits of it alone', (policy) => {
      const situation = { candidates: [fresh('5')], buffered: [ownWaiting('1')] };
      expect(decide(policy, situation)).toEqual({ ...NONE, run: ['5'] });
      expect(decide(policy, { candidates: [own('1'), fresh('5')] })).toEqual({
        ...NONE,
        run: ['5'],
        buffer: ['1'],
      });
    });

    it('runs side by side where it may', () => {
      const candidates = [own('1', 'allow_all'), own('2', 'allow_all')];
      expect(decide('skip', { candidates, occupants: [running] })).toEqual({ ...NONE, run: ['1', '2'] });
    });
  });

  it('decides each candidate once, and never ends what it starts', () => {
    const policy = fc.constantFrom(...OVERLAP_POLICIES);
    const status = fc.constantFrom('queued' as const, 'running' as const, 'retrying' as const);
    fc.assert(
      fc.property(
        policy,
        fc.option(fc.integer({ min: 1, max: 3 })),
        fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 5 }),
        fc.array(fc.option(policy), { minLength: 5, maxLength: 5 }),
        fc.array(status, { maxLength: 3 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
        (job, maxConcurrency, times, own, statuses, buffered) => {
          const candidates = times.map((time, index) => fresh(String(time), own[index] ?? null));
          const occupants = statuses.map((one, index) => ({ id: `o${index}`, status: one }));
          const made = decideOverlap({
            rules: { policy: job, maxConcurrency },
            candidates,
            occupants,
            buffered: buffered.map((time) => waiting(String(time))),
          });
          const fates = [...made.run, ...made.buffer, ...made.skip];
          expect(new Set(fates).size).toBe(fates.length);
          for (const { id } of candidates) expect(fates).toContain(id);
          const ended = [...made.cancel, ...made.terminate];
          expect(new Set(ended).size).toBe(ended.length);
          expect(made.run.filter((id) => ended.includes(id))).toEqual([]);
        },
      ),
    );
  });
});
