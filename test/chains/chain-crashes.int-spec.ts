import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FollowChains } from '#jobs';
import { waitFor } from '#testing';
import { BACKENDS } from '../engine/engine-fixture.js';
import { type ChainBench, startChainBench } from './chain-fixture.js';

const ROUNDS = 6;

describe.each(BACKENDS)('chains on %s, whatever dies', (backend) => {
  let bench: ChainBench;

  beforeAll(async () => {
    bench = await startChainBench(backend);
  });
  afterAll(() => bench.stop());

  it('go on when nothing looked between the end of the parent and a later start', async () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    bench.engine.behaviours.set('until later', () => opened.then(() => 'done'));
    const a = await bench.root('parent', 'until later');
    const b = await bench.chained([a]);
    await bench.startWorker({ roles: ['execute'] });
    const planner = await bench.startWorker({ roles: ['plan'] });
    const run = await bench.trigger(a);
    await bench.engine.untilExecution(a, 'running');
    await planner.close();
    open();
    await bench.untilOver(a);
    expect(await bench.executionsOf(b)).toEqual([]);

    // A planner that follows the chain and dies before it dispatches.
    const chains = new FollowChains(bench.engine.dataSource);
    while ((await chains.follow()) > 0);
    expect(await bench.executionsOf(b)).toMatchObject([
      { status: 'scheduled', parents: [{ executionId: run }] },
    ]);

    await bench.startWorker({ roles: ['plan'] });
    await bench.untilOver(b);
    await bench.untilQuiet();
    expect(await bench.executionsOf(b)).toMatchObject([{ status: 'completed' }]);
  });

  it(
    'set a job off once when its parents end at the same moment, however many follow',
    { timeout: 120_000 },
    async () => {
      await bench.startWorker();
      await bench.startWorker();
      const chains = [1, 2, 3].map(() => new FollowChains(bench.engine.dataSource));
      for (let round = 0; round < ROUNDS; round += 1) {
        const gate = gateFor(3);
        bench.engine.behaviours.set(`together ${round}`, gate.pass);
        // Within the minute that counts as now, and the same for all.
        const fields = { scheduleType: 'scheduled', scheduledAt: new Date(Date.now() - 1_000).toISOString() };
        const parents = [];
        for (const name of ['x', 'y', 'z'])
          parents.push(await bench.create({ ...fields, name }, `together ${round}`));
        const child = await bench.chained(parents);
        const grandchild = await bench.chained([child, ...parents]);
        await gate.open();
        await Promise.all(chains.map((one) => one.follow()));
        await bench.untilOver(grandchild);
        await bench.untilQuiet();
        expect(await bench.executionsOf(child)).toMatchObject([
          { status: 'completed', parents: { length: 3 } },
        ]);
        expect(await bench.executionsOf(grandchild)).toMatchObject([
          { status: 'completed', parents: { length: 4 } },
        ]);
      }
    },
  );

  it('set a job off once for all that end while nobody looks, whoever looks then', async () => {
    const a = await bench.root('many', 'ok', { overlapPolicy: 'allow_all' });
    const b = await bench.chained([a], { overlapPolicy: 'allow_all' });
    await bench.engine.rows(
      `INSERT INTO executions (id, scheduled_for, job_id, type, trigger, status, effective_at, due_at, max_attempts,
         finished_at, chain_at)
       SELECT gen_random_uuid(), t, $1, 'custom', 'schedule', 'completed', t, t, 1, now(), t
       FROM generate_series(now() - interval '500 s', now() - interval '1 s', interval '1 s') t`,
      [a],
    );
    const chains = [1, 2, 3, 4].map(() => new FollowChains(bench.engine.dataSource));
    await Promise.all(
      chains.map(async (one) => {
        while ((await one.follow()) > 0);
      }),
    );
    const found = await waitFor(
      async () => {
        const rows = await bench.engine.rows<{ status: string }>(
          'SELECT status FROM executions WHERE job_id = $1',
          [b],
        );
        return rows.every(({ status }) => status === 'completed') && rows.length > 0 ? rows : undefined;
      },
      { what: 'all children to be over' },
    );
    expect(found).toHaveLength(500);
  });
});

/** Lets so many pass, all at once, when they have come and the test opens it. */
function gateFor(count: number): { pass: () => Promise<string>; open: () => Promise<void> } {
  let come = 0;
  let tellAllCame = () => {};
  let tellOpened = () => {};
  const allCame = new Promise<void>((resolve) => (tellAllCame = resolve));
  const opened = new Promise<void>((resolve) => (tellOpened = resolve));
  return {
    pass: async () => {
      if ((come += 1) === count) tellAllCame();
      await opened;
      return 'done';
    },
    open: async () => {
      await allCame;
      tellOpened();
    },
  };
}
