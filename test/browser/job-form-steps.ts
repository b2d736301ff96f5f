import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import type { Account, Dashboard, OpenOptions } from './harness/index.js';

/** A field by what it is called; `getByLabel` would take the lists that belong to it, too. */
export const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });

/** One of a list, by the beginning of its text. */
export async function pick(page: Page, list: string, option: RegExp | string): Promise<void> {
  await page.getByRole('combobox', { name: list, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

/** One of a few that stand side by side. */
export const choose = (page: Page, text: string) => page.getByText(text, { exact: true }).click();

/** Unfolds a section. */
export const unfold = (page: Page, section: RegExp) => page.getByRole('button', { name: section }).click();

export async function newJob(
  dashboard: Dashboard,
  account: Account,
  options: OpenOptions = {},
): Promise<Page> {
  const page = await dashboard.open('/jobs/new', { as: account, ...options });
  await page.getByRole('heading', { name: 'New job', level: 1 }).waitFor();
  return page;
}

/** Id of the job whose page this has become. */
export async function savedJob(page: Page): Promise<string> {
  await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

export async function storedJob(account: Account, job: object): Promise<string> {
  const { status, body } = await account.api.post('/jobs', job);
  expect([status, body.error]).toEqual([201, undefined]);
  return body.data.id as string;
}

export const jobOf = async (account: Account, id: string) => (await account.api.get(`/jobs/${id}`)).body.data;
