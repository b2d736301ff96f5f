import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttemptEnd, DEFAULT_BACKOFF, type ExecutionError } from '#contracts';
import { type AttemptFacts, type LostAttempt, settlementOf } from './settlement.js';

const error: fc.Arbitrary<ExecutionError> = fc.record({
  code: fc.constant('X'),
  message: fc.string(),
  retryable: fc.boolean(),
});

const end: fc.Arbitrary<AttemptEnd | LostAttempt> = fc.oneof(
  fc.record({ status: fc.constant('completed' as const), result: fc.jsonValue() as fc.Arbitrary<never> }),
  fc.record({ status: fc.constant('failed' as const), error, retryAfterMs: fc.nat(100_000) }),
  fc.record({ status: fc.constant('timed_out' as const), error }),
  fc.record({ status: fc.constant('cancelled' as const) }),
  fc.record({ status: fc.constant('snoozed' as const), delayMs: fc.nat(100_000) }),
  fc.record({
    status: fc.constant('abandoned' as const),
    kind: fc.constantFrom('lease_lost' as const, 'shutdown' as const),
  }),
  fc.record({ status: fc.constant('lost' as const), error }),
);

/** Plays ends one after another until the execution is over, as the engine does. */
function play(ends: (AttemptEnd | LostAttempt)[], maxAttempts: number) {
  const facts: AttemptFacts = { attempt: 0, maxAttempts, retryDelayMs: 10, backoff: DEFAULT_BACKOFF };
  const trail: string[] = [];
  let recorded = 0;
  for (const next of ends) {
    facts.attempt += 1;
    const settlement = settlementOf(next, facts);
    if (settlement.attemptStatus === null) facts.attempt -= 1;
    else recorded += 1;
    trail.push(settlement.status);
    if (settlement.status !== 'retrying') break;
  }
  return { trail, attempt: facts.attempt, recorded };
}

describe('settlementOf', () => {
  it('is over exactly when it says so: nothing retries past its attempts, nothing final has a due time', () => {
    fc.assert(
      fc.property(
        end,
        fc.integer({ min: 1, max: 51 }),
        fc.integer({ min: 1, max: 51 }),
        (next, attempt, maxAttempts) => {
          fc.pre(attempt <= maxAttempts);
          const settlement = settlementOf(next, {
            attempt,
            maxAttempts,
            retryDelayMs: 10,
            backoff: DEFAULT_BACKOFF,
          });
          expect(settlement.dueInMs !== null).toBe(settlement.status === 'retrying');
          if (settlement.status === 'retrying' && settlement.attemptStatus !== null) {
            expect(attempt).toBeLessThan(maxAttempts);
          }
          if (settlement.status === 'completed') expect(next.status).toBe('completed');
        },
      ),
    );
  });

  it('ends every execution within its attempts, counting only what is recorded', () => {
    fc.assert(
      fc.property(fc.array(end, { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (ends, maxAttempts) => {
        const { trail, attempt, recorded } = play(ends, maxAttempts);
        expect(attempt).toBeLessThanOrEqual(maxAttempts);
        expect(recorded).toBe(attempt);
        expect(trail.slice(0, -1).every((status) => status === 'retrying')).toBe(true);
      }),
    );
  });

  it('ends a job that kills its worker each time as failed', () => {
    const lost: LostAttempt = {
      status: 'lost',
      error: { code: 'WORKER_LOST', message: 'gone', retryable: true },
    };
    expect(play([lost, lost, lost, lost], 3).trail).toEqual(['retrying', 'retrying', 'failed']);
  });

  it('does not retry what cannot be mended, and does retry what can', () => {
    const facts = { attempt: 1, maxAttempts: 4, retryDelayMs: 5_000, backoff: DEFAULT_BACKOFF };
    const failed = (retryable: boolean) =>
      settlementOf({ status: 'failed', error: { code: 'X', message: 'x', retryable } }, facts);
    expect(failed(false)).toMatchObject({ status: 'failed', attemptStatus: 'failed' });
    expect(failed(true)).toMatchObject({ status: 'retrying', dueInMs: 5_000 });
  });

  it('hands work back without spending the attempt', () => {
    const facts = { attempt: 1, maxAttempts: 1, retryDelayMs: 5_000, backoff: DEFAULT_BACKOFF };
    expect(settlementOf({ status: 'abandoned', kind: 'shutdown' }, facts)).toMatchObject({
      status: 'retrying',
      dueInMs: 0,
      attemptStatus: null,
    });
  });
});
