import { clockOf } from './clock.js';
import type { Axis, Figure, Lane } from './draw.js';
import type { Teller } from './teller.js';

interface Change {
  zone: string;
  /** The first time shown. */
  from: string;
  hours: number;
  /** When clocks change. */
  change: string;
  label: string;
  stepMinutes?: number;
}

const PARIS_SPRING: Change = {
  zone: 'Europe/Paris',
  from: '2026-03-29T00:00+01:00',
  hours: 4,
  change: '2026-03-29T01:00Z',
  label: 'clocks go forward',
};
const PARIS_AUTUMN: Change = {
  zone: 'Europe/Paris',
  from: '2026-10-25T01:00+02:00',
  hours: 4,
  change: '2026-10-25T01:00Z',
  label: 'clocks go back',
};
const NEW_YORK_SPRING: Change = {
  zone: 'America/New_York',
  from: '2026-03-08T00:00-05:00',
  hours: 4,
  change: '2026-03-08T07:00Z',
  label: 'clocks go forward',
};
const NEW_YORK_AUTUMN: Change = {
  zone: 'America/New_York',
  from: '2026-11-01T00:00-04:00',
  hours: 4,
  change: '2026-11-01T06:00Z',
  label: 'clocks go back',
};
const LORD_HOWE: Change = {
  zone: 'Australia/Lord_Howe',
  from: '2026-10-04T01:00+10:30',
  hours: 2.5,
  change: '2026-10-03T15:30Z',
  label: 'clocks go forward 30 min',
  stepMinutes: 30,
};

/** A lane, and the policies its marks come from. */
type Asked = Omit<Lane, 'label'> & {
  label?: string;
  cron: string;
  dstGap?: 'shift' | 'skip';
  dstOverlap?: 'first' | 'both';
};

/** What becomes of times that clocks leave out or show twice. */
export async function daylightSaving(teller: Teller): Promise<Record<string, Figure>> {
  const around = async (change: Change, words: Words, lanes: Asked[]): Promise<Figure> => {
    const from = Date.parse(change.from);
    const to = from + change.hours * 3_600_000;
    const step = change.stepMinutes ?? 60;
    const axis = { ...clockOf(change.zone, from, to, step, step * 0.42), name: 'clocks show' };
    return figure(teller, change, words, axis, lanes);
  };
  return {
    'dst-gap': await around(
      PARIS_SPRING,
      {
        title: 'dstGap: a time that does not exist',
        description:
          'Paris, 29 March 2026: at 02:00 clocks go forward to 03:00. A job at 02:30 runs at 03:30 under shift and not at all under skip.',
      },
      [
        { label: 'shift', sub: '30 2 * * *', cron: '30 2 * * *', note: ['03:30 for 02:30'] },
        {
          label: 'skip',
          sub: '30 2 * * *',
          cron: '30 2 * * *',
          dstGap: 'skip',
          note: ['skipped: dst_gap'],
        },
        { cron: '30 2,3 * * *', sub: 'shift', note: ['02:30 lands on 03:30,', 'where one is due: one run'] },
      ],
    ),
    'dst-overlap': await around(
      PARIS_AUTUMN,
      {
        title: 'dstOverlap: a time that comes twice',
        description:
          'Paris, 25 October 2026: at 03:00 clocks go back to 02:00. A job at 02:30 runs the first time under first and each time under both.',
      },
      [
        { label: 'first', sub: '30 2 * * *', cron: '30 2 * * *', note: ['02:30 summer time'] },
        {
          label: 'both',
          sub: '30 2 * * *',
          cron: '30 2 * * *',
          dstOverlap: 'both',
          note: ['summer and winter time'],
        },
      ],
    ),
    'dst-elapsed': await around(
      NEW_YORK_SPRING,
      {
        title: 'Hours that follow elapsed time, in spring',
        description:
          'New York, 8 March 2026: at 02:00 clocks go forward to 03:00. An hourly job runs each real hour. One for every other hour has no 02:00 and waits for 04:00.',
      },
      [
        { cron: '0 * * * *', note: ['each real hour: 23 this day'] },
        { cron: '0 */2 * * *', note: ['clocks show no 02:00'] },
      ],
    ),
    'dst-elapsed-back': await around(
      NEW_YORK_AUTUMN,
      {
        title: 'Hours that follow elapsed time, in autumn',
        description:
          'New York, 1 November 2026: at 02:00 clocks go back to 01:00. An hourly job runs each real hour; one for odd hours runs both times clocks show 01:00.',
      },
      [
        { cron: '0 * * * *', note: ['each real hour: 25 this day'] },
        { cron: '0 1-23/2 * * *', note: ['01:00 comes twice'] },
      ],
    ),
    'dst-half-hour': await around(
      LORD_HOWE,
      {
        title: 'Half an hour',
        description:
          'Lord Howe, 4 October 2026: clocks go forward by half an hour at 02:00. 02:15 runs at 02:45; an hourly job waits an hour and a half for the next full hour.',
      },
      [
        { cron: '15 2 * * *', sub: 'shift', note: ['02:45 for 02:15'] },
        { cron: '0 * * * *', note: ['when clocks show it: there', 'is no 02:00 this day'] },
      ],
    ),
    'dst-missing-day': await missingDay(teller),
  };
}

function missingDay(teller: Teller): Promise<Figure> {
  const change = { zone: 'Pacific/Apia', change: '2011-12-30T10:00Z', label: 'no 30 December' };
  const [from, to] = [Date.parse('2011-12-28T19:00Z'), Date.parse('2011-12-31T19:00Z')];
  const room = 11 * 3_600_000;
  const labels = ['28 Dec', '29 Dec', '31 Dec', '1 Jan'];
  const axis: Axis = {
    from: from - room,
    to: to + room,
    ticks: labels.map((label, index) => [from + index * 86_400_000, label]),
    name: 'clocks show',
  };
  const words = {
    title: 'Apia left out a day',
    description:
      'Apia had no 30 December 2011. A job at 9 each day ran once on the 31st, for both days; one on each 30th ran on the 31st under shift, and is skipped under skip.',
  };
  return figure(teller, change, words, axis, [
    { cron: '0 9 * * *', sub: 'shift', note: ['two nominal times on one', 'instant: one run'] },
    { cron: '0 9 30 * *', sub: 'shift', note: ['on the 31st'] },
    { cron: '0 9 30 * *', sub: 'skip', dstGap: 'skip', note: ['skipped: dst_gap'] },
  ]);
}

type Words = Pick<Figure, 'title' | 'description'>;

async function figure(
  teller: Teller,
  { zone, change, label }: Pick<Change, 'zone' | 'change' | 'label'>,
  words: Words,
  axis: Axis,
  asked: Asked[],
): Promise<Figure> {
  const lanes: Lane[] = [];
  for (const { cron, dstGap, dstOverlap, ...lane } of asked) {
    const question = { cronExpression: cron, timezone: zone, dstGap, dstOverlap };
    lanes.push({ label: cron, ...lane, ...(await teller.preview(question, axis.from, axis.to)) });
  }
  return { ...words, axis, flags: [{ at: Date.parse(change), label }], lanes };
}
