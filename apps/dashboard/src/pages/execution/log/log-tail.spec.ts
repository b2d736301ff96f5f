import { describe, expect, it } from 'vitest';
import type { ExecutionEvent, FollowOptions, LogLineDto } from '#client';
import { logRows, logText } from './log-rows.js';
import { type LogSnapshot, LogTail } from './log-tail.js';

function line(message: string, fields: Partial<LogLineDto> = {}): ExecutionEvent {
  const data: LogLineDto = {
    id: message,
    executionId: 'one',
    attempt: 1,
    level: 'info',
    message,
    data: null,
    loggedAt: '2030-01-01T12:00:00.000Z',
    ...fields,
  };
  return { event: 'log', data };
}

const OVER: ExecutionEvent = { event: 'end', data: { reason: 'execution_over' } };

type Step = ExecutionEvent | ((options: FollowOptions) => void);

/** A tail that has been told these, and its state once it says it is over. */
async function tailOf(steps: Step[], { count = 0, maxLines = 1_000 } = {}): Promise<LogSnapshot> {
  const tail = new LogTail(
    {
      async *follow(options) {
        for (const step of steps) {
          if (typeof step === 'function') step(options);
          else yield step;
        }
      },
      count: () => Promise.resolve(count),
      onStatus: () => undefined,
    },
    maxLines,
    2,
  );
  return new Promise((resolve) => {
    tail.watch(() => {
      if (!['over', 'failed', 'withdrawn'].includes(tail.snapshot().state)) return;
      tail.stop();
      resolve(tail.snapshot());
    });
    tail.start();
  });
}

const ALL = { attempt: undefined, level: undefined, needle: '' };

function told(log: LogSnapshot, filter = {}): string[] {
  return logRows(log, { ...ALL, ...filter }).rows.map((row) => {
    if (row.kind === 'line') return `${row.line.number} ${row.line.plain}`;
    return row.kind === 'attempt' ? `attempt ${row.attempt}` : 'break';
  });
}

describe('a log that is followed', () => {
  it('has its lines in order, with numbers, and says when it is over', async () => {
    const log = await tailOf([({ onOpened }) => onOpened?.(), line('one'), line('two'), OVER], { count: 2 });
    expect(log).toMatchObject({ state: 'over', missing: 0, dropped: 0 });
    expect(told(log)).toEqual(['1 one', '2 two']);
  });

  it('shows where the connection was lost', async () => {
    const lost: Step = ({ onLost, onOpened }) => {
      onLost?.('cut');
      onOpened?.();
    };
    expect(told(await tailOf([line('one'), lost, line('two'), OVER]))).toEqual(['1 one', 'break', '2 two']);
  });

  it('says how many lines it was not sent', async () => {
    expect(await tailOf([line('one'), OVER], { count: 4 })).toMatchObject({ missing: 3 });
  });

  it('keeps the newest lines and their numbers where there are too many', async () => {
    const log = await tailOf([...['a', 'b', 'c', 'd'].map((message) => line(message)), OVER], {
      maxLines: 3,
      count: 4,
    });
    expect(log).toMatchObject({ dropped: 2, missing: 0 });
    expect(told(log)).toEqual(['3 c', '4 d']);
  });

  it.each([
    ['execution_withdrawn', 'withdrawn'],
    ['session_ended', 'failed'],
  ])('that ends with %s is %s', async (reason, state) => {
    expect(await tailOf([{ event: 'end', data: { reason } }])).toMatchObject({ state });
  });
});

it('a log that is let go of is read on after its last line', async () => {
  const asked: (string | undefined)[] = [];
  const tail = new LogTail({
    async *follow({ lastEventId, signal }) {
      asked.push(lastEventId);
      if (lastEventId === undefined) {
        yield line('one');
        yield line('two');
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      } else {
        yield line('three');
        yield OVER;
      }
    },
    count: () => Promise.resolve(3),
    onStatus: () => undefined,
  });
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      const end = tail.watch(() => {
        if (!isSo()) return;
        end();
        resolve();
      });
    });
  tail.start();
  await until(() => tail.snapshot().lines.length === 2);
  tail.pause();
  tail.resume();
  await until(() => tail.snapshot().state === 'over');
  tail.stop();
  expect(asked).toEqual([undefined, 'two']);
  expect(told(tail.snapshot())).toEqual(['1 one', '2 two', '3 three']);
});

describe('the rows of a log', () => {
  const some = () =>
    tailOf([
      line('starting'),
      line('\u001b[31mBroken\u001b[0m pipe', { level: 'error' }),
      line('again', { attempt: 2, level: 'debug', data: { try: 2 } }),
      line('pipe mended', { attempt: 2 }),
      OVER,
    ]);

  it('tell where another attempt begins', async () => {
    expect(told(await some())).toEqual([
      '1 starting',
      '2 Broken pipe',
      'attempt 2',
      '3 again',
      '4 pipe mended',
    ]);
  });

  it.each([
    [{ attempt: 2 }, ['attempt 2', '3 again', '4 pipe mended']],
    [{ level: 'info' }, ['1 starting', '2 Broken pipe', 'attempt 2', '4 pipe mended']],
    [{ level: 'error' }, ['2 Broken pipe']],
  ])('are left out by %j, and keep their numbers', async (filter, rows) => {
    expect(told(await some(), filter)).toEqual(rows);
  });

  it('are found by what they say, without their colours', async () => {
    const { rows, hits } = logRows(await some(), { ...ALL, needle: 'pipe' });
    expect(hits.map((hit) => rows[hit])).toMatchObject([{ line: { number: 2 } }, { line: { number: 4 } }]);
    expect(logRows(await some(), { ...ALL, needle: '[31m' }).hits).toEqual([]);
  });

  it('are saved as text', async () => {
    const text = logText(logRows(await some(), { ...ALL, attempt: 2 }).rows);
    expect(text).toBe(
      '--- attempt 2\n' +
        '2030-01-01T12:00:00.000Z DEBUG again {"try":2}\n' +
        '2030-01-01T12:00:00.000Z INFO  pipe mended\n',
    );
  });
});
