import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChainBench, startChainBench } from './chain-fixture.js';

interface Entry {
  kind: string;
  at: string;
  dueAt: string;
  status: string;
  reason: string | null;
  note: string | null;
  why: string | null;
}

const WEEK_MS = 7 * 86_400_000;

describe('the ledger of a chained job', () => {
  let bench: ChainBench;

  beforeAll(async () => {
    bench = await startChainBench();
  });
  afterAll(() => bench.stop());

  const recurring = (name: string, cronExpression: string, more: Record<string, unknown> = {}) =>
    bench.create({ name, scheduleType: 'recurring', cronExpression, ...more });
  /** A week from tomorrow on. */
  async function weekOf(jobId: string): Promise<Entry[]> {
    const from = new Date(Math.ceil(Date.now() / 86_400_000) * 86_400_000);
    const to = new Date(from.getTime() + WEEK_MS - 1);
    const answer = await bench.send(
      `GET /jobs/${jobId}/ledger?from=${from.toISOString()}&to=${to.toISOString()}`,
    );
    return answer.body.data.entries as Entry[];
  }

  it('forecasts the times of what it runs after, and which of them will not do', async () => {
    const daily = await recurring('daily', '0 2 * * *');
    const mondays = await recurring('mondays', '0 2 * * 1');
    const both = await bench.chained([daily, { jobId: mondays, on: 'any' }], { name: 'both' });
    const below = await bench.chained([{ jobId: both, on: 'failed' }]);
    const entries = await weekOf(both);
    expect(entries).toHaveLength(7);
    const [monday, ...others] = entries.filter(({ status }) => status === 'expected');
    expect(others).toEqual([]);
    expect(new Date(monday?.at ?? 0).getUTCDay()).toBe(1);
    expect(monday).toMatchObject({
      note: 'Runs when "daily" has completed and "mondays" is over.',
      why: null,
    });
    expect(entries.find(({ status }) => status !== 'expected')).toMatchObject({
      status: 'skipped',
      reason: 'parent_not_run',
      why: 'A job that it runs after has no run of the same time or trigger.',
    });
    const follow = await weekOf(below);
    expect(follow.map(({ at, status }) => [at, status])).toEqual(
      entries.map(({ at, status }) => [at, status]),
    );
    expect(follow[0]?.note).toBe('Runs when "both" has failed.');
  });

  it('is due when the last of them is, and held while one is paused', async () => {
    const early = await recurring('early', '0 3 * * *');
    const spread = await recurring('spread', '0 3 * * *', { jitter: 3_600_000 });
    const child = await bench.chained([early, spread]);
    const due = (await weekOf(spread)).map(({ dueAt }) => dueAt);
    expect((await weekOf(child)).map(({ dueAt, status }) => [dueAt, status])).toEqual(
      due.map((dueAt) => [dueAt, 'expected']),
    );
    await bench.send(`POST /jobs/${early}/pause`);
    const held = (await weekOf(child)).map(({ status }) => status);
    expect([held.length, new Set(held)]).toEqual([7, new Set(['held'])]);
  });

  it('says what it waits for while one of them runs', async () => {
    await bench.startWorker();
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    bench.engine.behaviours.set('takes its time', () => opened.then(() => 'done'));
    const fields = { scheduleType: 'scheduled', scheduledAt: new Date(Date.now() + 1_000).toISOString() };
    const quick = await bench.create({ ...fields, name: 'quick' });
    const slow = await bench.create({ ...fields, name: 'slow' }, 'takes its time');
    const child = await bench.chained([quick, slow]);
    await bench.untilOver(quick);
    await bench.engine.untilExecution(slow, 'running');
    const ledger = await bench.send(`GET /jobs/${child}/ledger`);
    expect(ledger.body.data.entries).toMatchObject([
      { kind: 'forecast', at: fields.scheduledAt, status: 'expected', note: 'Waits for "slow" to end.' },
    ]);
    open();
    await bench.untilOver(child);
    const after = await bench.send(`GET /jobs/${child}/ledger`);
    expect(after.body.data.entries).toMatchObject([
      { kind: 'execution', at: fields.scheduledAt, status: 'completed', trigger: 'chain' },
    ]);
    const range = `from=${new Date(Date.now() - 60_000).toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}`;
    const columns = await bench.send(`GET /jobs/ledger-columns?jobIds=${child}&${range}&buckets=1`);
    expect(columns.body.data[0].columns).toMatchObject([{ ran: 1, offSchedule: 0 }]);
  });
});
