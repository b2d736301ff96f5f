import { spawnSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TempDir, tempDir } from '#testing';
import { DirectoryLockedError, lockDirectory } from './directory-lock.js';

let folder: TempDir;

beforeEach(async () => {
  folder = await tempDir('lock');
});

afterEach(() => folder.remove());

const lockText = () => readFile(join(folder.path, 'lock'), 'utf8');

async function leaveLock(holder: object): Promise<void> {
  await writeFile(join(folder.path, 'lock'), JSON.stringify(holder));
}

/** The pid of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('lockDirectory', () => {
  it('refuses a second holder and says who holds it since when', async () => {
    const release = await lockDirectory(folder.path);
    const { since } = JSON.parse(await lockText()) as { since: string };
    const second = lockDirectory(folder.path);
    await expect(second).rejects.toThrow(DirectoryLockedError);
    await expect(second).rejects.toThrow(`process ${process.pid}, since ${since}`);
    await release();
  });

  it('is free again after the release', async () => {
    await (
      await lockDirectory(folder.path)
    )();
    expect(await readdir(folder.path)).toEqual([]);
    await (
      await lockDirectory(folder.path)
    )();
  });

  it.each([
    ['a dead process', () => ({ pid: deadPid(), since: '2026-01-01', token: 'a', processStart: 'x' })],
    [
      'another process with a pid used again',
      () => ({ pid: process.pid, since: '', token: 'a', processStart: 'x' }),
    ],
    ['nobody (torn by a power cut)', () => ({})],
  ])('takes over the lock of %s', async (_whose, holder) => {
    await leaveLock(holder());
    const release = await lockDirectory(folder.path);
    expect(JSON.parse(await lockText())).toMatchObject({ pid: process.pid });
    await release();
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('lets exactly one of many take over a stale lock', async () => {
    await leaveLock({ pid: deadPid(), since: '2026-01-01', token: 'a' });
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(folder.path)));
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual(['lock']);
  });
});
