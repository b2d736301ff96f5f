import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type AbortKind,
  type AttemptEnd,
  type ExecutionContext,
  type Executor,
  type JobType,
  PAYLOAD_SCHEMAS,
} from '#contracts';
import { testContext } from './execution-context.js';

/** What a result may take as JSON (API.md), in bytes. */
const MAX_RESULT_BYTES = 256 * 1024;

export type RunAttempt = (
  executor: Executor,
  payload: unknown,
  context: ExecutionContext,
) => Promise<AttemptEnd>;

/** An executor with the targets it talks to. */
export interface ConformanceSubject {
  executor: Executor;
  /** A payload that succeeds, and what its result must hold at least. */
  success: { payload: unknown; result: unknown };
  /** A payload that is well-formed but whose target fails, and how that must be told. */
  failure: { payload: unknown; code: string; retryable: boolean };
  /** A payload that runs until it is aborted. `started` resolves once the target has it in hand. */
  hang: { payload: unknown; started(context: ExecutionContext): Promise<void> };
  /** A payload whose target gives more than may be kept, and what must come of it. */
  oversized: { payload: unknown; end: unknown };
  /** A payload whose result JSON cannot carry, where the type of job allows one. */
  unserialisable?: { payload: unknown };
  /** Words of the payloads above that no message and no log line may repeat. */
  secrets: string[];
  /** What runs or is held open for ended attempts: processes, requests, connections. Empty is clean. */
  leftovers(): string[] | Promise<string[]>;
  /** Closes executor and targets. */
  stop(): Promise<void>;
}

export interface ConformanceHarness {
  type: JobType;
  /** Payloads the schema must refuse, each with the field its message must name. */
  badPayloads: [payload: unknown, field: string][];
  /** The pipeline that workers run attempts through. Given, since testing imports no executors. */
  runAttempt: RunAttempt;
  start(): Promise<ConformanceSubject>;
}

/**
 * What every executor must do, whatever it runs: success, bad payload, failing target, the four ways to be told
 * to stop, output that is too large or no JSON, several attempts at once - and nothing left behind by any of it.
 * Use it in the int-spec of each executor; see docs/writing-an-executor.md.
 */
export function describeExecutorConformance(name: string, harness: ConformanceHarness): void {
  describe(`${name} conforms to the executor contract`, () => {
    let subject: ConformanceSubject;
    const run = (payload: unknown, context: ExecutionContext) =>
      harness.runAttempt(subject.executor, payload, context);
    const expectNothingLeft = async (context: ExecutionContext) => {
      const left = async () => [
        ...getEventListeners(context.signal, 'abort'),
        ...(await subject.leftovers()),
      ];
      await vi.waitFor(async () => expect(await left()).toEqual([]), { timeout: 15_000 });
    };

    beforeAll(async () => {
      subject = await harness.start();
    });
    afterAll(async () => {
      await subject.stop();
    });

    it('validates with the schema that the API validates with', () => {
      expect(subject.executor.schema).toBe(PAYLOAD_SCHEMAS[harness.type]);
    });

    it('succeeds with a result that JSON can carry', async () => {
      const { context } = testContext();
      const end = await run(subject.success.payload, context);
      expect(end).toMatchObject({ status: 'completed', result: subject.success.result });
      expect(JSON.parse(JSON.stringify(end))).toEqual(end);
      await expectNothingLeft(context);
    });

    it.each(harness.badPayloads)(
      'refuses the payload %j, names %s and is not retried',
      async (payload, field) => {
        const end = await run(payload, testContext().context);
        expect(end).toEqual({
          status: 'failed',
          error: {
            code: 'INVALID_PAYLOAD',
            message: expect.stringContaining(field) as string,
            retryable: false,
          },
        });
      },
    );

    it('tells the failure of its target, and no secret with it', async () => {
      const { context, lines } = testContext();
      const { payload, code, retryable } = subject.failure;
      const end = await run(payload, context);
      expect(end).toMatchObject({ status: 'failed', error: { code, retryable } });
      const told = JSON.stringify([end.status === 'failed' && end.error, lines]);
      for (const secret of subject.secrets) expect(told).not.toContain(secret);
      await expectNothingLeft(context);
    });

    it.each<[AbortKind, object]>([
      ['timeout', { status: 'timed_out', error: { code: 'TIMEOUT', retryable: true } }],
      ['cancelled', { status: 'cancelled' }],
      ['lease_lost', { status: 'abandoned', kind: 'lease_lost' }],
      ['shutdown', { status: 'abandoned', kind: 'shutdown' }],
    ])('stops when told to: %s', async (kind, expected) => {
      const { context, lines, abort } = testContext();
      const running = run(subject.hang.payload, context);
      await Promise.race([subject.hang.started(context), failIfOver(running)]);
      abort(kind);
      expect(await running).toMatchObject(expected);
      expect(lines.map((line) => line.message).join('\n')).not.toContain('abandoned');
      await expectNothingLeft(context);
    });

    it('starts nothing once it was told to stop', async () => {
      const { context, abort } = testContext();
      abort('cancelled');
      expect(await run(subject.hang.payload, context)).toEqual({ status: 'cancelled' });
      await expectNothingLeft(context);
    });

    it('bounds what its target gives', async () => {
      const { context } = testContext();
      const end = await run(subject.oversized.payload, context);
      expect(end).toMatchObject(subject.oversized.end as object);
      expect(Buffer.byteLength(JSON.stringify(end))).toBeLessThan(MAX_RESULT_BYTES + 4_096);
      await expectNothingLeft(context);
    });

    it('does not pass off as success what JSON cannot carry', async () => {
      const end =
        subject.unserialisable && (await run(subject.unserialisable.payload, testContext().context));
      // Most types of job build their results from texts and numbers and cannot get there.
      if (end) expect(end).toMatchObject({ error: { code: 'RESULT_NOT_SERIALISABLE', retryable: false } });
      else expect(subject.executor.schema).not.toBe(PAYLOAD_SCHEMAS.custom);
    });

    it('runs several attempts at once without mixing them up', async () => {
      const contexts = [1, 2, 3, 4].map(() => testContext().context);
      const ends = await Promise.all(contexts.map((context) => run(subject.success.payload, context)));
      for (const end of ends)
        expect(end).toMatchObject({ status: 'completed', result: subject.success.result });
      for (const context of contexts) await expectNothingLeft(context);
    });
  });
}

async function failIfOver(running: Promise<AttemptEnd>): Promise<never> {
  throw new Error(`The attempt ended before it was told to: ${JSON.stringify(await running)}`);
}
