import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tokens, TokenStore } from '#client';
import { CliError } from '../exit-code.js';

/** Who is signed in on a server, by a session or by an API key. */
export interface StoredAccount {
  email: string;
  tokens?: Tokens;
  apiKey?: string;
}

interface Stored {
  /** The server commands go to unless told otherwise: the one signed in on last. */
  current?: string;
  servers: Record<string, StoredAccount>;
}

/** `chronos/credentials.json` in the XDG configuration directory (XDG Base Directory Specification). */
export function credentialsPath(env: NodeJS.ProcessEnv): string {
  const base = env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(base, 'chronos', 'credentials.json');
}

/**
 * Credentials by server, readable by their owner only. Written as a whole into place, so that a reader never meets
 * half a file. What is kept for one server is never sent to another.
 */
export class CredentialsFile {
  constructor(readonly path: string) {}

  async current(): Promise<string | undefined> {
    return (await this.#read()).current;
  }

  async account(server: string): Promise<StoredAccount | undefined> {
    return (await this.#read()).servers[server];
  }

  /** Keeps the account and makes its server the current one. */
  async signIn(server: string, account: StoredAccount): Promise<void> {
    const { servers } = await this.#read();
    await this.#write({ current: server, servers: { ...servers, [server]: account } });
  }

  /** The server stays the current one: signing in again goes there. */
  async signOut(server: string): Promise<void> {
    const { current, servers } = await this.#read();
    const { [server]: _, ...others } = servers;
    await this.#write({ current, servers: others });
  }

  /** The session's tokens, shared with every other command that runs. */
  tokens(server: string): TokenStore {
    return {
      read: async () => (await this.account(server))?.tokens,
      write: async (tokens) => {
        const stored = await this.#read();
        const account = stored.servers[server];
        if (!account) return;
        if (!tokens) return this.signOut(server);
        await this.#write({ ...stored, servers: { ...stored.servers, [server]: { ...account, tokens } } });
      },
    };
  }

  async #read(): Promise<Stored> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { servers: {} };
      throw error;
    }
    try {
      return { servers: {}, ...(JSON.parse(text) as Partial<Stored>) };
    } catch {
      throw new CliError(`${this.path} is damaged.`, undefined, 'Delete it and sign in again.');
    }
  }

  async #write(stored: Stored): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const temporary = `${this.path}.${process.pid}`;
    try {
      await writeFile(temporary, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      await rename(temporary, this.path);
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
