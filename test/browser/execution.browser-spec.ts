import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '#testing';
import {
  type Account,
  createJob,
  ended,
  expectAccessible,
  expectFits,
  runJob,
  useDashboard,
} from './harness/index.js';

const dashboard = useDashboard();

/** Creates a job and runs it. */
async function run(account: Account, job: object): Promise<{ id: string; jobId: string }> {
  const jobId = await createJob(account, 'Nightly sync', job);
  return { id: await runJob(account, jobId), jobId };
}

const script = (line: string) => ({ type: 'script', payload: { command: 'sh', args: ['-c', line] } });

const lines = (page: Page) => page.getByRole('region', { name: 'Log lines' });
const badge = (page: Page, word: string) => page.locator('header').getByText(word, { exact: true });

describe('a run that goes on', () => {
  /** Writes a line, waits until it is asked to go on, and so forth: the test decides when what is written. */
  let gate: Server;
  let gateUrl: string;
  const waiting = new Set<() => void>();

  beforeAll(async () => {
    gate = createServer((_request, response) => void waiting.add(() => response.end('go')));
    gate.listen(0, '127.0.0.1');
    await once(gate, 'listening');
    gateUrl = `http://127.0.0.1:${(gate.address() as AddressInfo).port}`;
  });
  afterAll(() => gate.close());

  const open = async () => {
    await waitFor(() => waiting.size > 0, { what: 'the script to come to the gate', timeoutMs: 20_000 });
    for (const go of waiting) go();
    waiting.clear();
  };
  /** Steps are lines of shell; at each border between them the script waits. */
  const gated = (...steps: string[]) => ({
    type: 'script',
    timeout: 120_000,
    payload: {
      command: 'node',
      args: [
        '-e',
        `const run = async () => { ${steps.join(`\nawait (await fetch('${gateUrl}')).text();\n`)} }; run();`,
      ],
    },
  });
  const write = (from: number, to: number) =>
    `for (let n = ${from}; n <= ${to}; n += 1) console.log('line ' + n);`;

  it('is followed line by line, let go when one scrolls up, and caught up with', async () => {
    const admin = await dashboard.admin();
    const { id } = await run(admin, gated(write(1, 100), write(101, 160), write(161, 170)));
    const page = await dashboard.open(`/executions/${id}`, { as: admin });
    await badge(page, 'Running').waitFor();
    await lines(page).getByText('line 100', { exact: true }).waitFor();
    await lines(page).hover();
    await page.mouse.wheel(0, -1_500);
    await page.getByRole('button', { name: 'Follow', exact: true }).last().waitFor();
    await lines(page).getByText('line 20', { exact: true }).waitFor();
    await open();
    await page.getByRole('button', { name: '60 new lines' }).waitFor();
    // What is being read stays where it is.
    expect(await lines(page).getByText('line 20', { exact: true }).isVisible()).toBe(true);
    await page.getByRole('button', { name: '60 new lines' }).click();
    await lines(page).getByText('line 160', { exact: true }).waitFor();
    await open();
    await lines(page).getByText('line 170', { exact: true }).waitFor();
    await badge(page, 'Ran').waitFor();
    await page.getByText('170 lines', { exact: true }).waitFor();
  });

  it('is found again by a reload in the middle', async () => {
    const admin = await dashboard.admin();
    const { id } = await run(admin, gated(write(1, 5), write(6, 7)));
    const page = await dashboard.open(`/executions/${id}`, { as: admin });
    await lines(page).getByText('line 5', { exact: true }).waitFor();
    await page.reload();
    await lines(page).getByText('line 1', { exact: true }).waitFor();
    await open();
    await lines(page).getByText('line 7', { exact: true }).waitFor();
    await badge(page, 'Ran').waitFor();
    await page.getByText('7 lines', { exact: true }).waitFor();
  });

  it('is cancelled, after a question', async () => {
    const admin = await dashboard.admin();
    const { id } = await run(admin, gated(write(1, 1), write(2, 2)));
    const page = await dashboard.open(`/executions/${id}`, { as: admin });
    await badge(page, 'Running').waitFor();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();
    await badge(page, 'Cancelled').waitFor();
    await page.getByText('Somebody cancelled this run.').waitFor();
    waiting.clear();
  });
});

describe('a run that is over', () => {
  it('says first what went wrong and what to do, and is retried', async () => {
    const admin = await dashboard.admin();
    const { id } = await run(admin, script('echo to mend >&2; exit 3'));
    await ended(admin, id);
    const page = await dashboard.open(`/executions/${id}`, { as: admin });
    await page.getByRole('alert', { name: 'The script failed' }).getByText('sh exited with code 3').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Retry' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(id));
    await page.getByRole('link', { name: 'Retry of an earlier run' }).waitFor();
    await badge(page, 'Failed').waitFor();
  });

  it('of three attempts shows each as a row, and its log', async () => {
    const admin = await dashboard.admin();
    const { id } = await run(admin, {
      ...script('echo attempt $CHRONOS_ATTEMPT says; exit 1'),
      maxRetries: 2,
      retryDelay: 300,
      backoff: { strategy: 'fixed' },
    });
    const page = await dashboard.open(`/executions/${id}`, { as: admin });
    await badge(page, 'Failed').waitFor();
    const rows = page.getByRole('list', { name: 'Attempts' }).getByRole('button');
    await expect.poll(() => rows.count()).toBe(3);
    await page.getByText('3 of 3', { exact: true }).waitFor();
    await lines(page).getByText('attempt 1 says').waitFor();
    await rows.nth(1).click();
    await lines(page).getByText('attempt 1 says').waitFor({ state: 'detached' });
    await lines(page).getByText('attempt 2 says').waitFor();
    await page.reload();
    await lines(page).getByText('attempt 2 says').waitFor();
    expect(
      await lines(page)
        .getByText(/^attempt \d says$/)
        .count(),
    ).toBe(1);
  });

  it('of 5,000 lines scrolls, is searched, linked to and saved', async () => {
    const admin = await dashboard.admin();
    const { id } = await run(
      admin,
      script(
        `i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo "row $i of many"; done; printf '\\033[31mred\\033[0m\\n'`,
      ),
    );
    await ended(admin, id);
    const page = await dashboard.open(`/executions/${id}#L2500`, { as: admin });
    await page.getByText('5,001 lines').waitFor();
    await lines(page).getByText('row 2500 of many').waitFor();
    // Only what is in view is drawn.
    expect(await lines(page).locator('[data-level]').count()).toBeLessThan(120);
    const seen = () =>
      lines(page).evaluate((box) => {
        const { top, bottom } = box.getBoundingClientRect();
        const places = [...box.querySelectorAll('[data-level]')].map((line) => line.getBoundingClientRect());
        return places.filter((place) => place.bottom > top && place.top < bottom).length;
      });
    for (const top of [0, 1_500, 3_000, 45_000, 90_000]) {
      await lines(page).evaluate((box, at) => (box.scrollTop = at), top);
      await expect.poll(seen).toBeGreaterThan(10);
    }
    await lines(page).focus();
    await page.keyboard.press('End');
    await lines(page).locator('[data-fg="red"]').getByText('red', { exact: true }).waitFor();
    await page.getByRole('searchbox', { name: 'Find in the log' }).fill('ROW 42');
    await page.getByText('111 hits').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('1 of 111 hits').waitFor();
    await lines(page).locator('mark[data-current]').getByText('row 42').waitFor();
    await lines(page).getByRole('link', { name: 'Line 42', exact: true }).click();
    await page.waitForURL(/#L42$/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as a file' }).click(),
    ]);
    const saved = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
    expect([saved.length, saved[0], saved.at(-1)]).toEqual([
      5_001,
      expect.stringMatching(/INFO {2}row 1 of many$/),
      expect.stringMatching(/INFO {2}red$/),
    ]);
  });

  it('shows an answer by its parts, big numbers with every digit, and HTML as the text it is', async () => {
    const account = await dashboard.newAccount();
    const bodies = { '/json': '{"id":12345678901234567890}', '/html': '<h1>Not a heading</h1>' };
    const target = createServer(({ url = '' }, response) => {
      response.end(bodies[url as keyof typeof bodies]);
    });
    target.listen(0, '127.0.0.1');
    await once(target, 'listening');
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
    try {
      const [json, html] = await Promise.all(
        ['/json', '/html'].map((path) => run(account, { type: 'http', payload: { url: url + path } })),
      );
      await Promise.all([json, html].map((one) => ended(account, one?.id ?? '')));
      const page = await dashboard.open(`/executions/${json?.id ?? ''}`, { as: account });
      const result = page.getByRole('region', { name: 'Result' });
      await result.getByText('12345678901234567890').waitFor();
      await result.getByText('Headers').click();
      await result.getByRole('rowheader', { name: 'content-length' }).waitFor();
      await page.goto(`/executions/${html?.id ?? ''}`);
      await result.getByText('<h1>Not a heading</h1>').waitFor();
      expect(await page.getByRole('heading', { name: 'Not a heading' }).count()).toBe(0);
    } finally {
      target.close();
    }
  });

  it('can still be read when its job was deleted', async () => {
    const admin = await dashboard.admin();
    const { id, jobId } = await run(admin, script('echo was here'));
    await ended(admin, id);
    await admin.api.request('DELETE', `/jobs/${jobId}`);
    const page = await dashboard.open(`/executions/${id}`, { as: admin });
    await page.getByText('The job was deleted', { exact: false }).waitFor();
    await lines(page).getByText('was here').waitFor();
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  });

  it("of somebody else's is not there", async () => {
    const admin = await dashboard.admin();
    const { id } = await run(admin, script('true'));
    const page = await dashboard.open(`/executions/${id}`, { as: await dashboard.newAccount() });
    await page.getByRole('heading', { name: 'No such run' }).waitFor();
  });

  it('is accessible and fits on a phone', async () => {
    const admin = await dashboard.admin();
    const { id } = await run(admin, {
      ...script(
        `printf '\\033[31mred\\033[32mgreen\\033[33myellow\\033[34mblue\\033[35mmagenta\\033[36mcyan\\033[90mgrey\\033[0m\\n'; printf '\\033[41;37m alert \\033[0m \\033[42;30m ok \\033[0m\\n'; echo to mend >&2; exit 3`,
      ),
      maxRetries: 1,
      retryDelay: 100,
    });
    await ended(admin, id);
    for (const width of [1280, 400]) {
      const page = await dashboard.open(`/executions/${id}?find=mend`, { as: admin, width });
      await page.getByText('2 hits').waitFor();
      await expectAccessible(page);
      await expectFits(page);
    }
  });
});
