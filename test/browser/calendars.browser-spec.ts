import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Account, expectAccessible, expectFits, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name, exact: true });
const YEAR = new Date().getUTCFullYear() + 1;

async function createCalendar({ api }: Account, calendar: object): Promise<{ id: string; version: number }> {
  const { body, status } = await api.post('/calendars', { timezone: 'Europe/Berlin', ...calendar });
  expect(status).toBe(201);
  return body.data as { id: string; version: number };
}

async function createJob({ api }: Account, job: object): Promise<string> {
  const { body, status } = await api.post('/jobs', {
    type: 'custom',
    payload: { handler: 'processData' },
    scheduleType: 'recurring',
    cronExpression: '0 9 * * *',
    timezone: 'Europe/Berlin',
    ...job,
  });
  expect(status).toBe(201);
  return body.data.id as string;
}

const OUT_OF_HOURS = {
  dates: [{ from: `${YEAR}-12-24`, to: `${YEAR}-12-26`, label: 'Christmas' }],
  weekly: [{ days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: '22:00', to: '06:00', label: 'Nights' }],
};

/** Tomorrow in Berlin, as a date of an iCalendar file. */
function tomorrow(): string {
  const berlin = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin', dateStyle: 'short' });
  return berlin.format(Date.now() + 86_400_000).replaceAll('-', '');
}

/** One event that is taken, and one that cannot be. */
function ics(): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:stocktaking@example.com',
    `DTSTART;VALUE=DATE:${tomorrow()}`,
    'SUMMARY:Stocktaking',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:pulse@example.com',
    `DTSTART:${tomorrow()}T100000Z`,
    'DURATION:PT5M',
    'RRULE:FREQ=MINUTELY;INTERVAL=30',
    'SUMMARY:Pulse',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\n');
}

describe('calendars', () => {
  it('are made from a pasted file, whose day is then closed to a job', async () => {
    const account = await dashboard.newAccount();
    const page = await dashboard.open('/calendars', { as: account });
    await page.getByText('No calendars yet').waitFor();
    await page.getByRole('link', { name: 'New calendar' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Warehouse');
    await page.getByLabel('iCalendar text').fill(ics());
    await page.getByLabel('Name of the source').fill('warehouse');
    await page.getByRole('button', { name: 'Create the calendar' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 of 2 events were taken').waitFor();
    await dialog.getByRole('row', { name: /Pulse .*more often/ }).waitFor();
    await dialog.getByRole('button', { name: 'Show the calendar' }).click();
    await page.getByRole('heading', { name: 'Warehouse' }).waitFor();
    const calendar = page.url().split('/').at(-1) ?? '';
    // Tomorrow may be another year.
    await page.goto(`/calendars/${calendar}?year=${tomorrow().slice(0, 4)}`);
    await page.getByText('Closed all day: Stocktaking').waitFor({ state: 'attached' });
    const id = await createJob(account, { name: 'Count the stock', calendars: [calendar] });
    await page.reload();
    await region(page, 'Jobs that name it').getByRole('link', { name: 'Count the stock' }).click();
    await page.waitForURL(`**/jobs/${id}`);
    await page.getByRole('tab', { name: 'Upcoming' }).click();
    await page.getByRole('row', { name: /09:00:00.*Will be skipped.*Warehouse/ }).waitFor();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Warehouse' }).click();
    await page.getByRole('heading', { name: 'Warehouse' }).waitFor();
  });

  it('say what is wrong with a file, and keep its text', async () => {
    const account = await dashboard.newAccount();
    const { id } = await createCalendar(account, { name: 'Broken' });
    const page = await dashboard.open(`/calendars/${id}`, { as: account });
    await page.getByRole('button', { name: 'Import' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('iCalendar text').fill('Dear Sir or Madam');
    await dialog.getByRole('button', { name: 'Import' }).click();
    await dialog
      .getByText(/iCalendar/)
      .last()
      .waitFor();
    expect(await dialog.getByLabel('iCalendar text').inputValue()).toBe('Dear Sir or Madam');
  });

  it('are changed in a form: days, hours of the week, and what is wrong with them', async () => {
    const account = await dashboard.newAccount();
    const { id } = await createCalendar(account, { name: 'Out of hours' });
    const page = await dashboard.open(`/calendars/${id}/edit`, { as: account });
    await page.getByText('No job names it yet').waitFor();
    await page.getByRole('button', { name: 'Add hours of the week' }).click();
    await page.getByText('Closed Sat and Sun, all day.').waitFor();
    await page.getByRole('button', { name: 'Add a date' }).click();
    const date = page.getByRole('group', { name: 'Date 1' });
    await date.getByLabel('First day').fill(`${YEAR}-12-26`);
    await date.getByLabel('Last day').fill(`${YEAR}-12-24`);
    await date.getByLabel('Why').fill('Christmas');
    await page.getByRole('button', { name: 'Save' }).click();
    await date.getByText(/is before "from"/).waitFor();
    await date.getByLabel('First day').fill(`${YEAR}-12-24`);
    await date.getByLabel('Last day').fill(`${YEAR}-12-26`);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(`**/calendars/${id}`);
    await region(page, 'Closed by').getByText('Sat and Sun, all day').waitFor();
    await page.getByRole('link', { name: `The year ${YEAR}` }).click();
    const december = page.getByRole('table', { name: 'December' });
    await expect.poll(() => december.getByText('Closed all day: Christmas').count()).toBe(3);
    await page
      .getByRole('table', { name: `Dates and events of ${YEAR}` })
      .getByText('Christmas')
      .waitFor();
  });

  it('are not changed over what somebody else did meanwhile', async () => {
    const account = await dashboard.newAccount();
    const { id } = await createCalendar(account, { name: 'Freeze' });
    const page = await dashboard.open(`/calendars/${id}/edit`, { as: account });
    await page.getByLabel('Name', { exact: true }).fill('Code freeze');
    await account.api.request('PATCH', `/calendars/${id}`, { description: 'From elsewhere' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Changed by somebody else meanwhile').waitFor();
    await page.getByRole('button', { name: /^Begin again/ }).click();
    await expect.poll(() => page.getByLabel('Description').inputValue()).toBe('From elsewhere');
  });

  it('are deleted when the jobs that name one do without it', async () => {
    const account = await dashboard.newAccount();
    const { id } = await createCalendar(account, { name: 'Old holidays', ...OUT_OF_HOURS });
    const job = await createJob(account, { name: 'Morning mail', calendars: [id] });
    const page = await dashboard.open(`/calendars/${id}`, { as: account });
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Morning mail').waitFor();
    await dialog.getByRole('button', { name: 'Take it out and delete' }).click();
    await page.waitForURL('**/calendars');
    await page.getByText('No calendars yet').waitFor();
    const { body } = await account.api.get(`/jobs/${job}`);
    expect(body.data.calendars).toEqual([]);
  });

  it('shared with everybody are seen by others, and changed by administrators only', async () => {
    const admin = await dashboard.admin();
    const name = `Holidays ${crypto.randomUUID().slice(0, 8)}`;
    const { id } = await createCalendar(admin, { name, shared: true, ...OUT_OF_HOURS });
    const page = await dashboard.open('/calendars', { as: await dashboard.newAccount() });
    await page.getByLabel('Search names and descriptions').fill(name);
    await page.getByRole('link', { name }).click();
    await page.getByText('only administrators change it').waitFor();
    expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await admin.api.request('DELETE', `/calendars/${id}`);
  });

  it.each([1280, 400])('are accessible and fit, at %d pixels', async (width) => {
    const account = await dashboard.newAccount();
    const { id } = await createCalendar(account, { name: 'Out of hours', ...OUT_OF_HOURS });
    const page = await dashboard.open('/calendars', { as: account, width });
    await page.getByRole('link', { name: 'Out of hours' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.goto(`/calendars/${id}?year=${YEAR}`);
    await page.getByRole('table', { name: 'December' }).waitFor();
    await region(page, 'Jobs that name it').getByText('No job names it').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.goto(`/calendars/${id}/edit`);
    await page.getByRole('group', { name: 'Weekly window 1' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
});
