import { readFile } from 'node:fs/promises';
import type { Cli } from './cli.js';
import { usageError } from './exit-code.js';

/**
 * The text of a file, or of standard input where the file is `-`.
 * @throws CliError where it cannot be read
 */
export async function readInput(cli: Cli, file: string): Promise<string> {
  if (file === '-') return cli.prompt.readAll();
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw usageError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
