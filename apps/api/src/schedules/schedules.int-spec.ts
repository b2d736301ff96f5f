import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../testing/test-api.js';

describe('POST /schedules/preview', () => {
  let api: TestApi;
  let token: string;

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
  });

  afterAll(() => api.close());

  const preview = (body: unknown) => api.request('POST /schedules/preview', { token, body });

  it('tells the next times on the clocks of the zone, and what a clock change does to them', async () => {
    const answer = await preview({
      cronExpression: '30 2 * * *',
      timezone: 'Europe/Berlin',
      from: '2030-03-30T00:00:00Z',
      count: 3,
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      data: [
        { at: '2030-03-30T01:30:00.000Z', localTime: '2030-03-30T02:30:00+01:00' },
        {
          at: '2030-03-31T01:30:00.000Z',
          localTime: '2030-03-31T03:30:00+02:00',
          note: expect.stringMatching(/DST shift: 02:30/) as string,
        },
        { at: '2030-04-01T00:30:00.000Z', localTime: '2030-04-01T02:30:00+02:00' },
      ],
    });
  });

  it('tells ten from now in UTC unless told otherwise', async () => {
    const { body } = await preview({ cronExpression: '@hourly' });
    const times = (body.data as { at: string }[]).map(({ at }) => Date.parse(at));
    expect(times).toHaveLength(10);
    expect(times.every((time) => time % 3_600_000 === 0 && time > Date.now() - 60_000)).toBe(true);
  });

  it('answers at most a hundred, as many as there are', async () => {
    const leapDays = await preview({
      cronExpression: '0 0 29 2 *',
      count: 100,
      from: '2030-01-01T00:00:00Z',
    });
    expect(leapDays.body.data.length).toBeGreaterThan(10);
    expect((await preview({ cronExpression: '* * * * *', count: 100 })).body.data).toHaveLength(100);
  });

  it.each([
    [{}, 'cronExpression'],
    [{ cronExpression: '' }, 'cronExpression'],
    [{ cronExpression: '* * * *' }, 'cronExpression'],
    [{ cronExpression: '0 0 30 2 *' }, 'cronExpression'],
    [{ cronExpression: '* * * * * *' }, 'cronExpression'],
    [{ cronExpression: '@daily', timezone: 'Mars' }, 'timezone'],
    [{ cronExpression: '@daily', count: 0 }, 'count'],
    [{ cronExpression: '@daily', count: 101 }, 'count'],
    [{ cronExpression: '@daily', count: '5' }, 'count'],
    [{ cronExpression: '@daily', from: 'now' }, 'from'],
    [{ cronExpression: '@daily', to: '2030-01-01T00:00:00Z' }, 'to'],
  ])('refuses %j with 400', async (body, field) => {
    expect((await preview(body)).fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: [field] });
  });
});
