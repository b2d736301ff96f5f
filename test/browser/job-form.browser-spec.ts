import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HttpReceiver, startHttpReceiver } from '#testing';
import { expectAccessible, expectFits, useDashboard } from './harness/index.js';
import { box, choose, jobOf, newJob, pick, savedJob, storedJob, unfold } from './job-form-steps.js';

const dashboard = useDashboard();
const run = promisify(execFile);

let receiver: HttpReceiver;
const PATIENT = { timeout: 30_000 };
/** Lets the requests to `/slow` be answered. */
let release: () => void;

beforeAll(async () => {
  const released = new Promise<void>((resolve) => (release = resolve));
  receiver = await startHttpReceiver(({ path }, response) => {
    const answer = () => response.end('{"ok":true}');
    if (path === '/slow') void released.then(answer);
    else answer();
  });
});
afterAll(() => receiver.close());

const NIGHTLY = {
  name: 'Extract',
  type: 'http',
  scheduleType: 'recurring',
  cronExpression: '0 3 * * *',
  payload: { url: 'https://example.com' },
};

describe('a new job', () => {
  it('is typed in, saved with the keyboard, and seen running', async () => {
    const account = await dashboard.newAccount();
    const page = await newJob(dashboard, account);
    // The cursor waits in the first field.
    await page.keyboard.type('Ping');
    await choose(page, 'Now');
    await page.getByText('It runs as soon as it is saved.').waitFor();
    await pick(page, 'Method', 'POST');
    await page.getByRole('button', { name: 'Add header' }).click();
    await box(page, 'Name of header 1').fill('X-Kind');
    await box(page, 'Value of header 1').fill('test');
    await choose(page, 'JSON');
    await page.locator('.cm-content').fill('{ "from": "the form" }');
    await box(page, 'URL').fill(`${receiver.url}/slow`);
    await page.keyboard.press('Control+Enter');
    const id = await savedJob(page);
    await page.getByRole('cell', { name: 'Running' }).waitFor();
    const { headers, body } = await receiver.request(({ path }) => path === '/slow');
    expect(headers).toMatchObject({ 'x-kind': 'test', 'content-type': 'application/json' });
    expect(JSON.parse(body)).toEqual({ from: 'the form' });
    release();
    await page.getByRole('cell', { name: 'Ran' }).waitFor();
    expect(await jobOf(account, id)).toMatchObject({ status: 'completed' });
  });

  it.each([
    [
      'Webhook',
      { URL: 'https://example.com/hook', 'Signing secret': 'shh' },
      { secret: '********', data: {} },
    ],
    ['Script', { Command: 'node', Arguments: '-e\n1' }, { command: 'node', args: ['-e', '1'] }],
    [
      'E-mail',
      { To: 'a@example.com, b@example.com,', Subject: 'Hi', Text: 'Hello' },
      { to: ['a@example.com', 'b@example.com'], subject: 'Hi', text: 'Hello' },
    ],
    ['Custom', { Handler: 'processData' }, { handler: 'processData' }],
  ])('of the type %s is saved', async (type, fields, payload) => {
    const account = await dashboard.admin();
    const page = await newJob(dashboard, account);
    await pick(page, 'Type', new RegExp(`^${type}`));
    await box(page, 'Name').fill(`Of a type: ${type}`);
    for (const [name, value] of Object.entries(fields)) {
      const input = page.locator('input, textarea').and(page.getByLabel(new RegExp(`^${name}`)));
      await input.pressSequentially(value);
    }
    await page.getByRole('button', { name: 'Create job' }).click();
    const job = await jobOf(account, await savedJob(page));
    expect(job).toMatchObject({ name: `Of a type: ${type}`, payload });
  });

  it('shows what its schedule means: words, the next runs by two clocks, what calendars leave out', async () => {
    const account = await dashboard.newAccount();
    const { body } = await account.api.post('/calendars', {
      name: 'Closed',
      weekly: [{ days: ['MON'], from: '00:00', to: '24:00' }],
    });
    const page = await newJob(dashboard, account);
    const runs = page.getByRole('region', { name: 'Next runs' });
    await runs.getByRole('listitem').nth(9).waitFor();
    await page.getByRole('combobox', { name: 'Time zone' }).fill('kathm');
    await page.getByRole('option', { name: /Kathmandu/ }).click();
    await page.getByRole('button', { name: 'Weekdays at 9' }).click();
    await page.getByText('At 09:00, Monday through Friday').waitFor();
    await runs
      .getByText(/, 09:00:00/)
      .first()
      .waitFor();
    await runs
      .getByText(/, 04:15:00|, 05:15:00/)
      .first()
      .waitFor();
    await pick(page, 'Calendars', 'Closed');
    await runs.getByText('Blackout: "Closed"').first().waitFor();
    await box(page, 'Name').fill('On open days');
    await box(page, 'URL').fill('https://example.com');
    await page.getByRole('button', { name: 'Create job' }).click();
    expect(await jobOf(account, await savedJob(page))).toMatchObject({
      calendars: [body.data.id],
      timezone: 'Asia/Kathmandu',
      cronExpression: '0 9 * * 1-5',
    });
  });

  it('says what it would do in the coming week, by how long it is said to take', async () => {
    const page = await newJob(dashboard, await dashboard.newAccount());
    await box(page, 'Cron expression').fill('* * * * *');
    await unfold(page, /^What if/);
    const whatIf = page.getByRole('region', { name: 'What if' });
    const figures = async () => Object.fromEntries(await whatIf.locator('dl > div').evaluateAll(pairsOf));
    // Nothing is known of it yet: what is assumed instead is said.
    await expect.poll(figures, PATIENT).toMatchObject({ 'If each takes': '30 s' });
    expect(await figures()).not.toHaveProperty('Skipped, another one ran');
    await box(page, 'Takes about').fill('90');
    await expect.poll(figures, PATIENT).toMatchObject({
      'Due in the coming week': expect.stringMatching(/^1008[01]$/) as string,
      'Skipped, another one ran': '5040',
      'Most at once': '1',
      'If each takes': '1 min 30 s',
    });
    await whatIf.getByText('Longer than its time-out of 30 s').waitFor();
    await unfold(page, /^Retries/);
    await box(page, 'Time-out of an attempt').fill('120');
    await whatIf.getByText('Longer than its time-out').waitFor({ state: 'detached' });
    await unfold(page, /^Overlap/);
    await page.getByRole('radio', { name: /^Queue all/ }).check();
    await whatIf.getByText('The queue grows for ever').waitFor();
    expect(await figures()).not.toHaveProperty('Skipped, another one ran');
    await box(page, 'Cron expression').fill('');
    await whatIf.getByText('Shown when the schedule is complete.').waitFor();
    await choose(page, 'Once');
    await whatIf.waitFor({ state: 'detached' });
  });

  it('says that e-mail is not set up where it would be sent', async () => {
    const page = await newJob(dashboard, await dashboard.newAccount());
    await unfold(page, /^Notifications/);
    const told = page.getByRole('alert', { name: 'E-mail is not set up here' });
    expect(await told.count()).toBe(0);
    await page.getByRole('checkbox', { name: 'completed', exact: true }).check();
    await told.getByText('SMTP_HOST is not set').waitFor();
    await box(page, 'Webhook URL').fill('https://example.com/hook');
    await told.waitFor({ state: 'detached' });
    await pick(page, 'Type', /^E-mail/);
    await told.waitFor();
  });

  it('runs after others, chosen by name, with their results', async () => {
    const account = await dashboard.newAccount();
    const parent = await storedJob(account, NIGHTLY);
    await storedJob(account, { ...NIGHTLY, name: 'Rates' });
    const page = await newJob(dashboard, account);
    await box(page, 'Name').fill('Load');
    await choose(page, 'After');
    await page.getByRole('combobox', { name: 'Job 1 to run after' }).fill('extr');
    await page.getByRole('option', { name: /^Rates/ }).waitFor({ state: 'detached' });
    await page.getByRole('option', { name: /^Extract/ }).click();
    await pick(page, 'How job 1 must have ended', /over/);
    await page.getByRole('region', { name: 'Next runs' }).getByText('Extract').waitFor();
    await box(page, 'URL').fill('https://example.com/?rows=');
    await page.getByRole('button', { name: 'Insert a value' }).click();
    await page.getByRole('menuitem', { name: 'parents.Extract.json' }).click();
    await expect.poll(() => box(page, 'URL').inputValue()).toContain('parents');
    await page.getByRole('button', { name: 'Add job' }).click();
    await page.getByRole('button', { name: 'Create job' }).click();
    await page.getByRole('alert').getByText('choose a job, or remove the row').waitFor();
    await page.getByRole('button', { name: 'Remove job 2' }).click();
    await page.getByRole('button', { name: 'Create job' }).click();
    const id = await savedJob(page);
    await page.getByText('Runs after Extract is over, either way').waitFor();
    expect(await jobOf(account, id)).toMatchObject({
      scheduleType: 'chained',
      after: [{ jobId: parent, on: 'any' }],
      payload: { url: 'https://example.com/?rows={{ parents.Extract.json }}' },
    });
  });

  it('tells of what is wrong beside its field, before it is sent and after', async () => {
    const page = await newJob(dashboard, await dashboard.newAccount());
    await box(page, 'Cron expression').fill('0 9 * *');
    await page
      .getByText(/five fields/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Create job' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('things need another look').waitFor();
    await alert.getByRole('button', { name: 'URL' }).click();
    const url = box(page, 'URL');
    expect(await url.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await url.getAttribute('aria-invalid')).toBe('true');
    await url.fill('https://example.com/{{ secrets.MISSING }}');
    await box(page, 'Name').fill('Report');
    await box(page, 'Cron expression').fill('0 9 * * *');
    await alert.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Create job' }).click();
    // Only the server knows which secrets there are.
    await alert.getByText(/names the secret "MISSING"/i).waitFor();
    expect(await url.getAttribute('aria-invalid')).toBe('true');
    expect(await box(page, 'Name').inputValue()).toBe('Report');
  });

  it('is kept while the server breaks, and made once', async () => {
    const account = await dashboard.newAccount();
    const page = await newJob(dashboard, account);
    await box(page, 'Name').fill('Once only');
    await box(page, 'URL').fill(`${receiver.url}/once`);
    // The first answer is lost on its way: the job is there, and the form does not know.
    let isLost = false;
    await page.route('**/api/v1/jobs', async (route) => {
      if (isLost || route.request().method() !== 'POST') return route.continue();
      isLost = true;
      await route.fetch();
      await route.fulfill({ status: 503, contentType: 'text/plain', body: 'gone' });
    });
    await page.getByRole('button', { name: 'Create job' }).click();
    await page.getByRole('alert').waitFor();
    expect(await box(page, 'Name').inputValue()).toBe('Once only');
    await page.getByRole('button', { name: 'Create job' }).click();
    await savedJob(page);
    expect((await account.api.get('/jobs')).body.meta.total).toBe(1);
  });

  it('is not left by accident', async () => {
    const page = await newJob(dashboard, await dashboard.newAccount());
    await box(page, 'Name').fill('Half done');
    await page.getByRole('link', { name: 'Executions' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await box(page, 'Name').inputValue()).toBe('Half done');
    await page.getByRole('link', { name: 'Executions' }).click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL('**/executions');
  });
});

/** What a list of terms says of each. */
const pairsOf = (rows: Element[]) =>
  rows.map((row) => [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent]);

it('what is copied does what the form does: as curl in a shell, as YAML for the command line', async () => {
  const account = await dashboard.newAccount();
  const { body } = await account.api.post('/auth/api-keys', { name: 'shell' });
  const page = await newJob(dashboard, account);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await box(page, 'Name').fill("It's a $HOME job");
  await box(page, 'URL').fill(`${receiver.url}/curl`);
  const copied = async (kind: string) => {
    await page.getByRole('button', { name: 'Copy as' }).click();
    await page.getByRole('menuitem', { name: kind }).click();
    await page
      .getByText(/^Copied\./)
      .first()
      .waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const curl = await copied('curl');
  const env = { ...process.env, CHRONOS_API_KEY: body.data.key as string };
  const { stdout } = await run('sh', ['-c', curl], { env });
  expect(JSON.parse(stdout)).toMatchObject({ data: { name: "It's a $HOME job", timezone: 'Europe/Berlin' } });
  const yaml = await copied('YAML');
  expect(yaml).toContain("name: It's a $HOME job\n");
  expect(yaml).toContain('cronExpression: 0 9 * * *');
});

describe('the form', () => {
  it('is accessible with all of it open', async () => {
    const page = await newJob(dashboard, await dashboard.newAccount());
    await choose(page, 'JSON');
    await page.getByRole('button', { name: 'Add header' }).click();
    for (const section of [/^Limits/, /^Retries/, /^Overlap/, /^Notifications/]) await unfold(page, section);
    await unfold(page, /^What if/);
    await page.getByText('Run to their end').waitFor();
    await page.locator('.cm-content').waitFor();
    await page.getByRole('region', { name: 'Next runs' }).getByRole('listitem').nth(9).waitFor();
    await page.getByRole('button', { name: 'Create job' }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    for (const section of [/^Limits/, /^Retries/, /^Overlap/, /^Notifications/]) await unfold(page, section);
    await choose(page, 'After');
    for (const type of [/^Webhook/, /^Script/, /^E-mail/, /^Custom/]) {
      await pick(page, 'Type', type);
      await expectAccessible(page);
    }
  });

  it('fits a phone', async () => {
    const page = await newJob(dashboard, await dashboard.newAccount(), { width: 400 });
    await page.getByRole('region', { name: 'Next runs' }).getByRole('listitem').nth(9).waitFor();
    await page.getByRole('button', { name: 'Add header' }).click();
    for (const section of [/^Limits/, /^Retries/, /^Overlap/, /^Notifications/]) await unfold(page, section);
    await unfold(page, /^What if/);
    await page.getByText('Run to their end').waitFor();
    await expectFits(page);
    await choose(page, 'After');
    await expectFits(page);
  });
});
