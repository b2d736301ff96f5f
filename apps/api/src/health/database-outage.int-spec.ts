import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, startTcpProxy, type TcpProxy, type TestDatabase, waitFor } from '#testing';
import { requester, startApi } from '../testing/test-api.js';

const ANYBODY = { email: 'anybody@example.com', password: 'SecurePass123' };

describe('while PostgreSQL is away', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let app: NestFastifyApplication;
  let request: ReturnType<typeof requester>;

  beforeAll(async () => {
    database = await createTestDatabase();
    const url = new URL(database.url);
    proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
    url.hostname = '127.0.0.1';
    url.port = String(proxy.port);
    app = await startApi(url.href, { queue: { backend: 'postgres' } });
    request = requester(app);
  });

  afterAll(async () => {
    await app.close();
    await proxy.close();
    await database.drop();
  });

  const probe = async (path: string) => (await request(`GET ${path}`)).status;

  it('is ready and healthy before', async () => {
    expect(await probe('/health/ready')).toBe(200);
    const { status, body } = await request('GET /monitoring/health');
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      data: {
        status: 'healthy',
        database: 'up',
        redis: 'disabled',
        queue: 'up',
        paused: false,
        uptime: expect.any(Number) as number,
        version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      },
    });
  });

  it('lives, is not ready, answers 503, and comes back by itself', async () => {
    await proxy.cut();
    expect(await probe('/health/live')).toBe(200);
    const ready = await request('GET /health/ready');
    expect([ready.status, ready.body.error.database.status]).toEqual([503, 'down']);
    expect(JSON.stringify(ready.body)).not.toContain(String(proxy.port));

    const login = await request('POST /auth/login', { body: ANYBODY });
    expect(login.fault).toMatchObject({ status: 503, code: 'DEPENDENCY_DOWN' });
    expect(login.headers['retry-after']).toBe('1');
    expect(JSON.stringify(login.body)).not.toContain(String(proxy.port));

    const health = await request('GET /monitoring/health');
    expect(health.fault).toMatchObject({ status: 503, code: 'DEPENDENCY_DOWN' });
    expect(health.body.data).toMatchObject({ status: 'unhealthy', database: 'down', paused: null });

    await proxy.restore();
    await waitFor(async () => (await probe('/health/ready')) === 200, { what: 'readiness to mend itself' });
    expect((await request('POST /auth/login', { body: ANYBODY })).fault?.code).toBe('INVALID_CREDENTIALS');
  });
});
