import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { z, type ZodType } from 'zod';
import { AttemptAborted, type ExecutionContext, type Executor, PermanentError } from '#contracts';
import { runAttempt } from './run-attempt.js';

const limits = { abandonAfterMs: 20, maxResultBytes: 120 };

function attempt(
  execute: (payload: unknown, context: ExecutionContext) => unknown,
  schema: ZodType = z.unknown(),
) {
  const stop = new AbortController();
  const lines: string[] = [];
  const write = (message: string) => void lines.push(message);
  const context: ExecutionContext = {
    executionId: 'e1',
    jobId: 'j1',
    jobName: 'a job',
    attempt: 1,
    maxAttempts: 4,
    scheduledFor: new Date(0),
    signal: stop.signal,
    deadline: new Date(0),
    logger: { debug: write, info: write, warn: write, error: write },
  };
  const executor: Executor = { schema, execute: execute as Executor['execute'] };
  return { stop, lines, run: (payload: unknown = {}) => runAttempt(executor, payload, context, limits) };
}

/** Work that ends only by its signal. */
const untilAborted = (_: unknown, { signal }: ExecutionContext) =>
  new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );

function nested(depth: number): unknown {
  let value: unknown = '\0';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe('runAttempt', () => {
  it('hands the parsed payload to the executor and its result back', async () => {
    const execute = vi.fn(async () => ({ status: 'completed', result: { ok: true } }));
    const { run } = attempt(execute, z.object({ n: z.number().default(7) }));
    expect(await run({})).toEqual({ status: 'completed', result: { ok: true } });
    expect(execute).toHaveBeenCalledWith({ n: 7 }, expect.anything());
  });

  it('names each fault of a payload, runs nothing and does not retry', async () => {
    const execute = vi.fn();
    const { run } = attempt(
      execute,
      z.strictObject({ url: z.string('must be a URL'), n: z.number('must be a number') }),
    );
    expect(await run({ n: 'x', extra: 1 })).toEqual({
      status: 'failed',
      error: {
        code: 'INVALID_PAYLOAD',
        message:
          'payload.url must be a URL; payload.n must be a number; payload.extra is not a field of the payload',
        retryable: false,
      },
    });
    expect(execute).not.toHaveBeenCalled();
  });

  it.each<[string, unknown, object]>([
    ['an error', new Error('no luck'), { code: 'EXECUTOR_THREW', message: 'no luck', retryable: true }],
    [
      'an error with a code',
      Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
      { code: 'ECONNREFUSED', message: 'x', retryable: true },
    ],
    [
      'an error with a code that is no code',
      Object.assign(new Error('x'), { code: 'some sentence' }),
      { code: 'EXECUTOR_THREW', message: 'x', retryable: true },
    ],
    [
      'a permanent error',
      new PermanentError('never'),
      { code: 'PERMANENT', message: 'never', retryable: false },
    ],
    [
      'a permanent error by name',
      Object.assign(new Error('never'), { name: 'PermanentError' }),
      { code: 'PERMANENT', message: 'never', retryable: false },
    ],
    ['a string', 'plain', { code: 'EXECUTOR_THREW', message: 'plain', retryable: true }],
    ['nothing', undefined, { code: 'EXECUTOR_THREW', message: 'undefined', retryable: true }],
    [
      'unstorable characters',
      new Error('a\0b\ud800'),
      { code: 'EXECUTOR_THREW', message: 'ab\ufffd', retryable: true },
    ],
  ])('takes a throw of %s for a failure', async (_name, thrown, error) => {
    const { run } = attempt(() => {
      throw thrown;
    });
    expect(await run()).toEqual({ status: 'failed', error });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a string', 'completed'],
    ['an unknown status', { status: 'done', result: 1 }],
    ['a failure without an error', { status: 'failed' }],
    [
      'a failure that does not say whether to retry',
      { status: 'failed', error: { code: 'A', message: 'b' } },
    ],
    ['an endless wait', { status: 'snoozed', delayMs: Infinity }],
    [
      'a negative wait',
      { status: 'failed', error: { code: 'A', message: 'b', retryable: true }, retryAfterMs: -1 },
    ],
  ])('takes %s for a broken contract, not for a success', async (_name, outcome) => {
    expect(await attempt(() => outcome).run()).toMatchObject({
      status: 'failed',
      error: { code: 'EXECUTOR_CONTRACT', retryable: false },
    });
  });

  it('passes known outcomes on', async () => {
    const failed = {
      status: 'failed',
      error: { code: 'HTTP_STATUS', message: 'busy', retryable: true },
      result: { statusCode: 503 },
      retryAfterMs: 1_500,
    };
    expect(await attempt(() => failed).run()).toEqual(failed);
    expect(await attempt(() => ({ status: 'snoozed', delayMs: 5 })).run()).toEqual({
      status: 'snoozed',
      delayMs: 5,
    });
    expect(await attempt(() => ({ status: 'cancelled' })).run()).toEqual({ status: 'cancelled' });
    expect(await attempt(() => ({ status: 'completed' })).run()).toEqual({
      status: 'completed',
      result: null,
    });
  });

  it('stores what JSON and PostgreSQL can carry', async () => {
    const result = { 'k\0': 'a\0b', lone: 'x\udc00', pair: '😀', at: new Date(0), list: [undefined, NaN] };
    expect(await attempt(() => ({ status: 'completed', result })).run()).toEqual({
      status: 'completed',
      result: { k: 'ab', lone: 'x\ufffd', pair: '😀', at: '1970-01-01T00:00:00.000Z', list: [null, null] },
    });
  });

  it.each<[string, unknown, string]>([
    [
      'a cycle',
      Object.defineProperty({}, 'self', {
        enumerable: true,
        get() {
          return this as object;
        },
      }),
      'RESULT_NOT_SERIALISABLE',
    ],
    ['a bigint', { n: 1n }, 'RESULT_NOT_SERIALISABLE'],
    ['a function', () => 1, 'RESULT_NOT_SERIALISABLE'],
    ['a nesting deeper than the stack', nested(200_000), 'RESULT_NOT_SERIALISABLE'],
    ['too much', 'é'.repeat(60), 'RESULT_TOO_LARGE'],
  ])('refuses a result of %s for good', async (_name, result, code) => {
    expect(await attempt(() => ({ status: 'completed', result })).run()).toMatchObject({
      status: 'failed',
      error: { code, retryable: false },
    });
  });

  it('keeps a failure retryable and drops only its unfit result', async () => {
    const error = { code: 'HTTP_STATUS', message: 'busy', retryable: true };
    const { run, lines } = attempt(() => ({ status: 'failed', error, result: 'x'.repeat(200) }));
    expect(await run()).toEqual({ status: 'failed', error });
    expect(lines.join()).toContain('dropped');
  });

  it.each([
    ['timeout', { status: 'timed_out', error: { code: 'TIMEOUT', message: 'took 5 ms', retryable: true } }],
    ['cancelled', { status: 'cancelled' }],
    ['lease_lost', { status: 'abandoned', kind: 'lease_lost' }],
    ['shutdown', { status: 'abandoned', kind: 'shutdown' }],
  ] as const)('an abort by %s decides how the attempt ended', async (kind, end) => {
    const { stop, run } = attempt(untilAborted);
    const running = run();
    stop.abort(new AttemptAborted(kind, 'took 5 ms'));
    expect(await running).toEqual(end);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  it('an abort wins over a failure that it caused', async () => {
    const { stop, run } = attempt(async () => {
      stop.abort(new AttemptAborted('cancelled', 'x'));
      return { status: 'failed', error: { code: 'NETWORK', message: 'aborted', retryable: true } };
    });
    expect(await run()).toEqual({ status: 'cancelled' });
  });

  it('work that completed before it noticed the abort has completed', async () => {
    const { stop, run } = attempt(async () => {
      stop.abort(new AttemptAborted('timeout', 'x'));
      return { status: 'completed', result: 1 };
    });
    expect(await run()).toEqual({ status: 'completed', result: 1 });
  });

  it('starts nothing when it was aborted before', async () => {
    const execute = vi.fn();
    const { stop, run } = attempt(execute);
    stop.abort(new AttemptAborted('shutdown', 'x'));
    expect(await run()).toEqual({ status: 'abandoned', kind: 'shutdown' });
    expect(execute).not.toHaveBeenCalled();
  });

  it('abandons work that ignores its signal, and hears its late throw', async () => {
    let fail: (error: Error) => void = () => {};
    const { stop, run, lines } = attempt(() => new Promise((_resolve, reject) => (fail = reject)));
    const running = run();
    await Promise.resolve();
    stop.abort(new AttemptAborted('cancelled', 'x'));
    expect(await running).toEqual({ status: 'cancelled' });
    expect(lines.join()).toContain('abandoned');
    fail(new Error('too late'));
    await vi.waitFor(() => expect(lines.join()).toContain('too late'));
  });

  it("takes a time-out of the executor's own for a time-out", async () => {
    const { run } = attempt(() => {
      throw new AttemptAborted('timeout', 'took longer than 100 ms');
    });
    expect(await run()).toMatchObject({ status: 'timed_out', error: { message: 'took longer than 100 ms' } });
  });

  it('says so when the reason of an abort is not known', async () => {
    const { stop, run } = attempt(untilAborted);
    const running = run();
    stop.abort('because');
    expect(await running).toMatchObject({ status: 'failed', error: { code: 'ABORTED', retryable: true } });
  });
});
