import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { ApiClient } from '#testing';
import { launchChromium } from './chromium.js';
import type { ProvidedInstance } from './global-setup.js';

export interface Account {
  email: string;
  password: string;
  /** Signed in as this account, for what a test needs to be there. */
  api: ApiClient;
  /** What the API answered to the sign-in: the browser is given it, so that not every test types a password. */
  signedIn: unknown;
}

export interface OpenOptions {
  /** Signed in as whom; nobody: not signed in. */
  as?: Account;
  scheme?: 'light' | 'dark';
  width?: number;
  height?: number;
  /** Another address of the same instance: a proxy. */
  url?: string;
}

export interface Dashboard {
  url: string;
  /** Of the instance; see `writeHistory`. */
  dataDir: string;
  /** A user of its own, who sees nothing of other tests. */
  newAccount(): Promise<Account>;
  /** The administrator: sees what all tests do. */
  admin(): Promise<Account>;
  /** A page in a browser profile of its own. */
  open(path: string, options?: OpenOptions): Promise<Page>;
  /** One more tab beside a page, in the same profile. */
  openBeside(page: Page, path: string): Promise<Page>;
}

const PASSWORD = 'SecurePass123';
/** What a page may say in the console without it being a fault: requests that a test lets fail. */
const EXPECTED = /Failed to load resource|net::ERR_/;

/**
 * The dashboard for the tests of one file, in a browser. Each test ends with the closing of its pages and fails where one of them
 * threw, or reached for something its policy forbids.
 */
export function useDashboard(): Dashboard {
  const { url, admin, dataDir } = instanceOfWorker();
  const contexts: BrowserContext[] = [];
  const faults: string[] = [];
  let browser: Browser | undefined;

  beforeAll(async () => {
    browser = await launchChromium(inject('chromium'));
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(faults.splice(0)).toEqual([]);
  });
  afterAll(() => browser?.close());

  const watch = (page: Page) => {
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) faults.push(message.text());
    });
    return page;
  };

  return {
    url,
    dataDir,
    newAccount: async () => {
      const email = `user-${crypto.randomUUID()}@example.com`;
      const { body } = await new ApiClient(url).post('/auth/register', {
        email,
        password: PASSWORD,
        name: 'Ada Lovelace',
      });
      return accountOf(url, { email, password: PASSWORD }, body.data);
    },
    admin: async () => {
      const { body } = await new ApiClient(url).post('/auth/login', admin);
      return accountOf(url, admin, body.data);
    },
    open: async (path, { as, scheme = 'light', width = 1280, height = 800, url: base = url } = {}) => {
      if (!browser) throw new Error('The browser is opened in beforeAll.');
      const context = await browser.newContext({
        baseURL: base,
        colorScheme: scheme,
        viewport: { width, height },
        timezoneId: 'Europe/Berlin',
        reducedMotion: 'reduce',
        ...(as && { storageState: signedInAs(base, as) }),
      });
      contexts.push(context);
      const page = watch(await context.newPage());
      await page.goto(path);
      return page;
    },
    openBeside: async (page, path) => {
      const tab = watch(await page.context().newPage());
      await tab.goto(path);
      return tab;
    },
  };
}

function instanceOfWorker(): ProvidedInstance {
  const id = Number(process.env['VITEST_POOL_ID']);
  const instance = inject('instances')[id - 1];
  if (!instance) throw new Error(`No instance was started for the worker ${id}.`);
  return instance;
}

function accountOf(
  url: string,
  { email, password }: { email: string; password: string },
  signedIn: { accessToken: string },
): Account {
  return { email, password, api: new ApiClient(url, signedIn.accessToken), signedIn };
}

/** As the sign-in page leaves it. */
function signedInAs(origin: string, { signedIn }: Account) {
  const localStorage = [{ name: 'chronos.session', value: JSON.stringify(signedIn) }];
  return { cookies: [], origins: [{ origin, localStorage }] };
}
