import type { Account } from './dashboard.js';
import { type PastGap, type PastRun, writeHistory } from './history.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PAST = 30 * HOUR;

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

/** A dozen jobs with a day behind them, one that runs, and one that is paused: what the pictures of the docs show. */
export async function seedFleet({ api }: Account, dataDir: string): Promise<void> {
  for (const { every, durationMs, odd, pausedHours, ...job } of FLEET) {
    const { body } = await api.post('/jobs', { ...job, scheduleType: 'recurring', maxRetries: 0 });
    const id = body.data.id as string;
    const first = Math.floor(Date.now() / every) * every;
    const moments = Array.from({ length: Math.floor(PAST / every) }, (_, index) => first - index * every);
    const gap = pausedHours && gapOf(moments, pausedHours);
    const runs = moments
      .map((at, index) =>
        pastRun({ at, status: 'completed', durationMs: vary(durationMs, index) }, odd?.(index)),
      )
      .filter(({ at }) => !gap || at < gap.from || at > gap.to);
    await writeHistory(dataDir, id, { runs, gaps: gap ? [gap] : [] });
  }
  await startLongRun({ api });
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

function pastRun(usual: PastRun, odd: Partial<PastRun> | undefined): PastRun {
  return { ...usual, ...odd };
}

async function startLongRun({ api }: Pick<Account, 'api'>): Promise<void> {
  const { body } = await api.post('/jobs', {
    name: 'Train the price model',
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
