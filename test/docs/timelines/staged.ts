import type { Axis, Figure } from './draw.js';

const END = 782;
/** The overlap policies: due then, and each run takes 22. */
const DUE = [720, 730, 740, 750, 760, 770];

/** Minutes since midnight as clocks show them. */
function minutes(from: number, to: number, room: number, ...ticks: number[]): Axis {
  const label = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  return { from: from - room, to: to + room, ticks: ticks.map((minute) => [minute, label(minute)]) };
}

function seconds(from: number, to: number, ...ticks: number[]): Axis {
  return { from, to, ticks: ticks.map((second) => [second, second === 0 ? '0' : `${second} s`]) };
}

/**
 * What goes on between workers and within a run: laid out by hand, since it happens in real time. The tests of each are in
 * docs/semantics-tests.md.
 */
export const STAGED: Record<string, Figure> = {
  overlap: {
    title: 'Overlap policies',
    description:
      'Due every ten minutes, each run takes 22. skip runs 12:00 and 12:30. buffer_one keeps one waiting, buffer_all all of them. cancel_other tells the earlier one to end, terminate_other ends it at once. allow_all runs them side by side, at most two here.',
    axis: minutes(716, END, 0, ...DUE),
    lanes: [
      {
        label: 'skip',
        bars: [
          [720, 742, 'run'],
          [750, 772, 'run'],
        ],
        marks: [730, 740, 760, 770].map((minute) => [minute, 'skipped']),
        note: ['what comes due meanwhile', 'is skipped'],
      },
      {
        label: 'buffer_one',
        bars: [
          [720, 741.6, 'run'],
          [742, 763.6, 'run'],
          [764, END, 'run'],
        ],
        stacked: [
          [730, 742, 'wait', 12],
          [750, 764, 'wait', 12],
          [770, END, 'wait', 12],
        ],
        marks: [740, 760].map((minute) => [minute, 'skipped']),
        note: ['one waits; what comes due', 'then is skipped'],
      },
      {
        label: 'buffer_all',
        height: 58,
        stacked: [
          [720, 741.6, 'run', -12],
          [742, 763.6, 'run', -12],
          [764, END, 'run', -12],
          [730, 742, 'wait', 0],
          [740, 764, 'wait', 6],
          [750, END, 'wait', 12],
          [760, END, 'wait', 18],
          [770, END, 'wait', 24],
        ],
        note: ['all wait, and run in the', 'order of their times'],
      },
      {
        label: 'cancel_other',
        bars: DUE.map((minute, index) =>
          minute === 770 ? [minute + 1.5, END, 'run'] : [minute + (index && 1.5), minute + 11, 'cut'],
        ),
        note: ['told to end, has 5 s; then', 'the new one starts'],
      },
      {
        label: 'terminate_other',
        bars: DUE.map((minute) => (minute === 770 ? [minute, END, 'run'] : [minute, minute + 9.6, 'cut'])),
        note: ['ended at once, and the', 'new one starts'],
      },
      {
        label: 'allow_all',
        sub: 'maxConcurrency 2',
        height: 58,
        stacked: [
          [720, 741.6, 'run', -12],
          [742, 763.6, 'run', -12],
          [764, END, 'run', -12],
          [730, 751.6, 'run', 2],
          [752, 773.6, 'run', 2],
          [774, END, 'run', 2],
          [740, 742, 'wait', 14],
          [750, 752, 'wait', 14],
          [760, 764, 'wait', 14],
          [770, 774, 'wait', 14],
        ],
        note: ['side by side; with', 'maxConcurrency others wait'],
      },
    ],
  },
  'retry-chain': {
    title: 'A retry chain is one execution',
    description:
      'The execution of 12:00 fails twice and succeeds at its third attempt, at 12:07. Until then it is not over: 12:05 is skipped.',
    axis: minutes(720, 735, 1, 720, 725, 730, 735),
    lanes: [
      {
        label: '*/5 * * * *',
        sub: 'skip',
        ticks: [720, 725, 730, 735],
        bars: [
          [720, 720.6, 'fail', '1'],
          [720.6, 722.6, 'retry'],
          [722.6, 723.2, 'fail', '2'],
          [723.2, 726.4, 'retry'],
          [726.4, 727.2, 'run', '3'],
          [730, 730.7, 'run'],
          [735, 735.7, 'run'],
        ],
        marks: [[725, 'skipped']],
        note: ['one execution until its', 'last attempt ends'],
      },
    ],
  },
  timeouts: {
    title: 'A time-out bounds an attempt',
    description:
      'With timeout 30000 an attempt that hangs is ended after 30 seconds as timed_out and tried again after 5, 25 and 125 seconds like any failure.',
    axis: seconds(-6, 160, 0, 30, 60, 90, 120, 150),
    lanes: [
      {
        label: 'timeout 30 s',
        sub: 'maxRetries 2',
        bars: [
          [0, 30, 'fail', 'attempt 1'],
          [30, 35, 'retry'],
          [35, 65, 'fail', 'attempt 2'],
          [65, 90, 'retry'],
          [90, 112, 'run', 'attempt 3'],
        ],
        note: ['timed_out counts as a', 'failure: 5 s, then 25 s'],
      },
    ],
    legend: { fail: 'running, then timed out' },
  },
  lease: {
    title: 'A worker dies',
    description:
      'A worker is killed 20 seconds into a run. Its lease ends at the latest 30 seconds after it was last renewed; then another worker takes the execution over. The result is recorded once.',
    axis: seconds(-4, 84, 0, 20, 40, 60, 80),
    flags: [{ at: 20, label: 'kill -9' }],
    lanes: [
      { label: 'worker A', bars: [[0, 20, 'cut']], note: ['renews its lease as it runs'] },
      {
        label: 'worker B',
        gaps: [[20, 47, 'lease']],
        bars: [[51, 76, 'run']],
        note: ['takes over; what A might', 'still say is refused'],
      },
    ],
    legend: { gap: 'nobody runs it', cut: 'killed' },
  },
  shutdown: {
    title: 'A worker is told to stop',
    description:
      'On SIGTERM a worker takes nothing new. What ends within SHUTDOWN_GRACE_MS, 25 seconds, is recorded as usual; the rest is handed back and run elsewhere at once, its attempt unspent.',
    axis: seconds(-22, 62, -20, 0, 20, 40, 60),
    flags: [
      { at: 0, label: 'SIGTERM' },
      { at: 25, label: 'grace is over' },
    ],
    lanes: [
      { label: 'worker A', sub: 'a short run', bars: [[-12, 14, 'run']], note: ['finishes'] },
      {
        label: 'worker A',
        sub: 'a long run',
        bars: [[-15, 25, 'cut']],
        note: ['handed back,', 'attempt unspent'],
      },
      { label: 'worker B', bars: [[26, 58, 'run']], note: ['begins it again at once'] },
    ],
  },
  'pause-planned': {
    title: 'A pause takes back what is planned',
    description:
      'A pause takes effect for all that has not begun, also what a planner holds and what waits in the queue. What runs goes on to its end.',
    axis: seconds(-3, 22, 0, 5, 10, 15, 20),
    flags: [{ at: 8, label: 'pause' }],
    lanes: [
      { label: 'has begun', bars: [[2, 18, 'run']], note: ['runs to its end'] },
      { label: 'in the queue', bars: [[5, 8, 'wait']], marks: [[8, 'held']], note: ['taken back'] },
      { label: 'held by a planner', marks: [[10, 'held']], note: ['taken back'] },
    ],
  },
  'edit-running': {
    title: 'An edit while a run is under way',
    description:
      'A run keeps the payload and the rules it began with over all its retries; the next one has the new ones.',
    axis: seconds(-2, 34, 0, 10, 20, 30),
    flags: [{ at: 8, label: 'edit' }],
    lanes: [
      {
        label: 'first run',
        bars: [
          [0, 12, 'fail', 'version 1'],
          [12, 17, 'retry'],
          [17, 27, 'run', 'version 1'],
        ],
        note: ['the snapshot it began with'],
      },
      { label: 'next run', bars: [[28.5, 34, 'run', 'version 2']], note: ['the new definition'] },
    ],
  },
  cancel: {
    title: 'Cancelling',
    description:
      'Cancelling an execution signals its executor, which has five seconds to end; then it is killed. Cancelling a job ends it for good, with what it has running.',
    axis: seconds(-3, 15, 0, 5, 10),
    flags: [{ at: 0, label: 'cancel' }],
    lanes: [
      { label: 'obeys', bars: [[-3, 2, 'cut']], note: ['cancelled, in its own time'] },
      { label: 'does not obey', bars: [[-3, 5, 'cut']], note: ['killed after 5 s'] },
    ],
  },
  'zone-data': {
    title: 'Zone data that come late',
    description:
      'A daily job at 9. Clocks changed on Sunday, but the zone data of Node did not know: it runs an hour early from Monday to Wednesday. Node is upgraded: from Thursday on it runs at 9. What ran stays as it is.',
    axis: {
      from: -110,
      to: 4 * 240 + 70,
      ticks: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].map((day, index) => [index * 240, `${day} 9:00`]),
      name: 'clocks show',
    },
    flags: [{ at: 2 * 240 + 100, label: 'Node is upgraded' }],
    lanes: [
      {
        label: '0 9 * * *',
        sub: 'by the old data',
        marks: [0, 240, 480].map((x) => [x - 60, 'ran']),
        ticks: [720 - 60, 960 - 60],
        note: ['what ran by them stays in', 'the ledger as it was'],
      },
      {
        label: '0 9 * * *',
        sub: 'by the new data',
        marks: [720, 960].map((x) => [x, 'forecast']),
        note: ['told by GET /schedules/', 'zone-changes'],
      },
    ],
    legend: { nominal: 'would have run' },
  },
};
