import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { exitWithParent, reportReady } from './exit-with-parent.js';

class Exit extends Error {}

function fakeProcess(connected: boolean | undefined) {
  const self = Object.assign(new EventEmitter(), {
    connected,
    channel: { unref: vi.fn<() => void>() },
    send: vi.fn<(message: unknown) => boolean>(),
    exit: vi.fn<(code: number) => never>(() => {
      throw new Exit();
    }),
  });
  return self as typeof self & NodeJS.Process;
}

describe('exitWithParent', () => {
  it('does nothing in a process that was not forked', () => {
    const self = fakeProcess(undefined);
    exitWithParent(undefined, 1, self);
    expect(self.listenerCount('disconnect')).toBe(0);
    expect(self.exit).not.toHaveBeenCalled();
  });

  it('stops in order when the parent goes', async () => {
    const self = fakeProcess(true);
    const stopped = new Promise<void>((stop) => exitWithParent(stop, 60_000, self));
    expect(self.channel.unref).toHaveBeenCalledOnce();
    self.emit('disconnect');
    await stopped;
  });

  it('stops when the parent went while we were loading', async () => {
    const self = fakeProcess(false);
    const stop = new Promise<string>((resolve) =>
      exitWithParent(() => resolve('stopped in order'), 60_000, self),
    );
    expect(await stop).toBe('stopped in order');
    expect(self.exit).not.toHaveBeenCalled();
  });

  it('exits at once where there is nothing to stop', () => {
    expect(() => exitWithParent(undefined, 1, fakeProcess(false))).toThrow(Exit);
  });
});

describe('reportReady', () => {
  it.each([
    [true, 1],
    [false, 0],
    [undefined, 0],
  ])('connected %s: sends %i message', (connected, count) => {
    const self = fakeProcess(connected);
    reportReady(self);
    expect(self.send).toHaveBeenCalledTimes(count);
  });
});
