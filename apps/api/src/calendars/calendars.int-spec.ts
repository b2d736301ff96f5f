import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, laterJob } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

const HOLIDAYS = {
  timezone: 'Europe/Berlin',
  dates: ['2030-01-01', { from: '2030-12-24', to: '2030-12-26', label: 'Christmas' }],
  weekly: [{ days: ['SUN', 'SAT'], from: '00:00', to: '24:00' }],
};
const NOBODYS = '01900000-0000-7000-8000-000000000001';
const DAILY = {
  scheduleType: 'recurring',
  scheduledAt: undefined,
  cronExpression: '0 12 * * *',
  timezone: 'Europe/Berlin',
};

const ics = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    ...events.flatMap((lines, index) => ['BEGIN:VEVENT', `UID:${index}`].concat(lines, 'END:VEVENT')),
    'END:VCALENDAR',
  ].join('\r\n');
const allDay = (date: string, summary: string) => [`DTSTART;VALUE=DATE:${date}`, `SUMMARY:${summary}`];
const soon = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');

describe('the calendar routes', () => {
  let api: TestApi;
  let user: TestAccount;
  let other: TestAccount;
  let admin: TestAccount;

  beforeAll(async () => {
    api = await createTestApi();
    [user, other, admin] = [
      await api.createAccount(),
      await api.createAccount(),
      await api.createAccount('admin'),
    ];
  });
  afterAll(() => api.close());

  const send = (line: string, body?: unknown, headers?: Record<string, string>, account = user) =>
    api.request(line, { token: account.accessToken, body, headers });
  const make = async (more: Record<string, unknown> = {}, account = user) => {
    const answer = await send('POST /calendars', { name: crypto.randomUUID(), ...more }, undefined, account);
    expect([answer.status, answer.fault]).toEqual([201, undefined]);
    return answer.body.data as { id: string; name: string; version: number };
  };

  it('makes one, with what is left out filled in', async () => {
    const answer = await send('POST /calendars', { name: ' Holidays ', ...HOLIDAYS });
    expect(answer).toMatchObject({ status: 201, headers: { etag: '"1"' } });
    expect(answer.body.data).toEqual({
      id: expect.any(String),
      ownerId: user.id,
      name: 'Holidays',
      description: null,
      shared: false,
      timezone: 'Europe/Berlin',
      dates: [
        { from: '2030-01-01', to: '2030-01-01', label: null },
        { from: '2030-12-24', to: '2030-12-26', label: 'Christmas' },
      ],
      weekly: [{ days: ['SAT', 'SUN'], from: '00:00', to: '24:00', label: null }],
      imports: [],
      isClosed: expect.any(Boolean),
      closure: { from: expect.any(String), to: expect.any(String) },
      version: 1,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const { body } = await send(`GET /calendars/${answer.body.data.id}`);
    expect(body.data).toEqual(answer.body.data);
  });

  it('answers the same to the same Idempotency-Key', async () => {
    const body = { name: 'Once' };
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const [first, second] = [
      await send('POST /calendars', body, headers),
      await send('POST /calendars', body, headers),
    ];
    expect([second.status, second.body]).toEqual([201, first.body]);
  });

  it.each([
    [{}, ['name']],
    [{ name: '' }, ['name']],
    [{ name: 'x'.repeat(201) }, ['name']],
    [{ name: 'A', color: 'red' }, ['color']],
    [{ name: 'A', timezone: 'Mars/Olympus' }, ['timezone']],
    [{ name: 'A', dates: 'tomorrow' }, ['dates']],
    [
      { name: 'A', dates: ['2030-02-30', '2030-1-1', 20_300_101] },
      ['dates.0.from', 'dates.1.from', 'dates.2'],
    ],
    [{ name: 'A', dates: [{ from: '2030-01-02', to: '2030-01-01' }] }, ['dates.0.to']],
    [{ name: 'A', dates: [{ from: '2030-01-01', to: '2099-01-01' }] }, ['dates.0.to']],
    [{ name: 'A', dates: [{ from: '2030-01-01', until: '2030-01-02' }] }, ['dates.0.until']],
    [{ name: 'A', dates: Array(1_001).fill('2030-01-01') }, ['dates']],
    [
      { name: 'A', weekly: [{ days: ['MON', 'FUNDAY'], from: '9:00', to: '25:00' }] },
      ['weekly.0.days.1', 'weekly.0.from', 'weekly.0.to'],
    ],
    [{ name: 'A', weekly: [{ days: [], from: '09:00', to: '10:00' }] }, ['weekly.0.days']],
    [{ name: 'A', weekly: [{ days: ['MON'], from: '09:00', to: '09:00' }] }, ['weekly.0.to']],
    [
      {
        name: 'A',
        weekly: [{ days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], from: '00:00', to: '24:00' }],
      },
      ['weekly'],
    ],
    [{ name: 'A', dates: [{ from: '2030-01-01', label: 'x'.repeat(201) }] }, ['dates.0.label']],
  ])('refuses %j', async (body, fields) => {
    expect((await send('POST /calendars', body)).fault).toEqual({
      status: 400,
      code: 'VALIDATION_FAILED',
      fields,
    });
  });

  it('lists by name what one may see, in pages', async () => {
    const mine = await api.createAccount();
    const names = async (query: string, account = mine) =>
      (
        (await send(`GET /calendars${query}`, undefined, undefined, account)).body.data as { name: string }[]
      ).map(({ name }) => name);
    for (const name of ['b', 'a', 'c'])
      await make({ name, description: name === 'c' ? '50% off' : null }, mine);
    await make({ name: 'aa shared', shared: true }, admin);
    expect(await names('')).toEqual(['a', 'aa shared', 'b', 'c']);
    expect(await names('?search=50%25')).toEqual(['c']);
    expect(await names('', other)).toEqual(expect.not.arrayContaining(['a', 'b', 'c']));
    expect(await names('?limit=100', admin)).toEqual(
      expect.arrayContaining(['a', 'aa shared', 'b', 'c', 'Holidays']),
    );
    const first = await send('GET /calendars?limit=3', undefined, undefined, mine);
    expect(first.body.meta).toMatchObject({ total: 4, totalPages: 2 });
    expect(await names(`?limit=3&cursor=${first.body.meta.nextCursor}`)).toEqual(['c']);
    expect((await send('GET /calendars?cursor=abc')).fault?.fields).toEqual(['cursor']);
  });

  it('changes what is given, and guards against lost updates', async () => {
    const { id } = await make(HOLIDAYS);
    const changed = await send(`PATCH /calendars/${id}`, { weekly: [] }, { 'if-match': '"1"' });
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    expect(changed.body.data).toMatchObject({ weekly: [], timezone: 'Europe/Berlin', version: 2 });
    expect(changed.body.data.dates).toHaveLength(2);
    expect((await send(`PATCH /calendars/${id}`, { name: 'X', version: 1 })).fault?.code).toBe(
      'VERSION_CONFLICT',
    );
    expect((await send(`PATCH /calendars/${id}`, { timezone: 'Nowhere' })).fault?.fields).toEqual([
      'timezone',
    ]);
    const rows: unknown[] = await api.dataSource.query(
      `SELECT version, until_at IS NULL AS current FROM calendar_versions WHERE calendar_id = $1 ORDER BY version`,
      [id],
    );
    expect(rows).toEqual([
      { version: 1, current: false },
      { version: 2, current: true },
    ]);
  });

  it('is for its owner and admins; a shared one is for all to see, and for admins to change', async () => {
    const { id } = await make();
    for (const line of [
      `GET /calendars/${id}`,
      `GET /calendars/${id}/windows`,
      `GET /calendars/${id}/jobs`,
      `PATCH /calendars/${id}`,
      `DELETE /calendars/${id}`,
      `POST /calendars/${id}/import`,
    ]) {
      const body = line.startsWith('PATCH')
        ? { name: 'Theirs' }
        : line.startsWith('POST')
          ? { ics: 'x' }
          : undefined;
      expect([line, (await send(line, body, undefined, other)).fault?.code]).toEqual([line, 'NOT_FOUND']);
      expect((await api.request(line, { body })).fault?.code).toBe('UNAUTHENTICATED');
    }
    expect((await send(`GET /calendars/${id}`, undefined, undefined, admin)).status).toBe(200);
    expect(
      (await send(`PATCH /calendars/${id}`, { name: 'By admin' }, undefined, admin)).body.data.ownerId,
    ).toBe(user.id);

    const shared = await make({ shared: true, dates: ['2030-01-01'] }, admin);
    expect((await send(`GET /calendars/${shared.id}`)).status).toBe(200);
    expect((await send(`PATCH /calendars/${shared.id}`, { name: 'Mine' })).fault?.code).toBe('FORBIDDEN');
    expect((await send(`PATCH /calendars/${id}`, { shared: true })).fault?.code).toBe('FORBIDDEN');
  });

  describe('windows', () => {
    it('are each by itself, with local times over a clock change', async () => {
      const { id } = await make({
        timezone: 'Europe/Berlin',
        dates: [{ from: '2030-10-26', to: '2030-10-27', label: 'Clocks' }],
        weekly: [{ days: ['SAT'], from: '22:00', to: '06:00', label: 'Night' }],
      });
      const { body } = await send(`GET /calendars/${id}/windows?from=2030-10-25&to=2030-10-28`);
      expect(body.data).toEqual([
        {
          from: '2030-10-25T22:00:00.000Z',
          to: '2030-10-27T23:00:00.000Z',
          localFrom: '2030-10-26T00:00:00+02:00',
          localTo: '2030-10-28T00:00:00+01:00',
          kind: 'date',
          label: 'Clocks',
          source: null,
        },
        {
          from: '2030-10-26T20:00:00.000Z',
          to: '2030-10-27T05:00:00.000Z',
          localFrom: '2030-10-26T22:00:00+02:00',
          localTo: '2030-10-27T06:00:00+01:00',
          kind: 'weekly',
          label: 'Night',
          source: null,
        },
      ]);
      expect(
        (await send(`GET /calendars/${id}/windows?from=2030-01-01&to=2032-01-01`)).fault?.fields,
      ).toEqual(['to']);
      expect(
        (await send(`GET /calendars/${id}/windows?from=2030-01-02&to=2030-01-01`)).fault?.fields,
      ).toEqual(['to']);
    });
  });

  describe('imports', () => {
    it('take events, tell what they did not take, and replace those of the same source', async () => {
      const { id } = await make({ timezone: 'Europe/Berlin' });
      const text = ics(allDay(soon(3), 'Party'), allDay(soon(5), 'Rest'), [
        'DTSTART:20300101T000000Z',
        'SUMMARY:No length',
      ]);
      const first = await send(`POST /calendars/${id}/import`, { ics: text, source: 'hr' });
      expect([first.status, first.fault]).toEqual([200, undefined]);
      expect(first.body.data).toMatchObject({
        source: 'hr',
        replaced: 0,
        report: {
          events: 3,
          taken: 2,
          closures: 2,
          notTaken: [{ event: 'No length', reason: expect.stringContaining('no length') }],
          notTakenCount: 1,
        },
        calendar: { version: 2, imports: [{ source: 'hr', events: 2 }] },
      });
      await send(`POST /calendars/${id}/import`, { ics: ics(allDay(soon(9), 'Moved')) });
      const again = await send(`POST /calendars/${id}/import`, {
        ics: ics(allDay(soon(4), 'New')),
        source: 'hr',
      });
      expect(again.body.data).toMatchObject({ replaced: 2, report: { taken: 1 } });
      expect(again.body.data.calendar.imports).toMatchObject([
        { source: 'import' },
        { source: 'hr', events: 1 },
      ]);
      const windows = await send(`GET /calendars/${id}/windows`);
      expect(
        (windows.body.data as Record<string, unknown>[]).map(({ label, source, kind }) => [
          label,
          source,
          kind,
        ]),
      ).toEqual([
        ['New', 'hr', 'event'],
        ['Moved', 'import', 'event'],
      ]);
      const removed = await send(`DELETE /calendars/${id}/import?source=hr`);
      expect(removed.body.data.imports).toMatchObject([{ source: 'import', events: 1 }]);
      expect((await send(`DELETE /calendars/${id}/import?source=hr`)).fault?.code).toBe('NOT_FOUND');
    });

    it('take the file itself as text/calendar, larger than other bodies', async () => {
      const { id } = await make();
      const text = `${ics(allDay(soon(3), 'Party'))}\r\n`.replace(
        'VERSION:2.0',
        `VERSION:2.0\r\nX-NOTE:${'x'.repeat(400_000)}`,
      );
      const headers = { 'content-type': 'text/calendar; charset=utf-8' };
      const answer = await send(`POST /calendars/${id}/import?source=file`, text, headers);
      expect([answer.status, answer.body.data?.source, answer.body.data?.report.taken]).toEqual([
        200,
        'file',
        1,
      ]);
      const huge = await send(`POST /calendars/${id}/import`, 'x'.repeat(1_100_000), headers);
      expect(huge.fault).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
      expect((await send(`POST /calendars/${id}/import`, '<html>', headers)).fault).toMatchObject({
        status: 400,
        fields: ['ics'],
      });
      expect((await send(`POST /calendars/${id}/import`, 'BEGIN\0', headers)).fault).toMatchObject({
        status: 400,
        fields: ['ics'],
      });
      expect((await send('POST /calendars', text, headers)).fault).toMatchObject({ status: 415 });
      expect((await send(`GET /calendars/${id}`)).body.data.version).toBe(2);
    });
  });

  describe('jobs', () => {
    it('name calendars of their owner and shared ones, and no others', async () => {
      const [mine, theirs] = [await make(HOLIDAYS), await make({}, other)];
      const shared = await make({ shared: true }, admin);
      const job = await createJob(
        api,
        user.accessToken,
        laterJob({ ...DAILY, calendars: [mine.id, shared.id, mine.id] }),
      );
      expect(job['calendars']).toEqual([mine.id, shared.id]);
      const refused = await send('POST /jobs', laterJob({ ...DAILY, calendars: [theirs.id, NOBODYS] }));
      expect(refused.fault).toEqual({
        status: 400,
        code: 'VALIDATION_FAILED',
        fields: ['calendars', 'calendars'],
      });
      expect(
        (await send('POST /jobs', laterJob({ ...DAILY, calendars: ['Holidays'] }))).fault?.fields,
      ).toEqual(['calendars']);
      expect(
        (
          await send(
            'POST /jobs',
            laterJob({ scheduleType: 'immediate', scheduledAt: undefined, calendars: [mine.id] }),
          )
        ).fault?.fields,
      ).toEqual(['calendars']);
      // By an admin they may be given what their owner may name, not what the admin may.
      const admins = await make({}, admin);
      expect(
        (await send(`PATCH /jobs/${job.id}`, { calendars: [admins.id] }, undefined, admin)).fault?.fields,
      ).toEqual(['calendars']);
    });

    it('are told by the calendar, and keep it from being deleted', async () => {
      const { id } = await make(HOLIDAYS);
      const job = await createJob(
        api,
        user.accessToken,
        laterJob({ ...DAILY, name: 'Noon', calendars: [id] }),
      );
      const jobs = await send(`GET /calendars/${id}/jobs`);
      expect(jobs.body).toMatchObject({ data: [{ id: job.id, name: 'Noon' }], meta: { total: 1 } });
      const refused = await send(`DELETE /calendars/${id}`);
      expect(refused.fault).toMatchObject({ status: 409, code: 'CALENDAR_IN_USE' });
      expect(refused.body.error.message).toContain(`"Noon" (${job.id})`);
      await send(`PATCH /jobs/${job.id}`, { calendars: [] });
      expect((await send(`DELETE /calendars/${id}`)).status).toBe(204);
      expect((await send(`GET /calendars/${id}`)).status).toBe(404);
      expect((await send(`PATCH /jobs/${job.id}`, { calendars: [id] })).fault?.fields).toEqual(['calendars']);
    });

    it('show the next time that is open, at once when a calendar changes', async () => {
      const { id } = await make({ timezone: 'Europe/Berlin' });
      const job = await createJob(api, user.accessToken, laterJob({ ...DAILY, calendars: [id] }));
      const nextRunAt = async () => (await send(`GET /jobs/${job.id}`)).body.data.nextRunAt as string;
      const first = await nextRunAt();
      const day = first.slice(0, 10);
      await send(`PATCH /calendars/${id}`, { dates: [day] });
      const noonOf = (instant: string) =>
        new Date(instant).toLocaleString('en-GB', { timeZone: 'Europe/Berlin' });
      const following = new Date(Date.parse(`${day}T12:00Z`) + 86_400_000).toLocaleDateString('en-GB');
      expect(noonOf(await nextRunAt())).toBe(`${following}, 12:00:00`);
      const ledger = await send(`GET /jobs/${job.id}/ledger`);
      expect(ledger.body.data.entries[0]).toMatchObject({
        kind: 'forecast',
        at: first,
        status: 'skipped',
        reason: 'blackout',
      });
      await send(`PATCH /calendars/${id}`, { dates: [] });
      expect(await nextRunAt()).toBe(first);
    });

    it('that would never run are refused, and one may become such by a change', async () => {
      const { id } = await make({
        weekly: [{ days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], from: '11:00', to: '13:00' }],
      });
      const noon = { ...DAILY, timezone: 'UTC', calendars: [id] };
      expect((await send('POST /jobs', laterJob(noon))).fault).toMatchObject({
        status: 400,
        fields: ['calendars'],
      });
      const once = { scheduledAt: '2040-01-01T12:00:00Z', calendars: [id] };
      expect((await send('POST /jobs', laterJob(once))).fault).toMatchObject({
        status: 400,
        fields: ['calendars'],
      });
      const job = await createJob(api, user.accessToken, laterJob({ ...noon, cronExpression: '0 14 * * *' }));
      expect((await send(`PATCH /jobs/${job.id}`, { cronExpression: '0 12 * * *' })).fault?.fields).toEqual([
        'calendars',
      ]);
      await send(`PATCH /calendars/${id}`, {
        weekly: [{ days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], from: '13:00', to: '15:00' }],
      });
      expect((await send(`GET /jobs/${job.id}`)).body.data).toMatchObject({
        status: 'active',
        nextRunAt: null,
      });
    });

    it('are a thousand and more, and a change is one quick thing', async () => {
      const { id } = await make({ timezone: 'UTC' });
      const template = await createJob(
        api,
        user.accessToken,
        laterJob({ ...DAILY, timezone: 'UTC', calendars: [id] }),
      );
      await api.dataSource.query(
        `INSERT INTO jobs SELECT (jsonb_populate_record(j, jsonb_build_object('id', gen_random_uuid()))).*
         FROM jobs j, generate_series(1, 1500) WHERE j.id = $1`,
        [template.id],
      );
      const [{ noon }] = (await api.dataSource.query(`SELECT next_run_at AS noon FROM jobs WHERE id = $1`, [
        template.id,
      ])) as [{ noon: Date }];
      await send(`PATCH /calendars/${id}`, { dates: [noon.toISOString().slice(0, 10)] });
      const rows = (await api.dataSource.query(
        `SELECT count(*)::int, next_run_at, skip_from, runs_at FROM jobs WHERE calendars @> ARRAY[$1::uuid] GROUP BY 2, 3, 4`,
        [id],
      )) as object[];
      expect(rows).toEqual([
        { count: 1_501, next_run_at: noon, skip_from: noon, runs_at: new Date(noon.getTime() + 86_400_000) },
      ]);
      const list = await send('GET /jobs?sort=nextRunAt&limit=1');
      expect(list.body.data[0].nextRunAt).not.toBe(noon.toISOString());
    });
  });
});
