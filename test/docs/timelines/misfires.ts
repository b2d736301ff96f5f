import type { JobPatch } from '#jobs';
import { at, clock } from './clock.js';
import type { Figure, Lane } from './draw.js';
import type { Teller } from './teller.js';

const HOURLY = { scheduleType: 'recurring', cronExpression: '0 * * * *' } as const;

/** What happens when something did not run at its time. */
export async function misfires(teller: Teller): Promise<Record<string, Figure>> {
  return {
    misfire: await policies(teller),
    'misfire-threshold': await threshold(teller),
    pacing: await pacing(teller),
  };
}

async function policies(teller: Teller): Promise<Figure> {
  const lane = async (label: string, patch: JobPatch, note: string[], sub?: string): Promise<Lane> => ({
    label,
    ...(sub !== undefined && { sub }),
    ...(await teller.tell({
      job: { ...HOURLY, ...patch },
      from: '10:30',
      until: '16:10',
      deeds: [
        ['11:50', 'down'],
        ['15:10', 'up'],
      ],
    })),
    note,
  });
  return {
    title: 'Misfire policies after an outage',
    description:
      'An hourly job, nothing running from 11:50 to 15:10. fire_once runs 15:00 and misses the others; fire_all runs all four; skip runs none of them; a catch-up window of 90 minutes leaves 14:00 and 15:00.',
    axis: clock('11:00', '16:00', 60, 24),
    bands: [{ from: at('11:50'), to: at('15:10'), label: 'nothing runs' }],
    lanes: [
      await lane('fire_once', { misfirePolicy: 'fire_once' }, ['the latest, at 15:10']),
      await lane('fire_all', { misfirePolicy: 'fire_all' }, ['all four, from 15:10 on,', 'a second apart']),
      await lane('skip', { misfirePolicy: 'skip' }, ['none']),
      await lane(
        'fire_all',
        { misfirePolicy: 'fire_all', catchupWindow: 90 * 60_000 },
        ['12:00 and 13:00 are older:', 'missed: catchup_window'],
        'window 90 min',
      ),
    ],
  };
}

async function threshold(teller: Teller): Promise<Figure> {
  const job = { ...HOURLY, misfirePolicy: 'skip' } as const;
  const backAt = (time: string) =>
    teller.tell({
      job,
      from: '11:30',
      until: '12:10',
      hasArrows: true,
      deeds: [
        ['11:50', 'down'],
        [time, 'up'],
      ],
    });
  return {
    title: 'Late, and too late',
    description:
      'What begins within MISFIRE_THRESHOLD_MS of its time, 60 seconds, is late and runs. After that it is a misfire, about which the policy decides.',
    axis: {
      from: at('11:59:48'),
      to: at('12:02:12'),
      ticks: [0, 30, 60, 90, 120].map((second) => [
        at('12:00') + second * 1_000,
        second === 0 ? 'its time' : `${second} s`,
      ]),
    },
    flags: [{ at: at('12:01'), label: 'MISFIRE_THRESHOLD_MS' }],
    lanes: [
      {
        label: 'a worker is back',
        sub: 'after 40 s',
        ...(await backAt('12:00:40')),
        note: ['runs, 40 s late'],
      },
      {
        label: 'a worker is back',
        sub: 'after 2 min',
        ...(await backAt('12:02')),
        note: ['a misfire: misfirePolicy,', 'here skip'],
      },
    ],
  };
}

async function pacing(teller: Teller): Promise<Figure> {
  const job = { ...HOURLY, misfirePolicy: 'fire_all' } as const;
  const ids: string[] = [];
  const another = async () => ids.push(await teller.create(job));
  ids.unshift(
    await teller.play({
      job,
      from: '6:30',
      until: '11:30',
      deeds: [
        ['6:40', 'down'],
        ['8:30', another],
        ['9:30', another],
        ['11:10', 'up'],
      ],
    }),
  );
  const due = (id: string) =>
    teller.rows<{ due_at: Date }>('SELECT due_at FROM executions WHERE job_id = $1 AND due_at > $2', [
      id,
      new Date(at('11:09')),
    ]);
  const lanes: Lane[] = [];
  for (const [index, id] of ids.entries()) {
    const rows = await due(id);
    lanes.push({
      label: `job ${'ABC'.charAt(index)}`,
      sub: `${rows.length} missed`,
      marks: rows.map(({ due_at }) => [due_at.getTime(), 'ran']),
      note: [['one a second'], ['beside each other, never', 'more than CATCHUP_PER_SECOND'], ['']][index],
    });
  }
  return {
    title: 'Catching up is paced',
    description:
      'After an outage each job catches up with one occurrence a second, and all jobs together with no more than CATCHUP_PER_SECOND.',
    axis: {
      from: at('11:10') - 600,
      to: at('11:10') + 5_400,
      ticks: [0, 1, 2, 3, 4, 5].map((second) => [at('11:10') + second * 1_000, `+${second} s`]),
    },
    flags: [{ at: at('11:10'), label: 'workers are back' }],
    lanes,
  };
}
