import { ChangeJob, JobLifecycle, StartBackfill, SystemPause } from '#jobs';
import { at, clock } from './clock.js';
import type { Figure, Lane } from './draw.js';
import { inLane, type Teller } from './teller.js';

const HOURLY = { scheduleType: 'recurring', cronExpression: '0 * * * *' } as const;

/** What people do to jobs while time goes on. */
export async function changes(teller: Teller): Promise<Record<string, Figure>> {
  return {
    pause: await pause(teller),
    edit: await edit(teller),
    'system-pause': await systemPause(teller),
    backfill: await backfill(teller),
  };
}

export function pausing({ time }: Teller) {
  const jobs = time.get(JobLifecycle);
  return {
    pause: (id: string) => jobs.pause(time.actor, id, undefined),
    resume: (id: string) => jobs.resume(time.actor, id, { catchUp: false }),
    catchUp: (id: string) => jobs.resume(time.actor, id, { catchUp: true }),
  };
}

async function pause(teller: Teller): Promise<Figure> {
  const deeds = pausing(teller);
  const tell = (resume: (id: string) => Promise<unknown>) =>
    teller.tell({
      job: HOURLY,
      from: '8:30',
      until: '15:10',
      deeds: [
        ['10:20', deeds.pause],
        ['13:10', resume],
      ],
    });
  return {
    title: 'Pause and resume',
    description:
      'Paused at 10:20 and resumed at 13:10. Without catchUp 11:00 to 13:00 are a gap; with catchUp the misfire policy decides, and the latest runs.',
    axis: clock('9:00', '15:00', 60),
    flags: [
      { at: at('10:20'), label: 'pause' },
      { at: at('13:10'), label: 'resume' },
    ],
    lanes: [
      { label: 'resume', ...(await tell(deeds.resume)), note: ['one gap, and on with 14:00'] },
      {
        label: 'resume',
        sub: 'catchUp: true',
        ...(await tell(deeds.catchUp)),
        note: ['misfirePolicy fire_once:', '13:00 runs at 13:10'],
      },
    ],
  };
}

async function edit(teller: Teller): Promise<Figure> {
  const { time } = teller;
  const halfHourly = { cronExpression: '*/30 * * * *' };
  const id = await teller.play({
    job: HOURLY,
    from: '8:30',
    until: '12:10',
    deeds: [['10:30', (job) => time.get(ChangeJob).update(time.actor, job, halfHourly)]],
  });
  return {
    title: 'An edit at 10:30',
    description:
      'From every hour to every half hour: what is due up to the edit is the old schedule’s, what is due after it the new one’s. What runs keeps what it began with.',
    axis: clock('9:00', '12:00', 60, 14),
    flags: [{ at: at('10:30'), label: 'edit' }],
    lanes: [
      {
        label: 'version 1',
        sub: HOURLY.cronExpression,
        ...inLane(await teller.ledger(id, at('9:00'), at('10:30'))),
        note: ['in force until 10:30'],
      },
      {
        label: 'version 2',
        sub: halfHourly.cronExpression,
        ...inLane(await teller.ledger(id, at('10:30') + 1, at('12:05'))),
        note: ['after 10:30'],
      },
    ],
  };
}

async function systemPause(teller: Teller): Promise<Figure> {
  const { time } = teller;
  let paused = '';
  const id = await teller.play({
    job: HOURLY,
    from: '8:30',
    until: '14:10',
    deeds: [
      ['8:40', async () => (paused = await teller.create(HOURLY))],
      ['8:50', () => pausing(teller).pause(paused)],
      ['10:20', () => time.get(SystemPause).pause(time.actor, 'maintenance')],
      ['12:30', () => time.get(SystemPause).resume(time.actor)],
    ],
  });
  const lane = async (job: string) => inLane(await teller.ledger(job, at('8:45'), at('14:05')));
  return {
    title: 'Everything is paused',
    description:
      'An administrator pauses everything from 10:20 to 12:30. What comes due is held. Afterwards a job that was active goes on, with a gap for 11:00 and 12:00, and one that was paused before stays paused.',
    axis: clock('9:00', '14:00', 60),
    bands: [{ from: at('10:20'), to: at('12:30'), label: 'everything is paused' }],
    lanes: [
      { label: 'an active job', ...(await lane(id)), note: ['goes on as before'] },
      { label: 'a paused job', ...(await lane(paused)), note: ['stays paused'] },
    ],
  };
}

/** Days of January, by the day of the tale: it begins on the 5th. */
const DATES = [4, 5, 6, 7, 8, 9, 10, 11];

async function backfill(teller: Teller): Promise<Figure> {
  const { time } = teller;
  const deeds = pausing(teller);
  const id = await teller.play({
    job: { scheduleType: 'recurring', cronExpression: '0 9 * * *', misfirePolicy: 'skip' },
    from: '0d 0:00',
    until: '6d 12:00',
    ends: { '1d 9:00': 'failed' },
    deeds: [
      ['2d 0:00', 'down'],
      ['2d 12:00', 'up'],
      ['2d 13:00', deeds.pause],
      ['4d 13:00', deeds.resume],
    ],
  });
  const range = { from: new Date(at('0d 0:00') - 86_400_000), to: new Date(at('6d 10:00')) };
  const lane = async (mode: 'missing' | 'failed' | 'all', note: string): Promise<Lane> => {
    const started = await time.get(StartBackfill).start(time.actor, id, { ...range, mode });
    const rows = await teller.rows<{ scheduled_for: Date }>(
      'SELECT scheduled_for FROM backfill_occurrences WHERE backfill_id = $1 ORDER BY scheduled_for',
      [started.id],
    );
    return {
      label: mode,
      marks: rows.map(({ scheduled_for }) => [scheduled_for.getTime(), 'ran']),
      note: [note],
    };
  };
  const left = inLane(await teller.ledger(id, range.from.getTime(), at('6d 10:00')));
  return {
    title: 'Backfill from 4 to 11 January',
    description:
      'A daily job, made on 5 January: the 5th, 10th and 11th ran, the 6th failed, the 7th was missed, the 8th and 9th are a gap while it was paused. missing runs what nothing ran, failed the 6th, all each of them.',
    axis: {
      from: at('0d 0:00') - 30 * 3_600_000,
      to: at('6d 18:00'),
      ticks: DATES.map((date) => [at('0d 9:00') + (date - 5) * 86_400_000, `${date} Jan`]),
    },
    flags: [{ at: at('0d 0:00'), label: 'job made' }],
    lanes: [
      {
        label: 'the ledger',
        ...left,
        gaps: left.gaps.map(([from, to, label]) => [from - 6 * 3_600_000, to + 6 * 3_600_000, label]),
        note: ['as the schedule left it'],
      },
      await lane('missing', 'what nothing ran'),
      await lane('failed', 'what did not complete'),
      await lane('all', 'each nominal time'),
    ],
  };
}
