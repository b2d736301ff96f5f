import { randomBytes, randomInt } from 'node:crypto';
import { chmod, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** What a standalone instance made for itself; losing the file means losing every stored secret. */
export interface KeptSecrets {
  jwtSecret: string;
  encryptionKey: string;
  databasePassword: string;
  adminPassword: string;
  /** It is shown at the end of the first start that succeeds, and never again. */
  adminPasswordShownAt?: string;
}

const NAMES = ['jwtSecret', 'encryptionKey', 'databasePassword', 'adminPassword'] as const;

/** Letters and digits that cannot be taken for one another when copied by hand. */
const READABLE = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export function secretsPath(directory: string): string {
  return join(directory, 'secrets.json');
}

/**
 * The secrets of a data directory, made at its first use and readable by their owner only.
 *
 * @param hasDatabase a database is there already, made with secrets that must be there as well
 * @throws Error where the file is damaged or missing, with what to do
 */
export async function keepSecrets(directory: string, hasDatabase: boolean): Promise<KeptSecrets> {
  const path = secretsPath(directory);
  const text = await readIfThere(path);
  if (text === undefined) {
    if (hasDatabase) {
      throw new Error(
        `${path} is missing, but there is a database that was made with it. Restore the file from a backup; ` +
          'without it the database cannot be opened and stored secrets cannot be read.',
      );
    }
    const secrets = makeSecrets();
    await writeDurably(path, secrets);
    return secrets;
  }
  await chmod(path, 0o600);
  return parse(text, path);
}

/** Notes that the generated password of the administrator was on the terminal. */
export async function noteAdminPasswordShown(directory: string, secrets: KeptSecrets): Promise<void> {
  await writeDurably(secretsPath(directory), { ...secrets, adminPasswordShownAt: new Date().toISOString() });
}

function makeSecrets(): KeptSecrets {
  return {
    jwtSecret: randomBytes(48).toString('base64url'),
    encryptionKey: randomBytes(32).toString('hex'),
    databasePassword: randomBytes(24).toString('base64url'),
    adminPassword: makePassword(),
  };
}

/** 16 characters, some 92 bits, with one of each kind that the password rule asks for. */
function makePassword(): string {
  for (;;) {
    const password = Array.from({ length: 16 }, () => READABLE[randomInt(READABLE.length)]).join('');
    if (/[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password)) return password;
  }
}

function parse(text: string, path: string): KeptSecrets {
  let read: Partial<KeptSecrets> = {};
  try {
    read = JSON.parse(text) as Partial<KeptSecrets>;
  } catch (cause) {
    throw new Error(`${path} is damaged. Restore it from a backup.`, { cause });
  }
  const missing = NAMES.filter((name) => typeof read[name] !== 'string');
  if (missing.length > 0) throw new Error(`${path} lacks ${missing.join(', ')}. Restore it from a backup.`);
  return read as KeptSecrets;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The database is made with these a moment later: they must be on the disk before it. */
async function writeDurably(path: string, secrets: KeptSecrets): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(secrets, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
