import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/golden.mjs', import.meta.url));

it('the golden tables are what brute force over Temporal finds; if not: npm run golden:generate', async () => {
  const check = promisify(execFile)(process.execPath, [SCRIPT, '--check']);
  await expect(check).resolves.toEqual({ stdout: 'The golden tables are up to date.\n', stderr: '' });
}, 120_000);
