import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../scripts/client.mjs', import.meta.url));

it('the client is the one generated from the API as it was built; if not: npm run client:generate', async () => {
  const check = promisify(execFile)(process.execPath, [SCRIPT, '--check']);
  await expect(check).resolves.toEqual({ stdout: 'The client is up to date.\n', stderr: '' });
}, 120_000);
