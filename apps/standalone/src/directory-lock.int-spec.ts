import { spawnSync } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TempDir, tempDir } from '#testing';
import { claimName, DirectoryLockedError, lockDirectory, type LockHolder } from './directory-lock.js';

let folder: TempDir;

beforeEach(async () => {
  folder = await tempDir('lock');
});

afterEach(() => folder.remove());

async function leaveClaim(holder: Partial<LockHolder>): Promise<void> {
  const name = claimName({ since: Date.now() - 1_000, pid: process.pid, processStart: '', ...holder });
  await writeFile(join(folder.path, name), '');
}

/** The pid of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

describe('lockDirectory', () => {
  it('refuses a second holder and says who holds it since when', async () => {
    const release = await lockDirectory(folder.path);
    const second = lockDirectory(folder.path);
    await expect(second).rejects.toThrow(DirectoryLockedError);
    await expect(second).rejects.toThrow(`process ${process.pid}, since 20`);
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
    ['a dead process', () => ({ pid: deadPid() })],
    ['another process with a pid used again', () => ({ processStart: 'another-boot_1' })],
  ])('takes over the lock of %s', async (_whose, holder) => {
    await leaveClaim(holder());
    const release = await lockDirectory(folder.path);
    expect(await readdir(folder.path)).toHaveLength(1);
    await release();
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('gives way to a holder whose claim is from later, by a clock that was set back', async () => {
    await leaveClaim({ since: Date.now() + 86_400_000 });
    await expect(lockDirectory(folder.path)).rejects.toThrow(DirectoryLockedError);
    expect(await readdir(folder.path)).toHaveLength(1);
  });

  it('lets exactly one of many take over a stale lock', async () => {
    await leaveClaim({ pid: deadPid() });
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => lockDirectory(folder.path)));
    expect(all.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder.path)).toHaveLength(1);
  });
});
