import type { Account } from './dashboard.js';
import { type PastGap, type PastRun, writeHistory } from './history.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** For the trend; jobs of every few minutes have a shorter past. */
const PAST = 7 * 24 * HOUR;
const MOST_RUNS = 700;

interface FleetJob {
  name: string;
  type: string;
  cronExpression: string;
  timezone: string;
  tags: string[];
  payload: object;
  /** Of its past. */
  every: number;
  durationMs: number;
  /** What became of the nth moment before now, where it did not simply run. */
  odd?: (index: number) => Partial<PastRun> | undefined;
  pausedHours?: [from: number, to: number];
}

const HTTP_503 = {
  code: 'HTTP_STATUS',
  message: 'https://billing.example.com/import answered 503 Service Unavailable',
};
const EXIT_2 = { code: 'EXIT_CODE', message: 'exit code 2: could not connect to warehouse-01:5432' };

const FLEET: FleetJob[] = [
  {
    name: 'Import invoices',
    type: 'http',
    cronExpression: '*/15 * * * *',
    timezone: 'Europe/Berlin',
    tags: ['billing'],
    payload: { url: 'https://billing.example.com/import' },
    every: 15 * MINUTE,
    durationMs: 2_400,
    odd: (index) => (index < 3 || index === 41 ? { status: 'failed', error: HTTP_503 } : undefined),
  },
  {
    name: 'Refresh the warehouse',
    type: 'script',
    cronExpression: '0 * * * *',
    timezone: 'America/New_York',
    tags: ['warehouse', 'nightly'],
    payload: { command: 'node', args: ['refresh.mjs'] },
    every: HOUR,
    durationMs: 184_000,
    odd: (index) => {
      if (index === 0) return { status: 'failed', error: EXIT_2 };
      if (index === 7) return { latenessMs: 95_000 };
      return index === 12
        ? { status: 'timed_out', error: { code: 'TIMEOUT', message: 'took longer than 10 min' } }
        : undefined;
    },
  },
  {
    name: 'Sync customers to the CRM',
    type: 'webhook',
    cronExpression: '*/5 * * * *',
    timezone: 'Europe/London',
    tags: ['crm'],
    payload: {
      url: 'https://crm.example.com/hooks/customers',
      data: { event: 'sync' },
      secret: 'a-shared-secret',
    },
    every: 5 * MINUTE,
    durationMs: 640,
    odd: (index) => {
      if (index > 120 && index < 133) return { status: 'missed', reason: 'catchup_window' };
      return index === 133 ? { latenessMs: 48_000 } : undefined;
    },
  },
  {
    name: 'Rotate the access logs',
    type: 'script',
    cronExpression: '30 * * * *',
    timezone: 'UTC',
    tags: ['operations'],
    payload: { command: 'node', args: ['rotate.mjs'] },
    every: HOUR,
    durationMs: 3_100,
    odd: (index) => (index === 4 || index === 5 ? { status: 'skipped', reason: 'overlap' } : undefined),
  },
  {
    name: 'Daily digest',
    type: 'email',
    cronExpression: '0 8 * * 1-5',
    timezone: 'Europe/London',
    tags: ['mail'],
    payload: { to: 'team@example.com', subject: 'Your day', text: 'Nothing is on fire.' },
    every: 24 * HOUR,
    durationMs: 900,
  },
  {
    name: 'Recompute recommendations',
    type: 'custom',
    cronExpression: '*/10 * * * *',
    timezone: 'Asia/Tokyo',
    tags: ['shop'],
    payload: { handler: 'processData', data: { input: { articles: 1200 } } },
    every: 10 * MINUTE,
    durationMs: 5_200,
    pausedHours: [16, 11],
  },
  {
    name: 'Warm the caches',
    type: 'http',
    cronExpression: '*/30 * * * *',
    timezone: 'America/Sao_Paulo',
    tags: ['shop'],
    payload: { url: 'https://shop.example.com/warm' },
    every: 30 * MINUTE,
    durationMs: 1_500,
  },
];

/** What was seeded, for pictures of one of them. */
export interface Fleet {
  /** The id of a job by its name. */
  jobs: Map<string, string>;
  /** The id of a calendar by its name. */
  calendars: Map<string, string>;
}

/**
 * A dozen jobs with a day behind them, two that run, one that is paused, and calendars: what the pictures of the docs show.
 * Once an instance, whichever file asks first.
 */
export async function seedFleet(admin: Account, dataDir: string): Promise<Fleet> {
  const { body } = await admin.api.get('/calendars?search=Out%20of%20hours');
  if (body.meta.total === 0) await seed(admin, dataDir);
  const [jobs, calendars] = await Promise.all(
    ['/jobs?limit=100', '/calendars?limit=100'].map((path) => admin.api.get(path)),
  );
  return { jobs: byName(jobs?.body.data as Named[]), calendars: byName(calendars?.body.data as Named[]) };
}

async function seed(admin: Account, dataDir: string): Promise<void> {
  const { api } = admin;
  const nights = await seedCalendars(admin);
  for (const { every, durationMs, odd, pausedHours, ...job } of FLEET) {
    const named = NOT_AT_NIGHT.has(job.name) ? { calendars: [nights] } : {};
    const { body } = await api.post('/jobs', { ...job, ...named, scheduleType: 'recurring', maxRetries: 0 });
    const id = body.data.id as string;
    const first = Math.floor(Date.now() / every) * every;
    const moments = Array.from(
      { length: Math.min(MOST_RUNS, Math.floor(PAST / every)) },
      (_, index) => first - index * every,
    );
    const gap = pausedHours && gapOf(moments, pausedHours);
    const runs = moments
      .map((at, index) =>
        pastRun({ at, status: 'completed', durationMs: vary(durationMs, index) }, odd?.(index)),
      )
      .filter(({ at }) => !gap || at < gap.from || at > gap.to);
    await writeHistory(dataDir, id, { runs, gaps: gap ? [gap] : [] });
  }
  for (const name of ['Train the price model', 'Reindex the catalogue']) await startLongRun(admin, name);
  const { body } = await api.post('/jobs', {
    name: 'Month-end closing',
    type: 'http',
    payload: { url: 'https://billing.example.com/close' },
    scheduleType: 'recurring',
    cronExpression: '0 0 1 * *',
    timezone: 'Europe/Berlin',
    tags: ['billing'],
  });
  await api.post(`/jobs/${body.data.id}/pause`, { reason: 'The auditors are in' });
}

interface Named {
  id: string;
  name: string;
}

function byName(things: Named[]): Map<string, string> {
  return new Map(things.map(({ id, name }) => [name, id]));
}

const NOT_AT_NIGHT = new Set(['Daily digest', 'Warm the caches']);

/** Answers the id of the first. */
async function seedCalendars({ api }: Account): Promise<string> {
  const year = new Date().getUTCFullYear();
  const made = [
    {
      name: 'Out of hours',
      description: 'Nothing that customers would notice: nights, Sundays, and when nobody is there to help.',
      dates: [
        { from: `${year}-07-20`, to: `${year}-07-31`, label: 'Summer freeze' },
        { from: `${year}-12-24`, to: `${year}-12-26`, label: 'Christmas' },
        { from: `${year}-12-31`, to: `${year + 1}-01-01`, label: 'Turn of the year' },
      ],
      weekly: [
        { days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], from: '22:00', to: '06:00', label: 'Nights' },
        { days: ['SUN'], from: '00:00', to: '24:00', label: 'Sundays' },
      ],
    },
    { name: 'Public holidays', shared: true, dates: [`${year}-05-01`, `${year}-10-03`, `${year}-12-25`] },
    { name: 'Code freeze', dates: [{ from: `${year}-12-14`, to: `${year + 1}-01-06` }] },
  ];
  const answers = await Promise.all(
    made.map((calendar) => api.post('/calendars', { timezone: 'Europe/Berlin', ...calendar })),
  );
  return answers[0]?.body.data.id as string;
}

function pastRun(usual: PastRun, odd: Partial<PastRun> | undefined): PastRun {
  return { ...usual, ...odd };
}

async function startLongRun({ api }: Account, name: string): Promise<void> {
  const { body } = await api.post('/jobs', {
    name,
    type: 'script',
    payload: { command: process.execPath, args: ['-e', 'setTimeout(() => {}, 300_000)'] },
    timeout: 600_000,
    scheduleType: 'recurring',
    cronExpression: '0 2 * * *',
    timezone: 'UTC',
    tags: ['shop', 'nightly'],
  });
  await api.post(`/jobs/${body.data.id}/trigger`);
}

function gapOf(moments: number[], [from, to]: [number, number]): PastGap {
  const within = moments.filter((at) => at >= Date.now() - from * HOUR && at <= Date.now() - to * HOUR);
  return { from: within.at(-1) ?? 0, to: within[0] ?? 0, count: within.length, reason: 'paused' };
}

/** Durations of real runs are never the same twice. */
function vary(ms: number, index: number): number {
  return Math.round(ms * (0.8 + ((index * 37) % 40) / 100));
}
