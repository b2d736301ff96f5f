import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '#testing';
import { BACKENDS, type Engine, scriptedJob, startEngine } from './engine-fixture.js';

describe.each(BACKENDS)('a pause of everything on %s', (backend) => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await startEngine(backend);
  });
  afterAll(() => engine.stop());

  it('holds back what is queued already: its messages are taken, and nothing begins', async () => {
    let runs = 0;
    engine.behaviours.set('counted', () => (runs += 1));
    const planner = await engine.startWorker({ roles: ['plan'] });
    const jobs: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      jobs.push((await engine.create.create(engine.actor, scriptedJob('counted'))).id);
    }
    for (const id of jobs) await engine.untilExecution(id, 'queued');
    const paused = await engine.system.pause(engine.actor, 'maintenance');
    expect(paused).toMatchObject({ state: 'paused', executions: { running: 0, waiting: 3 } });
    const executor = await engine.startWorker({ roles: ['execute'] });
    for (const id of jobs) {
      expect(await engine.untilExecution(id, 'scheduled')).toMatchObject({ attempt: 0, queuedAt: null });
    }
    expect(runs).toBe(0);
    await engine.system.resume(engine.actor);
    for (const id of jobs) expect(await engine.untilExecution(id, 'completed')).toMatchObject({ attempt: 1 });
    expect(runs).toBe(3);
    await waitFor(async () => (await engine.system.get(engine.actor)).state === 'running', {
      what: 'the pause to be settled',
    });
    await Promise.all([planner.close(), executor.close()]);
  });

  it('keeps an execution that was handed back at a shutdown, and runs it afterwards', async () => {
    let attempts = 0;
    engine.behaviours.set('long', ({ signal, attempt }) =>
      attempts > 0
        ? attempt
        : new Promise((_, reject) => {
            attempts += 1;
            signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
          }),
    );
    const first = await engine.startWorker({ roles: ['plan', 'execute'], shutdownGraceMs: 0 });
    const { id } = await engine.create.create(engine.actor, scriptedJob('long'));
    await engine.untilExecution(id, 'running');
    await engine.system.pause(engine.actor, 'deployment');
    await first.close();
    expect(await engine.untilExecution(id, 'retrying')).toMatchObject({ attempt: 0 });
    await engine.startWorker({ roles: ['plan', 'execute'] });
    await engine.system.resume(engine.actor);
    expect(await engine.untilExecution(id, 'completed')).toMatchObject({ result: 1 });
  });
});
