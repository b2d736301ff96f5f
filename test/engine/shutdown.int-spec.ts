import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { waitFor } from '#testing';
import { BACKENDS, type Engine, scriptedJob, startEngine } from './engine-fixture.js';

describe.each(BACKENDS)('a worker on %s that is told to stop', (backend) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await startEngine(backend);
  });
  afterAll(() => engine.stop());

  it('takes nothing new, and lets what runs finish', async () => {
    let open: () => void = () => undefined;
    const door = new Promise<void>((resolve) => (open = resolve));
    engine.behaviours.set('behind-a-door', () => door.then(() => 'through'));
    const create = (behaviour: string) => engine.create.create(engine.actor, scriptedJob(behaviour));
    const said = vi.spyOn(Logger.prototype, 'log');

    const worker = await engine.startWorker();
    const first = await create('behind-a-door');
    await engine.untilExecution(first.id, 'running');
    const stopped = worker.close();
    await waitFor(() => said.mock.calls.some(([text]) => String(text).startsWith('Waiting up to')), {
      what: 'the worker to wait for what runs',
    });
    said.mockRestore();
    const second = await create('ok');
    open();
    await stopped;

    expect(await engine.untilExecution(first.id, 'completed')).toMatchObject({
      attempt: 1,
      result: 'through',
    });
    expect(
      await engine.rows('SELECT attempt, started_at FROM executions WHERE job_id = $1', [second.id]),
    ).toEqual([{ attempt: 0, started_at: null }]);
    await engine.startWorker();
    await engine.untilExecution(second.id, 'completed');
  });
});
