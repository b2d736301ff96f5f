import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standaloneFolder } from './standalone-process.js';

const README = new URL('../../README.md', import.meta.url);
/** Where `npm start` serves, and what the README therefore says. */
const PRINTED_ADDRESS = 'http://localhost:3000';

let instance: Awaited<ReturnType<typeof standaloneFolder>>;

beforeAll(async () => {
  instance = await standaloneFolder();
});

afterAll(() => instance.remove());

/** The first shell block below a heading, as it is printed. */
function shellBlock(markdown: string, heading: string): string {
  const section = markdown.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return /^```bash\n(.*?)^```$/ms.exec(section)?.[1] ?? '';
}

it('the first job of the README, pasted, shows a completed execution', async () => {
  const block = shellBlock(await readFile(README, 'utf8'), 'A first job');
  expect(block.split(PRINTED_ADDRESS)).toHaveLength(2);
  const { base } = await instance.start();
  const address = base.replace('127.0.0.1', 'localhost');

  const script = block.replace(PRINTED_ADDRESS, address);
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], {
    cwd: instance.path,
    timeout: 60_000,
  });

  expect(stderr).toBe('');
  const [nextRunAt, ...execution] = stdout.trimEnd().split('\n');
  expect(new Date(nextRunAt ?? '').getUTCDay()).toBe(1);
  expect(execution.join('\n')).toMatch(/^\{\n {2}id: '[0-9a-f-]{36}',\n.*^ {2}status: 'completed',$/ms);
  expect(stdout).toContain('statusCode: 200');
});
