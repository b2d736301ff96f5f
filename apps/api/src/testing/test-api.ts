import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { hash } from 'bcrypt';
import { DataSource } from 'typeorm';
import { type Role, SessionService, type TokenPair, UserEntity } from '#auth';
import type { ConfigOverrides } from '#config';
import type { ErrorCode } from '#contracts';
import { newId } from '#database';
import { createTestDatabase, testConfig } from '#testing';
import { createApp } from '../create-app.js';
import type { ErrorBody } from '../http/error-body.js';

export const TEST_PASSWORD = 'SecurePass123';
/** Quick to check, and as good as any for a test. */
const CHEAP_COST = 4;

export interface TestAnswer {
  status: number;
  headers: Record<string, unknown>;
  /** The whole body, undefined where there is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts on what it got, whatever its shape
  body: any;
  /** `body.error` in short: the status and code, and the fields at fault. */
  fault: { status: number; code: ErrorCode; fields: string[] } | undefined;
}

export interface RequestInit {
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

export interface TestAccount extends TokenPair {
  id: string;
  email: string;
}

export type TestApi = Awaited<ReturnType<typeof createTestApi>>;

/** The real API on a database of its own, asked through `inject`. Call `close()` in `afterAll`. */
export async function createTestApi(overrides: ConfigOverrides = {}) {
  const database = await createTestDatabase();
  const generous = { rateLimitPerMinute: 100_000, authRateLimitPerMinute: 100_000 };
  const app = await startApi(database.url, { ...overrides, auth: { ...generous, ...overrides.auth } });
  return {
    app,
    databaseUrl: database.url,
    dataSource: app.get(DataSource),
    request: requester(app),
    createAccount: (role?: Role) => createAccount(app, role),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

/** One more process' worth of API on a database. */
export async function startApi(
  databaseUrl: string,
  overrides: ConfigOverrides = {},
): Promise<NestFastifyApplication> {
  const config = testConfig({ ...overrides, database: { url: databaseUrl, ...overrides.database } });
  const app = await createApp(config);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

export function requester(app: NestFastifyApplication) {
  return async (line: string, { body, token, headers }: RequestInit = {}): Promise<TestAnswer> => {
    const [method, path] = line.split(' ') as ['GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', string];
    const answer = await app.inject({
      method,
      url: path.startsWith('/health') ? path : `/api/v1${path}`,
      payload: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
    const parsed: unknown = answer.body === '' ? undefined : answer.json();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: parsed,
      fault: isErrorBody(parsed) ? faultOf(answer.statusCode, parsed) : undefined,
    };
  };
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'success' in body && body.success === false;
}

function faultOf(status: number, { error }: ErrorBody): TestAnswer['fault'] {
  return { status, code: error.code, fields: error.details.map(({ field }) => field) };
}

async function createAccount(app: NestFastifyApplication, role: Role = 'user'): Promise<TestAccount> {
  const id = newId();
  const email = `${id}@example.com`;
  const passwordHash = await hash(TEST_PASSWORD, CHEAP_COST);
  await app.get(DataSource).getRepository(UserEntity).insert({ id, email, name: 'Test', role, passwordHash });
  const tokens = await app.get(SessionService, { strict: false }).open({ id, email, passwordHash }, {});
  if (!tokens) throw new Error('The account just made cannot sign in.');
  return { id, email, ...tokens };
}
