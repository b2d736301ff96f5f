import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Account {
  uid: number;
  gid: number;
}

/** How to start a program of PostgreSQL on this machine. */
export interface Launcher {
  /** The unprivileged account PostgreSQL runs as; undefined: our own. */
  account: Account | undefined;
  /** Puts the program and its arguments into the form to spawn. */
  command(program: string, args: string[]): { file: string; args: string[]; options: Partial<Account> };
}

/**
 * PostgreSQL refuses to run as root, so root starts it as the system user `postgres`, made when it is not there.
 * With `setpriv` of util-linux the server also ends when we are killed, and reaches its files below folders that
 * only root may enter, such as a clone in `/root` or in one made by `mktemp -d`.
 *
 * @throws Error that says what to do when there is no way.
 */
export async function findLauncher(paths: readonly string[]): Promise<Launcher> {
  const account = process.getuid?.() === 0 ? await postgresAccount() : undefined;
  const hasSetpriv = await canSetpriv();
  const closed = account ? await firstClosed(paths, account) : undefined;
  if (closed !== undefined && !hasSetpriv) {
    throw new Error(
      `PostgreSQL does not run as root, and the user postgres may not enter ${closed}. ` +
        `Start Chronos as an ordinary user, or run \`chmod o+x ${closed}\`, or install util-linux (setpriv).`,
    );
  }
  return { account, command: (program, args) => command(program, args, account, hasSetpriv, closed) };
}

function command(
  program: string,
  args: string[],
  account: Account | undefined,
  hasSetpriv: boolean,
  closed: string | undefined,
) {
  if (!hasSetpriv) return { file: program, args, options: { ...account } };
  const flags = ['--pdeathsig', 'INT'];
  if (account) flags.push(`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups');
  if (closed !== undefined) {
    // access(2), which initdb asks, sees the capability only when changing the user does not drop it.
    flags.push('--securebits=+no_setuid_fixup');
    flags.push('--inh-caps=-all,+dac_read_search', '--ambient-caps=-all,+dac_read_search');
  }
  return { file: 'setpriv', args: [...flags, '--', program, ...args], options: {} };
}

async function canSetpriv(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  try {
    const { stdout } = await run('setpriv', ['--help']);
    return stdout.includes('--pdeathsig');
  } catch {
    // Not there, or the one of BusyBox, which knows less: the caller does without.
    return false;
  }
}

async function postgresAccount(): Promise<Account> {
  const found = await lookUp();
  if (found) return found;
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(
    (cause: unknown) => {
      throw new Error(
        'PostgreSQL does not run as root, and the system user postgres could not be made. Start Chronos as an ' +
          'ordinary user, make that user, or set DATABASE_URL to a server of your own.',
        { cause },
      );
    },
  );
  const made = await lookUp();
  if (!made) throw new Error('The system user postgres was made, but cannot be found.');
  return made;
}

async function lookUp(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    // `id` fails where there is no such user; the caller makes it.
    return undefined;
  }
}

/** The first folder on the way to one of the paths that the account may not enter. */
async function firstClosed(paths: readonly string[], account: Account): Promise<string | undefined> {
  for (const path of paths) {
    for (const folder of ancestors(path)) {
      const { mode, uid, gid } = await stat(folder);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return folder;
    }
  }
  return undefined;
}

function ancestors(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [...ancestors(parent), parent];
}
