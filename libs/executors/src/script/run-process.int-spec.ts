import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { isGroupAlive } from './leftover-processes.js';
import { runProcess } from './run-process.js';
import { PROCESS_TAG } from './process-tag.js';

function start(line: string, graceMs: number) {
  const stop = new AbortController();
  const groups = new Set<number>();
  const tag = randomUUID();
  let output = '';
  let said: () => void = () => {};
  const heard = new Promise<void>((resolve) => (said = resolve));
  const running = runProcess(
    {
      file: '/bin/sh',
      args: ['-c', line],
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '', [PROCESS_TAG]: tag },
      stdin: '',
      identity: undefined,
      tag,
    },
    {
      signal: stop.signal,
      graceMs,
      onStdout: (chunk) => {
        output += chunk.toString();
        said();
      },
      onStderr: () => {},
      onGroup: (groupId, isAlive) => void (isAlive ? groups.add(groupId) : groups.delete(groupId)),
    },
  );
  return { stop, groups, running, heard, output: () => output };
}

describe('runProcess', () => {
  it('kills a program that ignores SIGTERM once the grace is over', async () => {
    const { stop, groups, running, heard } = start(
      "trap '' TERM; echo ready; while :; do sleep 0.01; done",
      100,
    );
    await heard;
    const [groupId = 0] = [...groups];
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(groups.size).toBe(0);
    await vi.waitFor(async () => expect(await isGroupAlive(groupId)).toBe(false));
  });

  it('gives the members of its group the grace as well', async () => {
    const child =
      "(trap 'sleep 0.03; echo cleaned; exit' TERM; echo ready; while :; do sleep 0.005; done) & wait";
    const { stop, running, heard, output } = start(child, 20_000);
    await heard;
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    expect(output()).toContain('cleaned');
  });

  it('does not take a good end after SIGTERM for success', async () => {
    const { stop, running, heard } = start(
      "trap 'exit 0' TERM; echo ready; while :; do sleep 0.01; done",
      20_000,
    );
    await heard;
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  it('starts nothing after an abort', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const running = runProcess(
      { file: '/bin/true', args: [], cwd: '/', env: {}, stdin: '', identity: undefined, tag: 'x' },
      { signal, graceMs: 1, onStdout() {}, onStderr() {}, onGroup: () => expect.unreachable() },
    );
    await expect(running).rejects.toThrow('enough');
  });
});
