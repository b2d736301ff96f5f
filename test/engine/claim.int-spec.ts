import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '#testing';
import { BACKENDS, type Engine, scriptedJob, startEngine } from './engine-fixture.js';

describe.each(BACKENDS)('a claim on %s', (backend) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await startEngine(backend);
  });
  afterAll(() => engine.stop());

  it('waits for a row that a second planner holds for a moment: its message comes only once', async () => {
    await engine.startWorker({ roles: ['plan'] });
    const job = await engine.create.create(engine.actor, scriptedJob('ok'));
    const { id } = await engine.untilExecution(job.id, 'queued');
    const planner = engine.dataSource.createQueryRunner();
    await planner.startTransaction();
    await planner.query('SELECT 1 FROM executions WHERE id = $1 FOR UPDATE', [id]);
    await engine.startWorker({ roles: ['execute'] });
    await waitFor(
      async () => {
        const waiting = await engine.rows(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        return waiting.length;
      },
      { what: 'the claim to wait for the row' },
    );
    await planner.rollbackTransaction();
    await planner.release();
    expect(await engine.untilExecution(job.id, 'completed')).toMatchObject({ id, attempt: 1 });
  });
});
