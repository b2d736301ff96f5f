import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pinoHttp } from 'pino-http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempDir, type TempDir, waitFor } from '#testing';
import { loggerOptions } from '../logging.js';
import { LogFiles } from './log-files.js';

const line = (fields: Record<string, unknown>) => `${JSON.stringify(fields)}\n`;

describe('the log files', () => {
  let folder: TempDir;
  let dir: string;
  let files: LogFiles | undefined;
  let now: number;

  beforeEach(async () => {
    folder = await tempDir();
    dir = join(folder.path, 'made', 'when-needed');
    now = Date.parse('2026-11-23T23:59:59.000Z');
    files = new LogFiles({ dir, keepDays: 2, now: () => now });
  });
  afterEach(async () => {
    files?.close();
    await folder.remove();
  });

  const write = (...lines: string[]) => {
    for (const each of lines) files?.write(each);
    files?.close();
  };
  const read = (name: string) => readFile(join(dir, name), 'utf8');

  it('are named as the requirements say, each with its lines', async () => {
    const plain = line({ level: 'info', msg: 'plain' });
    const error = line({ level: 'error', msg: 'wrong' });
    const fatal = line({ level: 'fatal', msg: 'worse' });
    const job = line({ level: 'info', msg: 'ran', executionId: 'x', jobId: 'j' });
    const quote = line({ level: 'info', msg: 'he wrote "executionId":"x" and {"level":"error"}' });
    write(plain, error, fatal, job, quote);
    expect(await readdir(dir)).toEqual([
      'chronos-2026-11-23.log',
      'error-2026-11-23.log',
      'jobs-2026-11-23.log',
    ]);
    expect(await read('chronos-2026-11-23.log')).toBe(plain + error + fatal + job + quote);
    expect(await read('error-2026-11-23.log')).toBe(error + fatal);
    expect(await read('jobs-2026-11-23.log')).toBe(job);
  });

  it('know the lines of our loggers by level and job', async () => {
    const options = loggerOptions({ log: { level: 'info', dir } }, 'worker');
    const { logger } = pinoHttp(options, { write: (each) => files?.write(each) });
    logger.error({ context: 'Settle', executionId: 'x' }, 'wrong');
    logger.info({ requestId: 'r' }, 'asked');
    files?.close();
    const messages = async (kind: string) =>
      (await read(`${kind}-2026-11-23.log`))
        .trimEnd()
        .split('\n')
        .map((each) => (JSON.parse(each) as { msg: string }).msg);
    expect([await messages('chronos'), await messages('error'), await messages('jobs')]).toEqual([
      ['wrong', 'asked'],
      ['wrong'],
      ['wrong'],
    ]);
  });

  it('change at midnight, UTC', async () => {
    files?.write('before\n');
    await waitFor(() => read('chronos-2026-11-23.log'), { what: 'the first file' });
    now += 1_000;
    files?.write('after\n');
    await waitFor(() => read('chronos-2026-11-24.log'), { what: 'the next file' });
    expect([await read('chronos-2026-11-23.log'), await read('chronos-2026-11-24.log')]).toEqual([
      'before\n',
      'after\n',
    ]);
  });

  it('go when they are past keeping, and nothing else goes', async () => {
    await mkdir(dir, { recursive: true });
    const kept = ['chronos-2026-11-21.log', 'mine-2020-01-01.log', 'chronos-2020-01-01.log.gz', 'notes.txt'];
    for (const name of [...kept, 'chronos-2026-11-20.log', 'error-2025-12-31.log', 'jobs-2026-01-01.log']) {
      await writeFile(join(dir, name), '');
    }
    files?.write('x\n');
    const left = [...kept, 'chronos-2026-11-23.log'].toSorted();
    await waitFor(async () => (await readdir(dir)).length === left.length, {
      what: 'old files to go',
      progress: () => readdir(dir),
    });
    expect((await readdir(dir)).toSorted()).toEqual(left);
  });

  it('cost their lines where they cannot be written, not the process', async () => {
    await mkdir(folder.path, { recursive: true });
    await writeFile(join(folder.path, 'made'), 'a file where a folder should be');
    expect(() => write('lost\n')).not.toThrow();
  });

  it('hold whole lines, whoever writes at the same time', async () => {
    const path = join(folder.path, 'chronos-2026-11-23.log');
    // Four processes, each as a logger does it: one write a turn on a file opened for appending.
    const script = `
      const { openSync, writeSync } = require('node:fs');
      const file = openSync(process.argv[1], 'a');
      for (let turn = 0; turn < 200; turn += 1) {
        const text = process.argv[2].repeat(500 + turn);
        writeSync(file, JSON.stringify({ text }) + '\\n' + JSON.stringify({ text }) + '\\n');
      }`;
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((letter) =>
        once(spawn(process.execPath, ['-e', script, path, letter], { stdio: 'inherit' }), 'exit'),
      ),
    );
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    const texts = lines.map((each) => (JSON.parse(each) as { text: string }).text);
    expect(texts).toHaveLength(4 * 200 * 2);
    expect(texts.filter((text) => new Set(text).size !== 1)).toEqual([]);
  });
});
