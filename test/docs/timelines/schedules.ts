import { ChronosError } from '#contracts';
import { effectiveTime } from '#jobs';
import { pausing } from './changes.js';
import { at, clock, iso } from './clock.js';
import type { Figure } from './draw.js';
import { inLane, type Teller } from './teller.js';

const HOURLY = { scheduleType: 'recurring', cronExpression: '0 * * * *' } as const;
const DAILY = { scheduleType: 'recurring', cronExpression: '0 9 * * *' } as const;
/** Jitter follows from the id of the job, and a picture is to stay as it is. */
const JOB = '0197c1b2-5a2e-7cc0-9d3f-3f5b9f6f4b11';
const MINUTE = 60_000;

/** What schedules there are, and their bounds. */
export async function schedules(teller: Teller): Promise<Record<string, Figure>> {
  return {
    ledger: await ledger(teller),
    'schedule-types': await scheduleTypes(teller),
    'scheduled-past': await scheduledPast(teller),
    bounds: await bounds(teller),
    jitter: await jitter(teller),
    'pause-after-failures': await pauseAfterFailures(teller),
    calendars: await calendars(teller),
  };
}

async function ledger(teller: Teller): Promise<Figure> {
  const { time } = teller;
  const { pause, resume } = pausing(teller);
  const id = await teller.play({
    job: HOURLY,
    from: '7:30',
    until: '13:25',
    deeds: [
      ['9:30', pause],
      ['11:30', resume],
    ],
    ends: { '9:00': 'skipped', '13:00': 'failed' },
    lateBy: { '12:00': 24 },
  });
  const told = inLane(await teller.ledger(id, at('8:00'), time.now + 120 * MINUTE), true);
  return {
    title: 'The ledger of an hourly job',
    description:
      '8:00 ran, 9:00 was skipped because of an overlap, 10:00 and 11:00 are a gap while the job was paused, 12:00 began late, 13:00 failed, 14:00 and 15:00 are to come.',
    axis: clock('8:00', '15:00', 60),
    flags: [{ at: time.now, label: 'now' }],
    lanes: [{ label: '0 * * * *', sub: 'each time, once', ...told }],
  };
}

async function scheduleTypes(teller: Teller): Promise<Figure> {
  const tell = (job: Parameters<Teller['create']>[0]) => teller.tell({ job, from: '9:10', until: '14:10' });
  return {
    title: 'The four types of schedules',
    description:
      'Immediate runs once, now. Scheduled runs once, at its moment. Recurring runs whenever the clocks show a time. Interval runs in even steps.',
    axis: clock('9:00', '14:00', 60, 24),
    flags: [{ at: at('9:10'), label: 'created' }],
    lanes: [
      {
        label: 'immediate',
        ...(await tell({ scheduleType: 'immediate' })),
        note: ['once, as soon as a worker is free'],
      },
      {
        label: 'scheduled',
        ...(await tell({ scheduleType: 'scheduled', scheduledAt: new Date(at('11:15')) })),
        note: ['once, at scheduledAt'],
      },
      {
        label: 'recurring',
        ...(await tell({ scheduleType: 'recurring', cronExpression: '0 */2 * * *' })),
        note: ['0 */2 * * *: when clocks show it'],
      },
      {
        label: 'interval',
        ...(await tell({ scheduleType: 'interval', every: 90 * MINUTE })),
        note: ['every 90 min, from 09:10 on'],
      },
    ],
  };
}

async function scheduledPast(teller: Teller): Promise<Figure> {
  const job = (when: string) => ({ scheduleType: 'scheduled', scheduledAt: new Date(at(when)) }) as const;
  const recent = await teller.tell({
    job: job('9:09:20'),
    from: '9:10',
    until: '9:11',
    hasArrows: true,
  });
  const refusal = await teller
    .tell({ job: job('9:05'), from: '9:10', until: '9:11' })
    .catch((error: unknown) => error);
  if (!(refusal instanceof ChronosError)) throw new Error('A time five minutes ago was taken.');
  return {
    title: 'A moment in the past',
    description: 'A scheduledAt up to a minute in the past runs at once; an earlier one is refused.',
    axis: {
      from: at('9:04:24'),
      to: at('9:11:24'),
      ticks: [-5, -4, -3, -2, -1, 0, 1].map((minute) => [
        at('9:10') + minute * MINUTE,
        minute === 0 ? '0' : `${minute} min`,
      ]),
    },
    flags: [{ at: at('9:10'), label: 'now' }],
    lanes: [
      { label: '40 s ago', ...recent, note: ['a clock that differs: runs at once'] },
      { label: '5 minutes ago', ticks: [at('9:05')], note: ['400: is in the past'] },
    ],
  };
}

async function bounds(teller: Teller): Promise<Figure> {
  const first = { ...HOURLY, startsAt: new Date(at('9:30')), maxRuns: 3 };
  const second = { ...HOURLY, endsAt: new Date(at('11:00')) };
  return {
    title: 'startsAt, endsAt and maxRuns',
    description:
      'An hourly job. With startsAt 9:30 and maxRuns 3 it runs at 10, 12 and 13, since the skipped 11:00 does not count; then it is completed. With endsAt 11:00 the run of 11:00 is its last.',
    axis: clock('8:00', '15:00', 60),
    lanes: [
      {
        label: 'startsAt 09:30',
        sub: 'maxRuns 3',
        ...(await teller.tell({ job: first, from: '7:30', until: '15:10', ends: { '11:00': 'skipped' } })),
        note: ['completed after the third run;', 'what is skipped does not count'],
      },
      {
        label: 'endsAt 11:00',
        ...(await teller.tell({ job: second, from: '7:30', until: '15:10' })),
        note: ['both ends are included'],
      },
    ],
  };
}

async function jitter(teller: Teller): Promise<Figure> {
  const { marks = [] } = await teller.preview(HOURLY, at('9:00'), at('14:00'));
  const times = marks.map(([nominal]) => nominal);
  const due = times
    .slice(0, -1)
    .map((nominal, index) => effectiveTime(JOB, nominal, 600_000, times[index + 1]));
  return {
    title: 'Jitter',
    description:
      'An hourly job with ten minutes of jitter begins a little after each full hour: always by the same for the same hour, never past the next.',
    axis: clock('9:00', '13:00', 60),
    lanes: [
      {
        label: '0 * * * *',
        sub: 'jitter 600000',
        ticks: times.slice(0, -1),
        marks: due.map((ms) => [ms, 'ran']),
        note: ['dueAt is after the nominal', 'time by less than 10 min'],
      },
    ],
  };
}

async function pauseAfterFailures(teller: Teller): Promise<Figure> {
  const failed = ['9:00', '10:00', '12:00', '13:00', '14:00'];
  const id = await teller.play({
    job: { ...HOURLY, pauseAfterFailures: 3 },
    from: '7:30',
    until: '14:30',
    ends: Object.fromEntries(failed.map((time) => [time, 'failed'] as const)),
  });
  return {
    title: 'pauseAfterFailures 3',
    description:
      'A success in between starts the count anew; after three failed executions in a row the job is paused, with the reason.',
    axis: clock('8:00', '16:00', 60),
    flags: [{ at: at('14:20'), label: 'paused' }],
    lanes: [
      {
        label: '0 * * * *',
        ...inLane(await teller.ledger(id, at('8:00'), at('16:00'))),
        note: ['paused: its last 3', 'executions failed'],
      },
    ],
  };
}

async function calendars(teller: Teller): Promise<Figure> {
  await teller.time.clear();
  const day = (days: number) => iso(at(`${days}d 0:00`)).slice(0, 10);
  const holidays = await teller.calendar({
    name: 'Holidays',
    dates: [{ from: day(3), to: day(3), label: 'a holiday' }],
  });
  const weekends = await teller.calendar({
    name: 'Weekends',
    weekly: [{ days: ['SAT', 'SUN'], from: '00:00', to: '24:00' }],
  });
  const week = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const question = { ...DAILY, calendars: [holidays, weekends] };
  return {
    title: 'Two calendars',
    description:
      'A job that runs daily at 9 names a calendar with weekends and one with public holidays: Thursday, Saturday and Sunday are skipped.',
    axis: {
      from: at('0d 0:00'),
      to: at('7d 0:00'),
      ticks: week.map((name, index) => [at(`${index}d 9:00`), name]),
    },
    bands: [
      { from: at('3d 0:00'), to: at('4d 0:00'), label: 'holiday' },
      { from: at('5d 0:00'), to: at('7d 0:00'), label: 'weekend' },
    ],
    lanes: [
      {
        label: '0 9 * * *',
        ...(await teller.preview(question, at('0:00'), at('7d 0:00'))),
        note: ['skipped: blackout, each', 'in the ledger'],
      },
    ],
  };
}
