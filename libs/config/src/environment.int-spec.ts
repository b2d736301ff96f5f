import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'chronos-env-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

it('completes the environment from the .env file, and lets what is really set win', async () => {
  await writeFile(join(directory, '.env'), '# comment\nPORT=4000\nDB_NAME="my db"\n');
  expect(readEnvironment(directory, { PORT: '5000' })).toEqual({ PORT: '5000', DB_NAME: 'my db' });
});

it('needs no file', () => {
  expect(readEnvironment(directory, { PORT: '5000' })).toEqual({ PORT: '5000' });
});
