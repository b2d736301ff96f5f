import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../testing/test-api.js';

describe('GET /system/settings', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi();
  });
  afterAll(() => api.close());

  it('tells administrators what the installation was set up with, and nothing secret', async () => {
    const { accessToken: token } = await api.createAccount('admin');
    const { status, body } = await api.request('GET /system/settings', { token });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      timeZoneData: process.versions['tz'],
      queue: expect.stringMatching(/^(redis|postgres)$/) as string,
      registration: true,
      mail: { enabled: false, from: null },
      retention: { executionDays: 90, logDays: 30, auditDays: 365 },
    });
  });

  it('is for administrators only', async () => {
    const { accessToken: token } = await api.createAccount();
    expect((await api.request('GET /system/settings', { token })).fault).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
  });
});
