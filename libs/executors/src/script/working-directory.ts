import { realpath, stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import type { ScriptIdentity } from './script-identity.js';
import { ScriptRefused } from './script-refused.js';

/**
 * The real path of a script's working directory: `cwd`, relative to `root` unless absolute, or `root` itself.
 * Symbolic links are resolved before it is compared with `root`, so that none leads out.
 *
 * @throws ScriptRefused when it is no directory, outside of `root`, or closed to `identity`.
 */
export async function workingDirectory(
  root: string,
  cwd: string | undefined,
  identity: ScriptIdentity | undefined,
): Promise<string> {
  const realRoot = await realDirectory(root, 'SCRIPT_ROOT');
  const wanted = resolve(realRoot, cwd ?? '.');
  // Compared first as written: what is outside is not told from what does not exist.
  if (!isWithin(realRoot, wanted) && !isWithin(resolve(root), wanted)) throw outside(realRoot);
  const real = await realDirectory(wanted, 'payload.cwd');
  if (!isWithin(realRoot, real)) throw outside(realRoot);

  const closed = identity && (await firstClosed(real, identity));
  if (closed) {
    throw new ScriptRefused(
      'CWD_INACCESSIBLE',
      `Scripts run as user ${identity.uid} because the worker is root, and that user may not enter ${closed}. Open it (chmod o+x), move SCRIPT_ROOT, or start the worker as another user than root.`,
    );
  }
  return real;
}

async function realDirectory(path: string, name: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined || !(await stat(real)).isDirectory()) {
    throw new ScriptRefused('CWD_NOT_FOUND', `${name} is not a directory on this worker: ${path}`);
  }
  return real;
}

function outside(root: string): ScriptRefused {
  return new ScriptRefused(
    'CWD_OUTSIDE_ROOT',
    `payload.cwd lies outside of SCRIPT_ROOT (${root}); give a directory within it.`,
  );
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path);
}

/** The outermost directory on the way to `path` that the user may not enter, by its mode bits. */
async function firstClosed(path: string, identity: ScriptIdentity): Promise<string | undefined> {
  const parent = dirname(path);
  const above = parent === path ? undefined : await firstClosed(parent, identity);
  if (above) return above;
  const { mode, uid, gid } = await stat(path);
  const mayEnter = uid === identity.uid ? mode & 0o100 : gid === identity.gid ? mode & 0o010 : mode & 0o001;
  return mayEnter ? undefined : path;
}
