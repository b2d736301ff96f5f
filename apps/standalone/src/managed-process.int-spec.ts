import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type TempDir, tempDir, waitFor } from '#testing';
import { ManagedProcess, type ManagedProcessOptions } from './managed-process.js';

let folder: TempDir;

/** Small programs that behave as an app might. */
const PROGRAMS = {
  good: `process.on('SIGTERM', () => { console.log('draining'); process.exit(0); });
         setInterval(() => {}, 1000); process.send({ type: 'ready' }); console.log('up ' + process.pid);`,
  stubborn: `process.on('SIGTERM', () => console.log('no')); setInterval(() => {}, 1000); process.send({ type: 'ready' });`,
  broken: `process.stderr.write('PORT is taken\\n'); process.exitCode = 3;`,
  orphan: `process.on('disconnect', () => process.exit(0)); setInterval(() => {}, 1000); process.send({ type: 'ready' });`,
};

beforeAll(async () => {
  folder = await tempDir('managed');
  for (const [name, source] of Object.entries(PROGRAMS))
    await writeFile(join(folder.path, `${name}.mjs`), source);
});

afterAll(() => folder.remove());

function manage(program: keyof typeof PROGRAMS, options: Partial<ManagedProcessOptions> = {}) {
  const output: string[] = [];
  const notices: string[] = [];
  const managed = new ManagedProcess({
    name: 'worker',
    entry: join(folder.path, `${program}.mjs`),
    env: process.env,
    stopPatienceMs: 10_000,
    onOutput: (line) => output.push(line),
    onNotice: (text) => notices.push(text),
    backoff: { firstMs: 1, mostMs: 4, goodRunMs: 60_000 },
    ...options,
  });
  onTestFinished(() => managed.kill());
  return { managed, output, notices };
}

function pidOf(managed: ManagedProcess): number {
  if (managed.pid === undefined) throw new Error('It does not run.');
  return managed.pid;
}

describe('ManagedProcess', () => {
  it('starts, and stops in order', async () => {
    const { managed, output, notices } = manage('good');
    await managed.start();
    const pid = pidOf(managed);
    await managed.stop();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    await waitFor(() => output.includes('draining'), { what: 'the last words', progress: () => output });
    expect(notices).toEqual([]);
  });

  it('starts a crashed process again, each time after a longer wait', async () => {
    const { managed, notices } = manage('good');
    await managed.start();
    for (let crash = 1; crash <= 4; crash++) {
      const pid = pidOf(managed);
      process.kill(pid, 'SIGKILL');
      const runsAgain = () => notices.filter((text) => text === 'The worker runs again.').length === crash;
      await waitFor(runsAgain, { what: `start ${crash + 1}`, progress: () => notices });
      expect(pidOf(managed)).not.toBe(pid);
    }
    const waits = notices.flatMap(
      (text) => /ended \(SIGKILL\); starting it again in (\d+) ms/.exec(text)?.[1] ?? [],
    );
    expect(waits).toEqual(['1', '2', '4', '4']);
  });

  it('does not start again what never was ready, and passes on what it said', async () => {
    const { managed, notices } = manage('broken');
    await expect(managed.start()).rejects.toThrow('The worker ended while starting (exit code 3).');
    await waitFor(() => notices.length > 0, { what: 'its message' });
    expect(notices).toEqual(['PORT is taken']);
  });

  it('kills what does not stop in time', async () => {
    const { managed, notices } = manage('stubborn', { stopPatienceMs: 50 });
    await managed.start();
    await managed.stop();
    expect(notices).toEqual(['The worker did not stop in time; killing it.']);
  });

  it('can be stopped while it waits for the next start', async () => {
    const { managed, notices } = manage('good', {
      backoff: { firstMs: 3_600_000, mostMs: 3_600_000, goodRunMs: 1 },
    });
    await managed.start();
    process.kill(pidOf(managed), 'SIGKILL');
    await waitFor(() => notices.length > 0, { what: 'the crash to be seen' });
    await managed.stop();
    expect(notices).toHaveLength(1);
  });

  it('can be stopped while it starts', async () => {
    const { managed } = manage('good');
    const refusal = managed.start().catch((error: unknown) => String(error));
    await managed.stop();
    expect(await refusal).toContain('ended while starting');
  });
});
