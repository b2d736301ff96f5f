import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, storeExecution, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

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

  /** The id of a calendar of the account. */
  const closedOn = async (date: string): Promise<string> => {
    const body = { name: 'Closed', timezone: 'UTC', dates: [{ from: date, to: date }] };
    return (await api.request('POST /calendars', { token, body })).body.data.id;
  };

  const times = async (body: unknown) => {
    const answer = await preview(body);
    expect(answer.fault).toBeUndefined();
    return answer.body.data as Record<string, string>[];
  };

  it('tells at the last time in view what clocks leave out before the next run', async () => {
    const spring = { timezone: 'Europe/Berlin', from: '2030-03-29T12:00:00Z', count: 1 };
    expect(await times({ ...spring, cronExpression: '30 2 * * *', dstGap: 'skip' })).toEqual([
      {
        at: '2030-03-30T01:30:00.000Z',
        localTime: '2030-03-30T02:30:00+01:00',
        note: 'DST skip before the next run: 02:30 on 2030-03-31 does not exist (clocks go forward 1 h) and is skipped.',
      },
    ]);
    const ended = { ...spring, cronExpression: '30 2 * * *', dstGap: 'skip', endsAt: '2030-03-30T12:00:00Z' };
    expect((await times(ended))[0]).not.toHaveProperty('note');
    expect((await times({ ...ended, endsAt: null, maxRuns: 1, from: undefined }))[0]).not.toHaveProperty(
      'note',
    );
  });

  it('shows among the runs what would not run, with the reason', async () => {
    const found = await times({
      cronExpression: '30 2 * * *',
      timezone: 'Europe/Berlin',
      dstGap: 'skip',
      from: '2030-03-30T12:00:00Z',
      count: 1,
    });
    expect(found).toEqual([
      {
        at: '2030-03-31T01:30:00.000Z',
        localTime: '2030-03-31T03:30:00+02:00',
        skipped: { reason: 'dst_gap', count: 1, until: '2030-03-31T01:30:00.000Z' },
        note: 'DST skip: 02:30 on 2030-03-31 does not exist (clocks go forward 1 h) and is skipped.',
      },
      { at: '2030-04-01T00:30:00.000Z', localTime: '2030-04-01T02:30:00+02:00' },
    ]);
    const several = { cronExpression: '*/20 2 * * *', timezone: 'Europe/Berlin', dstGap: 'skip', count: 1 };
    expect(await times({ ...several, from: '2030-03-30T12:00:00Z' })).toMatchObject([
      {
        at: '2030-03-31T01:00:00.000Z',
        skipped: { reason: 'dst_gap', count: 3, until: '2030-03-31T01:40:00.000Z' },
        note: expect.stringMatching(/^DST skip: 02:00 to 02:40 on 2030-03-31 does not exist/),
      },
      { at: '2030-04-01T00:00:00.000Z' },
    ]);
  });

  it('knows intervals, single moments and the bounds of a schedule', async () => {
    const bounds = { startsAt: '2030-01-01T00:30:00Z', endsAt: '2030-01-01T03:30:00Z' };
    expect(
      (await times({ every: 5_400_000, timezone: 'Europe/Berlin', ...bounds })).map(
        ({ localTime }) => localTime,
      ),
    ).toEqual(['2030-01-01T01:30:00+01:00', '2030-01-01T03:00:00+01:00', '2030-01-01T04:30:00+01:00']);
    expect((await times({ cronExpression: '@hourly', ...bounds })).map(({ at }) => at)).toEqual([
      '2030-01-01T01:00:00.000Z',
      '2030-01-01T02:00:00.000Z',
      '2030-01-01T03:00:00.000Z',
    ]);
    expect(await times({ scheduledAt: '2030-01-01T00:00:00Z' })).toEqual([
      { at: '2030-01-01T00:00:00.000Z', localTime: '2030-01-01T00:00:00+00:00' },
    ]);
    const numbered = { cronExpression: '@hourly', startsAt: '2030-01-01T00:30:00Z', maxRuns: 3 };
    expect(await times(numbered)).toHaveLength(3);
    expect(await times({ ...numbered, from: '2030-01-01T02:00:00Z' })).toEqual([
      { at: '2030-01-01T03:00:00.000Z', localTime: '2030-01-01T03:00:00+00:00' },
    ]);
    expect(
      (await preview({ ...numbered, maxRuns: 2_000_000, from: '2060-01-01T00:00:00Z' })).fault,
    ).toMatchObject({
      status: 400,
      fields: ['from'],
    });
  });

  it('shows what jitter does: the moment for a job, the range for none', async () => {
    const from = '2030-01-01T00:30:00Z';
    const [time] = await times({ cronExpression: '@hourly', jitter: 600_000, from, count: 1 });
    expect(time).toMatchObject({ at: '2030-01-01T01:00:00.000Z', dueBefore: '2030-01-01T01:10:00.000Z' });
    const [capped] = await times({ every: 10_000, jitter: 600_000, startsAt: from, from, count: 1 });
    expect(capped).toMatchObject({ at: '2030-01-01T00:30:10.000Z', dueBefore: '2030-01-01T00:30:20.000Z' });

    const job = await createJob(api, token, { ...WEEKLY_REPORT, jitter: 3_600_000 });
    const own = await times({ jobId: job.id, count: 3 });
    const ledger = await api.request(
      `GET /jobs/${job.id}/ledger?from=${new Date().toISOString()}&to=${new Date(Date.now() + 30 * 86_400_000).toISOString()}`,
      { token },
    );
    const forecast = (ledger.body.data.entries as { at: string; dueAt: string }[]).slice(0, 3);
    expect(own.map(({ at, dueAt }) => [at, dueAt])).toEqual(forecast.map(({ at, dueAt }) => [at, dueAt]));
    expect(own.every(({ at = '', dueAt = '' }) => dueAt > at)).toBe(true);
  });

  it('takes from a job what is left out, and its calendars', async () => {
    const calendar = await closedOn('2030-01-07');
    const job = await createJob(api, token, {
      ...WEEKLY_REPORT,
      cronExpression: '0 9 * * 1',
      timezone: 'UTC',
      calendars: [calendar],
      maxRuns: 3,
    });
    const january = { jobId: job.id, from: '2030-01-01T00:00:00Z', maxRuns: null, count: 2 };
    expect(await times(january)).toMatchObject([
      { at: '2030-01-07T09:00:00.000Z', skipped: { reason: 'blackout' }, note: 'Blackout: "Closed".' },
      { at: '2030-01-14T09:00:00.000Z' },
      { at: '2030-01-21T09:00:00.000Z' },
    ]);
    expect((await times({ ...january, calendars: [] })).map(({ at }) => at)[0]).toBe(
      '2030-01-07T09:00:00.000Z',
    );
    expect(await times({ jobId: job.id })).toHaveLength(3);
    expect((await times({ ...january, cronExpression: '@hourly' })).map(({ at }) => at)[0]).toBe(
      '2030-01-01T01:00:00.000Z',
    );
  });

  it('knows nothing of the jobs and calendars of others', async () => {
    const stranger = await api.createAccount();
    const job = await createJob(api, stranger.accessToken);
    expect((await preview({ jobId: job.id })).fault).toMatchObject({ status: 404 });
    expect((await preview({ cronExpression: '@daily', calendars: [job.id] })).fault).toMatchObject({
      status: 400,
      fields: ['calendars'],
    });
  });

  it.each([
    [{ scheduleType: 'immediate' }, 'scheduleType'],
    [{ after: [{ jobId: '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11' }] }, 'scheduleType'],
    [{ jobId: 'x' }, 'jobId'],
    [{ every: 1_000 }, 'every'],
    [{ scheduledAt: '2030-01-01T00:00:00Z', jitter: 1_000 }, 'jitter'],
    [{ scheduledAt: '2020-01-01T00:00:00Z' }, 'scheduledAt'],
    [{ cronExpression: '@daily', every: 600_000 }, 'every'],
    [
      { cronExpression: '@daily', startsAt: '2031-01-01T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' },
      'endsAt',
    ],
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

describe('POST /schedules/simulate', () => {
  let api: TestApi;
  let user: TestAccount;

  beforeAll(async () => {
    api = await createTestApi();
    user = await api.createAccount();
  });

  afterAll(() => api.close());

  const simulate = (body: unknown, token = user.accessToken) =>
    api.request('POST /schedules/simulate', { token, body });

  const WEEK = { from: '2030-01-07T00:00:00Z', to: '2030-01-07T23:59:59Z' };

  /** A job that runs every hour and has run so long the times it did. */
  async function jobWithRuns(...minutes: number[]): Promise<string> {
    const job = await createJob(api, user.accessToken, {
      ...WEEKLY_REPORT,
      cronExpression: '0 * * * *',
      timezone: 'UTC',
    });
    for (const [index, one] of minutes.entries()) {
      const startMs = Date.UTC(2026, 0, 1, index);
      const startedAt = new Date(startMs).toISOString();
      await storeExecution(api.dataSource, job.id, {
        status: 'completed',
        scheduledFor: startedAt,
        startedAt,
        finishedAt: new Date(startMs + one * 60_000).toISOString(),
      });
    }
    return job.id;
  }

  it('replays the recorded durations under the policy of the job, or another one', async () => {
    const jobId = await jobWithRuns(90, 30);
    const asItIs = await simulate({ jobId, ...WEEK });
    expect(asItIs.body.data).toMatchObject({
      overlapPolicy: 'skip',
      sampledRuns: 2,
      assumedDuration: null,
      recorded: { runs: 2, p50: 1_800_000, p95: 5_400_000, max: 5_400_000 },
      occurrences: 24,
      completed: 16,
      skipped: 8,
      isSaturated: false,
    });
    expect(asItIs.body.data.firstSkips).toHaveLength(8);
    expect(asItIs.body.data.firstSkips[0]).toBe('2030-01-07T01:00:00.000Z');
    expect((await simulate({ jobId, ...WEEK, overlapPolicy: 'allow_all' })).body.data).toMatchObject({
      completed: 24,
      skipped: 0,
      mostAtOnce: 2,
    });
  });

  it('replays another schedule, and says where the work does not fit the time', async () => {
    const jobId = await jobWithRuns(30);
    const answer = await simulate({ jobId, ...WEEK, every: 1_200_000, overlapPolicy: 'buffer_all' });
    expect(answer.body.data).toMatchObject({ occurrences: 72, skipped: 0, isSaturated: true, busyShare: 1 });
    expect(answer.body.data.stillWaiting).toBeGreaterThan(10);
  });

  it('takes a given duration for the recorded ones, and the most likely where there is neither', async () => {
    const unknown = await jobWithRuns();
    expect((await simulate({ jobId: unknown, ...WEEK })).body.data).toMatchObject({
      sampledRuns: 0,
      assumedDuration: WEEKLY_REPORT.timeout,
      recorded: null,
      completed: 24,
    });
    const jobId = await jobWithRuns(30);
    expect((await simulate({ jobId, ...WEEK, assumedDuration: 5_400_000 })).body.data).toMatchObject({
      sampledRuns: 0,
      assumedDuration: 5_400_000,
      recorded: { runs: 1, p50: 1_800_000, p95: 1_800_000, max: 1_800_000 },
      completed: 12,
      skipped: 12,
    });
  });

  describe('of a job that is still to be made', () => {
    const found = async (body: object) => {
      const answer = await simulate(body);
      expect(answer.fault).toBeUndefined();
      return answer.body.data;
    };

    it('takes the settings of a new job, and a duration its time-out allows', async () => {
      const hourly = { cronExpression: '0 * * * *', ...WEEK };
      expect(await found(hourly)).toMatchObject({
        overlapPolicy: 'skip',
        maxConcurrency: null,
        sampledRuns: 0,
        assumedDuration: 30_000,
        recorded: null,
        occurrences: 24,
        completed: 24,
      });
      expect(await found({ ...hourly, timeout: 5_000 })).toMatchObject({ assumedDuration: 5_000 });
      expect(await found({ ...hourly, timeout: 3_600_000 })).toMatchObject({ assumedDuration: 60_000 });
    });

    it('tells what overlaps, by each policy', async () => {
      const hour = { from: '2030-01-07T10:00:00Z', to: '2030-01-07T10:59:59Z' };
      const minutely = { cronExpression: '* * * * *', assumedDuration: 90_000, ...hour };
      const skipping = await found(minutely);
      expect(skipping).toMatchObject({ occurrences: 60, completed: 30, skipped: 30, mostAtOnce: 1 });
      expect(skipping.firstSkips[0]).toBe('2030-01-07T10:01:00.000Z');
      expect(await found({ ...minutely, overlapPolicy: 'buffer_all' })).toMatchObject({
        skipped: 0,
        isSaturated: true,
      });
      const bounded = { overlapPolicy: 'allow_all', maxConcurrency: 2 };
      expect(await found({ ...minutely, ...bounded })).toMatchObject({ completed: 60, mostAtOnce: 2 });
    });

    it('counts an interval from its creation, as the preview does', async () => {
      expect(await found({ every: 3_600_000, ...WEEK })).toMatchObject({ occurrences: 23 });
      expect(await found({ every: 3_600_000, startsAt: WEEK.from, ...WEEK })).toMatchObject({
        occurrences: 24,
      });
    });

    it('tells what clock changes and calendars leave out', async () => {
      const spring = { from: '2030-03-27T12:00:00Z', timezone: 'Europe/Berlin' };
      const nightly = { cronExpression: '*/30 2 * * *', ...spring };
      expect(await found({ ...nightly, dstGap: 'skip' })).toMatchObject({ occurrences: 12, dstGaps: 2 });
      expect(await found(nightly)).toMatchObject({ occurrences: 14, dstGaps: 0 });
      const { body } = await api.request('POST /calendars', {
        token: user.accessToken,
        body: { name: 'Easter', timezone: 'Europe/Berlin', dates: ['2030-03-30'] },
      });
      expect(await found({ ...nightly, dstGap: 'skip', calendars: [body.data.id] })).toMatchObject({
        occurrences: 10,
        dstGaps: 2,
        blackouts: 2,
      });
    });

    it('ends with the last run that maxRuns allows, what is skipped not counted', async () => {
      const { body } = await api.request('POST /calendars', {
        token: user.accessToken,
        body: { name: 'Later', timezone: 'UTC', dates: ['2030-01-08'] },
      });
      const bounded = { cronExpression: '0 * * * *', from: WEEK.from, calendars: [body.data.id] };
      const slow = { ...bounded, assumedDuration: 5_400_000, maxRuns: 3 };
      expect(await found(slow)).toMatchObject({ occurrences: 5, completed: 3, skipped: 2, blackouts: 0 });
      expect(await found({ ...bounded, maxRuns: 25 })).toMatchObject({ completed: 25, blackouts: 24 });
    });

    it('looks a week ahead, or as far as there are not too many times', async () => {
      const from = '2030-01-07T00:00:00.000Z';
      expect(await found({ cronExpression: '* * * * *', from })).toMatchObject({
        to: '2030-01-14T00:00:00.000Z',
        occurrences: 7 * 24 * 60 + 1,
      });
      expect(await found({ cronExpression: '*/10 * * * * *', from })).toMatchObject({
        to: '2030-01-09T07:33:10.000Z',
        occurrences: 20_000,
      });
    });

    it('knows nothing of the calendars of others', async () => {
      const stranger = await api.createAccount();
      const { body } = await api.request('POST /calendars', {
        token: stranger.accessToken,
        body: { name: 'Theirs', dates: ['2030-01-07'] },
      });
      const answer = await simulate({ cronExpression: '@hourly', calendars: [body.data.id] });
      expect(answer.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: ['calendars'] });
    });

    it.each([
      [{}, 'cronExpression'],
      [{ scheduleType: 'interval' }, 'every'],
      [{ scheduleType: 'immediate' }, 'scheduleType'],
      [{ cronExpression: '@daily', every: 600_000 }, 'every'],
      [{ cronExpression: '' }, 'cronExpression'],
      [{ cronExpression: '@daily', timezone: 'Mars' }, 'timezone'],
      [{ cronExpression: '@daily', maxRuns: 0 }, 'maxRuns'],
      [{ cronExpression: '@daily', timeout: 1 }, 'timeout'],
      [{ cronExpression: '@daily', jitter: 1_000 }, 'jitter'],
    ])('refuses %j with 400', async (body, field) => {
      expect((await simulate(body)).fault).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
        fields: [field],
      });
    });
  });

  it('goes on counting the runs of a job that is bounded', async () => {
    const jobId = await jobWithRuns();
    for (const day of ['01', '02']) {
      await storeExecution(api.dataSource, jobId, { scheduledFor: `2029-01-${day}T00:00:00.000Z` });
    }
    await api.request(`PATCH /jobs/${jobId}`, { token: user.accessToken, body: { maxRuns: 5 } });
    expect((await simulate({ jobId, ...WEEK })).body.data).toMatchObject({ occurrences: 3, completed: 3 });
    expect((await simulate({ jobId, ...WEEK, every: 3_600_000 })).body.data).toMatchObject({ completed: 5 });
    expect((await simulate({ jobId, ...WEEK, maxRuns: null })).body.data).toMatchObject({ completed: 24 });
  });

  it('leaves out what calendars close, those of the job or others to try', async () => {
    const jobId = await jobWithRuns(1);
    const { body } = await api.request('POST /calendars', {
      token: user.accessToken,
      body: { name: 'Simulated', dates: ['2030-01-07'] },
    });
    const calendars = [body.data.id as string];
    const half = { from: '2030-01-07T12:00:00Z', to: '2030-01-08T11:59:59Z' };
    expect((await simulate({ jobId, ...half, calendars })).body.data).toMatchObject({
      occurrences: 12,
      blackouts: 12,
    });
    expect((await simulate({ jobId, ...half })).body.data).toMatchObject({ occurrences: 24, blackouts: 0 });
    await api.request(`PATCH /jobs/${jobId}`, { token: user.accessToken, body: { calendars } });
    expect((await simulate({ jobId, ...half })).body.data).toMatchObject({ occurrences: 12, blackouts: 12 });
    expect((await simulate({ jobId, calendars: [jobId] })).fault?.fields).toEqual(['calendars']);
  });

  it('knows nothing of the jobs of others', async () => {
    const jobId = await jobWithRuns(1);
    const stranger = await api.createAccount();
    expect((await simulate({ jobId, ...WEEK }, stranger.accessToken)).fault).toMatchObject({ status: 404 });
  });

  it.each([
    [{ jobId: 'x' }, 'jobId'],
    [{ to: '2020-01-01T00:00:00Z' }, 'to'],
    [{ cronExpression: '* * * *' }, 'cronExpression'],
    [{ scheduledAt: '2040-01-01T00:00:00Z' }, 'scheduleType'],
    [{ from: '2030-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z', cronExpression: '* * * * *' }, 'to'],
    [{ assumedDuration: 0 }, 'assumedDuration'],
  ])('refuses %j with 400', async (more, field) => {
    const jobId = await jobWithRuns(1);
    expect((await simulate({ jobId, ...more })).fault).toEqual({
      status: 400,
      code: 'VALIDATION_FAILED',
      fields: [field],
    });
  });
});

describe('POST /schedules/preview with calendars', () => {
  let api: TestApi;
  let token: string;

  beforeAll(async () => {
    api = await createTestApi();
    token = (await api.createAccount()).accessToken;
  });
  afterAll(() => api.close());

  it('strikes out what is closed, says by whom, and still gives as many that run', async () => {
    const made = await api.request('POST /calendars', {
      token,
      body: {
        name: 'Holidays',
        timezone: 'Europe/Berlin',
        dates: [{ from: '2030-12-24', to: '2030-12-26', label: 'Christmas' }],
      },
    });
    const preview = (cronExpression: string, count: number) =>
      api.request('POST /schedules/preview', {
        token,
        body: {
          cronExpression,
          count,
          timezone: 'Europe/Berlin',
          from: '2030-12-23T00:00:00Z',
          calendars: [made.body.data.id],
        },
      });
    const note = 'Blackout: "Holidays" (Christmas).';
    expect((await preview('0 9 * * *', 2)).body.data).toEqual([
      { at: '2030-12-23T08:00:00.000Z', localTime: '2030-12-23T09:00:00+01:00' },
      ...['24', '25', '26'].map((day) => ({
        at: `2030-12-${day}T08:00:00.000Z`,
        localTime: `2030-12-${day}T09:00:00+01:00`,
        note,
        skipped: { reason: 'blackout', count: 1, until: `2030-12-${day}T08:00:00.000Z` },
      })),
      { at: '2030-12-27T08:00:00.000Z', localTime: '2030-12-27T09:00:00+01:00' },
    ]);
    const hourly = (await preview('0 */6 * * *', 6)).body.data as { skipped?: object }[];
    expect(hourly).toHaveLength(7);
    expect(hourly.filter(({ skipped }) => skipped)).toMatchObject([
      { note, skipped: { count: 12, until: '2030-12-26T17:00:00.000Z' } },
    ]);
    const unknown = await api.request('POST /schedules/preview', {
      token,
      body: { cronExpression: '@daily', calendars: ['01900000-0000-7000-8000-000000000001'] },
    });
    expect(unknown.fault).toEqual({ status: 400, code: 'VALIDATION_FAILED', fields: ['calendars'] });
  });
});
