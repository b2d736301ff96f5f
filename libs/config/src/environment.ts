import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

export type Environment = Record<string, string | undefined>;

/**
 * The environment of the process, completed by the file `.env` of the working directory if there is one.
 * A variable that is really set wins over the file, as with every other reader of such files.
 */
export function readEnvironment(
  directory: string = process.cwd(),
  env: Environment = process.env,
): Environment {
  let file: string;
  try {
    file = readFileSync(join(directory, '.env'), 'utf8');
  } catch (error) {
    if (isMissing(error)) return { ...env };
    throw error;
  }
  return { ...parseEnv(file), ...env };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
