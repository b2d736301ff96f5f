import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChainBench, startChainBench } from './chain-fixture.js';

describe('results of parents in payloads', () => {
  let bench: ChainBench;

  beforeAll(async () => {
    bench = await startChainBench();
    const { behaviours } = bench.engine;
    behaviours.set('rows', () => ({ rows: 3, items: [{ id: 'i1' }], token: 'behaviour of the child' }));
    behaviours.set('answer', () => ({ statusCode: 200, body: '{"next":{"behaviour":"by json"}}' }));
    behaviours.set('fail', () => Promise.reject(new Error('the supplier is down')));
    for (const name of [
      'behaviour of the child',
      'by json',
      'failed: the supplier is down',
      'none',
      'i1 of 3',
    ])
      behaviours.set(name, () => name);
    await bench.startWorker();
  });
  afterAll(() => bench.stop());

  /** The end of a child whose data is `text` filled in. */
  async function childOf(parent: string, text: string, on = 'completed') {
    const child = await bench.chained([{ jobId: parent, on }], { maxRetries: 0 }, text);
    await bench.trigger(parent);
    const [execution] = await bench.untilOver(child);
    return execution;
  }

  it.each([
    ['rows', 'extract', '{{ parents.extract.result.token }}', 'behaviour of the child'],
    ['rows', 'nightly "sync"', `{{ parents['nightly "sync"'].result.token }}`, 'behaviour of the child'],
    ['rows', 'list', '{{ parents.list.result.items[0].id }} of {{ parents.list.result.rows }}', 'i1 of 3'],
    ['answer', 'call', '{{ parents.call.json.next.behaviour }}', 'by json'],
    ['rows', 'lacking', '{{ parents.lacking.result.gone | default: "none" }}', 'none'],
  ])('of a parent that returns "%s", named %s: %s', async (behaviour, name, text, result) => {
    expect(await childOf(await bench.root(name, behaviour), text)).toMatchObject({
      status: 'completed',
      result,
    });
  });

  it('tell of a failure', async () => {
    const parent = await bench.root('feed', 'fail');
    expect(
      await childOf(parent, '{{ parents.feed.status }}: {{ parents.feed.error.message }}', 'failed'),
    ).toMatchObject({
      status: 'completed',
      result: 'failed: the supplier is down',
    });
  });

  it('are known by the id of the job, and by the name they had when it was given', async () => {
    const parent = await bench.root('old name', 'rows');
    const byId = await bench.chained([parent], {}, `{{ parents["${parent}"].result.token }}`);
    const byName = await bench.chained([parent], {}, '{{ parents["old name"].result.token }}');
    await bench.send(`PATCH /jobs/${parent}`, { name: 'new name' });
    await bench.trigger(parent);
    for (const child of [byId, byName])
      expect(await bench.untilOver(child)).toMatchObject([
        { status: 'completed', result: 'behaviour of the child' },
      ]);
  });

  it('fail the attempt for good where there are none', async () => {
    const parent = await bench.root('result', 'rows');
    expect(await childOf(parent, '{{ parents.result.result.gone }}')).toMatchObject({
      status: 'failed',
      error: { code: 'TEMPLATE_FAILED', retryable: false },
    });
    const child = await bench.chained([parent], { maxRetries: 0 }, '{{ parents.result.result.token }}');
    await bench.trigger(child);
    const [alone] = await bench.untilOver(child);
    expect(alone).toMatchObject({ status: 'failed', error: { code: 'TEMPLATE_FAILED' } });
    expect(alone?.error?.message).toContain('No run of "result" set this one off.');
  });

  it('are without the secrets the parent used', async () => {
    await bench.send('POST /secrets', { name: 'TOKEN', value: 'behaviour of the child' });
    const parent = await bench.root('leaky', undefined, {
      payload: { handler: 'scripted', data: '{{ secrets.TOKEN }}' },
    });
    bench.engine.behaviours.set('[redacted]', () => 'nothing to see');
    expect(await childOf(parent, '{{ parents.leaky.result }}')).toMatchObject({ result: 'nothing to see' });
  });
});
