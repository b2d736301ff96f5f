import { randomBytes } from 'node:crypto';
import { Test, type TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigModule } from '#config';
import { type AttemptEnd, DEFAULT_BACKOFF, type ExecutionStatus, isLive } from '#contracts';
import { DatabaseModule, newId, queryRows } from '#database';
import {
  cancelExecutions,
  ClaimExecutions,
  type ClaimedExecution,
  DispatchExecutions,
  type DueExecution,
  ExecutionEngineModule,
  insertExecutions,
  lockJobs,
  ReconcileExecutions,
  SettleExecutions,
  settlementOf,
} from '#executions';
import { JobsModule } from '#jobs';
import { createTestDatabase, type TestDatabase, testConfig, testRedisUrl } from '#testing';

const MAX_ATTEMPTS = 3;
const error = (retryable: boolean) => ({ code: 'X', message: 'x', retryable });

const ENDS: AttemptEnd[] = [
  { status: 'completed', result: 1 },
  { status: 'failed', error: error(true) },
  { status: 'failed', error: error(false) },
  { status: 'timed_out', error: error(true) },
  { status: 'snoozed', delayMs: 0 },
  { status: 'abandoned', kind: 'shutdown' },
];

/** What can happen to an execution, in any order and at any time. */
const step = fc.oneof(
  fc.constant({ do: 'dispatch' as const }),
  fc.constant({ do: 'dispatch-late' as const }),
  fc.constant({ do: 'claim' as const }),
  fc.record({ do: fc.constant('settle' as const), end: fc.constantFrom(...ENDS), held: fc.nat(5) }),
  fc.constant({ do: 'lose-worker' as const }),
  fc.constant({ do: 'cancel' as const }),
);

interface Row {
  status: ExecutionStatus;
  attempt: number;
  due_at: Date;
  recorded: string[] | null;
  job_status: string;
}

describe('the states of an execution', () => {
  let database: TestDatabase;
  let engine: TestingModule;
  let dataSource: DataSource;
  const owner = newId();

  beforeAll(async () => {
    database = await createTestDatabase();
    const config = testConfig({
      database: { url: database.url },
      queue: { backend: 'redis', redisUrl: testRedisUrl(), prefix: `t${randomBytes(6).toString('hex')}` },
    });
    engine = await Test.createTestingModule({
      imports: [ConfigModule.forRoot(config), DatabaseModule, JobsModule, ExecutionEngineModule],
    }).compile();
    dataSource = engine.get(DataSource);
    await dataSource.query(
      `INSERT INTO users (id, email, name, password_hash) VALUES ($1, 'o@example.com', 'O', 'x')`,
      [owner],
    );
  });
  afterAll(async () => {
    await engine.close();
    await database.drop();
  });

  it('end an attempt that is handed back after a cancel as cancelled', async () => {
    const execution = await newExecution();
    const claims: ClaimedExecution[] = [];
    for (const what of ['dispatch', 'claim', 'cancel'] as const) await happen(what, execution, claims);
    const [claim] = claims;
    expect(claim && (await settle(claim, { status: 'abandoned', kind: 'shutdown' }))).toBe('cancelled');
    expect(await read(execution)).toMatchObject({
      attempt: 1,
      recorded: ['cancelled'],
      job_status: 'cancelled',
    });
  });

  it.each(['skip', 'allow_all'])('let no late planner bring a retry forward: %s', async (policy) => {
    const execution = await newExecution();
    await dataSource.query('UPDATE jobs SET overlap_policy = $2 WHERE id = $1', [execution.jobId, policy]);
    const claims: ClaimedExecution[] = [];
    await happen('dispatch', execution, claims);
    await happen('claim', execution, claims);
    const [claim] = claims;
    expect(claim && (await settle(claim, { status: 'failed', error: error(true) }))).toBe('retrying');
    await happen('dispatch-late', execution, claims);
    expect(await read(execution)).toMatchObject({ status: 'retrying', attempt: 1 });
    await happen('dispatch', execution, claims);
    expect(await read(execution)).toMatchObject({ status: 'queued' });
  });

  it('hold together whatever happens: attempts are counted, ends are final, stale results are void', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const execution = await newExecution();
        /** Every claim that was ever made, newest last; all but the newest are stale. */
        const claims: ClaimedExecution[] = [];
        let final: ExecutionStatus | undefined;
        for (const next of steps) {
          const before = await read(execution);
          if (next.do === 'settle') {
            const claim = claims.at(-1 - (next.held % Math.max(claims.length, 1)));
            if (!claim) continue;
            const settled = await settle(claim, next.end);
            const isCurrent = claim === claims.at(-1) && before.status === 'running';
            expect(settled !== undefined).toBe(isCurrent);
          } else {
            await happen(next.do, execution, claims);
          }
          const after = await read(execution);
          if (next.do === 'dispatch-late' && before.status === 'retrying')
            expect(after.status).toBe('retrying');
          check(after);
          if (final) expect(after.status).toBe(final);
          if (!isLive(after.status)) final = after.status;
        }
      }),
      { numRuns: 60 },
    );
  });

  async function happen(
    what: 'dispatch' | 'dispatch-late' | 'claim' | 'lose-worker' | 'cancel',
    execution: DueExecution,
    claims: ClaimedExecution[],
  ): Promise<void> {
    if (what === 'dispatch') {
      const { due_at } = await read(execution);
      await engine.get(DispatchExecutions).dispatch([{ ...execution, dueAt: due_at.getTime() }]);
    } else if (what === 'dispatch-late') {
      // By a planner that read the execution when it was new, and has taken its time.
      await engine.get(DispatchExecutions).dispatch([execution]);
    } else if (what === 'claim') {
      const { id, scheduledFor } = execution;
      const request = { executionIds: [id], scheduledFrom: scheduledFor, scheduledTo: scheduledFor };
      claims.push(...(await engine.get(ClaimExecutions).claim(request)));
    } else if (what === 'lose-worker') {
      await dataSource.query(
        `UPDATE executions SET lease_until = now() - interval '1 s' WHERE id = $1 AND status = 'running'`,
        [execution.id],
      );
      await engine.get(ReconcileExecutions).takeOverExpired();
    } else {
      await dataSource.transaction(async (manager) => {
        await lockJobs(manager, [execution.jobId]);
        await cancelExecutions(manager, { executionId: execution.id }, 'cancelled_by_user');
      });
    }
  }

  async function settle(claim: ClaimedExecution, end: AttemptEnd): Promise<ExecutionStatus | undefined> {
    return engine.get(SettleExecutions).settle({
      id: claim.id,
      jobId: claim.jobId,
      scheduledFor: claim.scheduledFor,
      fence: claim.fence,
      isOneOff: true,
      isAwaited: false,
      isWatched: false,
      settlement: settlementOf(end, { ...claim, retryDelayMs: 0, backoff: DEFAULT_BACKOFF }),
    });
  }

  function check({ status, attempt, recorded, job_status }: Row): void {
    const attempts = recorded ?? [];
    expect(attempt).toBeLessThanOrEqual(MAX_ATTEMPTS);
    expect(attempts).toHaveLength(status === 'running' ? attempt - 1 : attempt);
    expect(attempts.slice(0, -1)).not.toContain('completed');
    expect(attempts.at(-1) === 'completed').toBe(status === 'completed');
    if (status === 'completed') expect(job_status).toBe('completed');
    if (status === 'failed' || status === 'timed_out') expect(job_status).toBe('failed');
    if (isLive(status)) expect(job_status).toBe('active');
  }

  async function newExecution(): Promise<DueExecution> {
    const jobId = newId();
    await dataSource.query(
      `INSERT INTO jobs (id, owner_id, name, type, payload, schedule_type, max_retries, retry_delay_ms, backoff, timeout_ms)
       VALUES ($1, $2, 'j', 'custom', '{}', 'immediate', $3, 0, '{}', 1000)`,
      [jobId, owner, MAX_ATTEMPTS - 1],
    );
    const [execution] = await insertExecutions(dataSource, [
      {
        jobId,
        type: 'custom',
        trigger: 'api',
        status: 'scheduled',
        scheduledFor: Date.now(),
        priority: 0,
        maxAttempts: MAX_ATTEMPTS,
      },
    ]);
    if (!execution) throw new Error('The execution was not inserted.');
    return execution;
  }

  async function read({ id }: DueExecution): Promise<Row> {
    const [row] = await queryRows<Row>(
      dataSource,
      `SELECT e.status, e.attempt, e.due_at, j.status AS job_status,
         (SELECT array_agg(a.status::text ORDER BY a.attempt) FROM execution_attempts a WHERE a.execution_id = e.id) AS recorded
       FROM executions e JOIN jobs j ON j.id = e.job_id WHERE e.id = $1`,
      [id],
    );
    if (!row) throw new Error('The execution is gone.');
    return row;
  }
});
