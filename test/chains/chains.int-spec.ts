import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OverlapPolicy } from '#contracts';
import { verifyLedger } from '#jobs';
import { BACKENDS } from '../engine/engine-fixture.js';
import { type ChainBench, startChainBench } from './chain-fixture.js';

describe.each(BACKENDS)('chains on %s, with two planners and workers', (backend) => {
  let bench: ChainBench;
  /** What executions of these behaviours wait for, by name. */
  const doors = new Map<string, () => void>();
  const outcomes = new Map<string, 'completed' | 'failed'>();

  beforeAll(async () => {
    bench = await startChainBench(backend);
    bench.engine.behaviours.set('fail', () => Promise.reject(new Error('no')));
    await bench.startWorker();
    await bench.startWorker();
  });
  afterAll(() => bench.stop());

  /** A behaviour that ends as the test says at the time; completed unless told otherwise. */
  function moody(name: string): string {
    bench.engine.behaviours.set(name, () =>
      outcomes.get(name) === 'failed' ? Promise.reject(new Error('no')) : Promise.resolve(name),
    );
    return name;
  }

  /** A behaviour whose executions run until `open` is called; answers how to. */
  function held(name: string): { behaviour: string; open: () => void } {
    let open = () => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    bench.engine.behaviours.set(name, () => opened.then(() => 'done'));
    doors.set(name, open);
    return { behaviour: name, open };
  }

  const soon = () => new Date(Date.now() + 1_000).toISOString();
  const once = (name: string, scheduledAt: string, behaviour?: string, more: Record<string, unknown> = {}) =>
    bench.create({ name, scheduleType: 'scheduled', scheduledAt, maxRetries: 0, ...more }, behaviour);
  const brief = async (jobId: string) =>
    (await bench.executionsOf(jobId)).map(({ status, reason, trigger }) => [trigger, status, reason]);

  it('run a line of jobs, each after the one before, under the nominal time of the first', async () => {
    const a = await bench.root('a');
    const b = await bench.chained([a], { name: 'b' });
    const c = await bench.chained([b], { name: 'c' });
    const first = await bench.trigger(a);
    const [third] = await bench.untilOver(c);
    const [second] = await bench.executionsOf(b);
    expect(third).toMatchObject({ status: 'completed', trigger: 'chain', reason: null });
    expect(third?.parents).toMatchObject([{ executionId: second?.id, jobName: 'b', status: 'completed' }]);
    const root = await bench.execution(first);
    expect([second?.scheduledFor, third?.scheduledFor]).toEqual([root.scheduledFor, root.scheduledFor]);
    expect(root.children).toMatchObject([{ executionId: second?.id, jobName: 'b', status: 'completed' }]);
    expect(root.parents).toEqual([]);
    await bench.untilQuiet();
    expect(await bench.executionsOf(b)).toHaveLength(1);
  });

  it('run several after one, and one after several that are due at the same time', async () => {
    const scheduledAt = soon();
    const join = await bench.chained([await once('l', scheduledAt), await once('r', scheduledAt)]);
    const fan = [await bench.chained([join]), await bench.chained([join]), await bench.chained([join])];
    for (const job of fan) await bench.untilOver(job);
    await bench.untilQuiet();
    const joined = await bench.executionsOf(join);
    expect(joined).toMatchObject([{ status: 'completed', scheduledFor: scheduledAt }]);
    expect(joined[0]?.parents.map(({ jobName }) => jobName)).toEqual(['l', 'r']);
    expect(joined[0]?.children).toHaveLength(3);
    for (const job of fan) expect(await bench.executionsOf(job)).toHaveLength(1);
  });

  it('wait for the last of several, and say what came of each', async () => {
    const scheduledAt = soon();
    const slow = held('slow parent');
    const parents = [await once('quick', scheduledAt), await once('slow', scheduledAt, slow.behaviour)];
    const join = await bench.chained(parents);
    await bench.untilOver(parents[0] ?? '');
    await bench.engine.untilExecution(parents[1] ?? '', 'running');
    expect(await bench.executionsOf(join)).toEqual([]);
    slow.open();
    const [joined] = await bench.untilOver(join);
    expect(joined?.status).toBe('completed');
    // Due when the last was over, not at the nominal time.
    expect(joined?.latenessMs).toBeLessThan(5_000);
  });

  it.each([
    [
      'ok',
      [
        ['chain', 'completed', null],
        ['chain', 'skipped', 'parent_outcome'],
        ['chain', 'completed', null],
      ],
    ],
    [
      'fail',
      [
        ['chain', 'skipped', 'parent_outcome'],
        ['chain', 'completed', null],
        ['chain', 'completed', null],
      ],
    ],
  ])('obey what they ask for, after a parent that does "%s"', async (behaviour, expected) => {
    const parent = await bench.root(`${behaviour} parent`, behaviour);
    const children = [];
    for (const on of ['completed', 'failed', 'any'])
      children.push(await bench.chained([{ jobId: parent, on }]));
    await bench.trigger(parent);
    for (const child of children) await bench.untilOver(child);
    await bench.untilQuiet();
    expect((await Promise.all(children.map(brief))).flat()).toEqual(expected);
  });

  it('tell the skip all the way down, and run what runs whatever happens', async () => {
    const a = await bench.root('fails', 'fail');
    const b = await bench.chained([a]);
    const c = await bench.chained([b]);
    const cleanUp = await bench.chained([{ jobId: c, on: 'any' }]);
    await bench.trigger(a);
    await bench.untilOver(cleanUp);
    expect([await brief(b), await brief(c), await brief(cleanUp)]).toEqual([
      [['chain', 'skipped', 'parent_outcome']],
      [['chain', 'skipped', 'parent_outcome']],
      [['chain', 'completed', null]],
    ]);
    const [skipped] = await bench.executionsOf(b);
    expect(skipped?.parents).toMatchObject([{ jobName: 'fails', status: 'failed' }]);
    const ledger = await bench.send(`GET /jobs/${b}/ledger`);
    expect(ledger.body.data.entries[0]).toMatchObject({
      kind: 'execution',
      status: 'skipped',
      reason: 'parent_outcome',
      why: 'A job that it runs after did not end as it waits for.',
    });
  });

  it('do not run where a parent has no run of the same trigger or time', async () => {
    const [a, b] = [await bench.root('only this'), await bench.root('not this')];
    const child = await bench.chained([a, { jobId: b, on: 'any' }]);
    const below = await bench.chained([child]);
    await bench.trigger(a);
    await bench.untilOver(below);
    expect(await brief(child)).toEqual([['chain', 'skipped', 'parent_not_run']]);
    expect(await brief(below)).toEqual([['chain', 'skipped', 'parent_outcome']]);
  });

  it('are made good by a repeat of what failed, once', async () => {
    const mood = moody('first fails');
    outcomes.set(mood, 'failed');
    const a = await bench.root('repeated', mood);
    const b = await bench.chained([a]);
    const alarm = await bench.chained([{ jobId: a, on: 'failed' }]);
    const failed = await bench.trigger(a);
    await bench.untilOver(b);
    await bench.untilOver(alarm);
    outcomes.set(mood, 'completed');
    for (let repeat = 1; repeat <= 2; repeat += 1) {
      expect((await bench.send(`POST /executions/${failed}/retry`)).status).toBe(202);
      await bench.untilOver(a, repeat + 1);
      await bench.untilQuiet();
    }
    expect(await brief(b)).toEqual([
      ['chain', 'skipped', 'parent_outcome'],
      ['chain', 'completed', null],
    ]);
    expect(await brief(alarm)).toEqual([['chain', 'completed', null]]);
    const repeats = await bench.executionsOf(a);
    const [, run] = await bench.executionsOf(b);
    expect(run?.parents).toMatchObject([{ executionId: repeats[1]?.id, status: 'completed' }]);
  });

  it('go on after a repeat of a child, which has the parents of the first', async () => {
    const mood = moody('child fails');
    outcomes.set(mood, 'failed');
    const a = await bench.root('above');
    const b = await bench.chained([a], { maxRetries: 0 }, mood);
    const c = await bench.chained([b]);
    await bench.trigger(a);
    await bench.untilOver(c);
    const [failed] = await bench.executionsOf(b);
    outcomes.set(mood, 'completed');
    await bench.send(`POST /executions/${failed?.id}/retry`);
    await bench.untilOver(c, 2);
    const [, repeat] = await bench.executionsOf(b);
    expect(repeat).toMatchObject({ trigger: 'retry', parents: failed?.parents });
    expect(await brief(c)).toEqual([
      ['chain', 'skipped', 'parent_outcome'],
      ['chain', 'completed', null],
    ]);
  });

  it('stay away from a run that is to be alone, and from its repeats', async () => {
    const a = await bench.root('alone');
    const b = await bench.chained([a]);
    const run = await bench.trigger(a, { runChildren: false });
    await bench.untilOver(a);
    await bench.send(`POST /executions/${run}/retry`);
    await bench.untilOver(a, 2);
    await bench.trigger(a);
    await bench.untilOver(b);
    await bench.untilQuiet();
    expect(await bench.executionsOf(b)).toHaveLength(1);
  });

  it('follow what runs when they are linked, and nothing that was over', async () => {
    const door = held('linked meanwhile');
    const a = await bench.root('running', door.behaviour, { overlapPolicy: 'allow_all' });
    const over = await bench.root('over');
    await bench.trigger(over);
    await bench.trigger(a);
    await bench.untilOver(over);
    await bench.engine.untilExecution(a, 'running');
    const [late, tooLate] = [await bench.chained([a]), await bench.chained([over])];
    door.open();
    await bench.untilOver(late);
    await bench.untilQuiet();
    expect(await brief(late)).toEqual([['chain', 'completed', null]]);
    expect(await brief(tooLate)).toEqual([]);
  });

  it('skip their turns while they are paused, also one that has not begun', async () => {
    const a = await bench.root('goes on', 'ok', { overlapPolicy: 'allow_all' });
    const door = held('child of its own');
    const b = await bench.chained([a], { overlapPolicy: 'buffer_all' }, door.behaviour);
    await bench.trigger(a);
    await bench.engine.untilExecution(b, 'running');
    await bench.trigger(a);
    await bench.engine.untilExecution(b, 'scheduled');
    await bench.send(`POST /jobs/${b}/pause`);
    await bench.trigger(a);
    await bench.untilOver(b, 2);
    door.open();
    await bench.untilQuiet();
    expect(await brief(b)).toEqual([
      ['chain', 'completed', null],
      ['chain', 'skipped', 'paused'],
      ['chain', 'skipped', 'paused'],
    ]);
    await bench.send(`POST /jobs/${b}/resume`, { catchUp: true });
    await bench.trigger(a);
    await bench.untilOver(b, 4);
    expect((await brief(b)).at(-1)).toEqual(['chain', 'completed', null]);
  });

  it.each<[OverlapPolicy, unknown[]]>([
    ['skip', ['chain', 'skipped', 'overlap']],
    ['allow_all', ['chain', 'completed', null]],
  ])('keep their own overlap policy: %s', async (overlapPolicy, second) => {
    const a = await bench.root('twice', 'ok', { overlapPolicy: 'allow_all' });
    const door = held(`busy ${overlapPolicy}`);
    const b = await bench.chained([a], { overlapPolicy }, door.behaviour);
    await bench.trigger(a);
    await bench.engine.untilExecution(b, 'running');
    await bench.trigger(a);
    await bench.untilOver(a, 2);
    if (overlapPolicy === 'skip') await bench.untilOver(b);
    door.open();
    await bench.untilOver(b, 2);
    expect(await brief(b)).toEqual([['chain', 'completed', null], second]);
  });

  it('pause themselves after failures in a row, before the next turn', async () => {
    const a = await bench.root('steady');
    const b = await bench.chained([a], { maxRetries: 0, pauseAfterFailures: 2 }, 'fail');
    for (let run = 1; run <= 3; run += 1) {
      await bench.trigger(a);
      await bench.untilOver(b, run);
    }
    expect(await brief(b)).toEqual([
      ['chain', 'failed', null],
      ['chain', 'failed', null],
      ['chain', 'skipped', 'paused'],
    ]);
  });

  it('come to an end where a parent is cancelled, paused or deleted before it ran', async () => {
    const scheduledAt = soon();
    const blocker = held(`blocker`);
    const gone = await once('withdrawn', scheduledAt, blocker.behaviour, { overlapPolicy: 'buffer_all' });
    const quick = await once('quick one', scheduledAt);
    // Takes the only place of its job, so that its occurrence waits and can be taken back.
    await bench.trigger(gone, { runChildren: false });
    const child = await bench.chained([quick, gone]);
    await bench.untilOver(quick);
    await bench.engine.untilExecution(gone, 'scheduled');
    expect(await brief(child)).toEqual([]);
    expect((await bench.send(`POST /jobs/${gone}/pause`)).status).toBe(200);
    await bench.untilOver(child);
    expect(await brief(child)).toEqual([['chain', 'skipped', 'parent_not_run']]);
    blocker.open();
    await bench.untilQuiet();
  });

  it('leave the ledgers of the jobs they hang on true', async () => {
    const jobs = await bench.engine.rows<{ id: string }>('SELECT id FROM jobs');
    expect(jobs.length).toBeGreaterThan(20);
    for (const { id } of jobs) {
      expect((await verifyLedger(bench.engine.dataSource, id)).violations).toEqual([]);
    }
  });
});
