// npm run seed [-- --url http://localhost:3000] [-- --remove]: jobs to try a running Chronos out with. Those that are there
// already, by name and the tag "seed", are left alone. Signs in with ADMIN_EMAIL and ADMIN_PASSWORD, or as the
// administrator that `npm start` made in CHRONOS_DATA_DIR.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.mjs';
import { seedJobs } from './lib/seed-jobs.mjs';

try {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, remove: { type: 'boolean', default: false } },
  });
  const url = (values.url ?? `http://localhost:${process.env.PORT || 3000}`).replace(/\/+$/, '');
  const api = await signIn(url);
  const present = await api('GET', '/jobs?tag=seed&limit=100');
  if (values.remove) await remove(api, present);
  else await create(api, present, seedJobs(url));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function create(api, present, jobs) {
  const names = new Set(present.map(({ name }) => name));
  const missing = jobs.filter(({ body }) => !names.has(body.name));
  for (const { body, run, pause } of missing) {
    const { id, name, type } = await api('POST', '/jobs', body);
    if (run) await api('POST', `/jobs/${id}/trigger`, {});
    if (pause) await api('POST', `/jobs/${id}/pause`, { reason: pause });
    process.stdout.write(`  ${type.padEnd(8)}${name}\n`);
  }
  process.stdout.write(`${missing.length} jobs made, ${jobs.length - missing.length} were there.\n`);
}

async function remove(api, present) {
  for (const { id } of present) await api('DELETE', `/jobs/${id}`);
  process.stdout.write(`${present.length} jobs removed.\n`);
}

/** A function that asks the API, signed in, and answers the data. */
async function signIn(url) {
  const { accessToken } = await ask(url, 'POST', '/auth/login', credentials());
  return (method, path, body) => ask(url, method, path, body, accessToken);
}

function credentials() {
  const { ADMIN_EMAIL, ADMIN_PASSWORD, CHRONOS_DATA_DIR } = process.env;
  if (ADMIN_EMAIL && ADMIN_PASSWORD) return { email: ADMIN_EMAIL, password: ADMIN_PASSWORD };
  const kept = join(CHRONOS_DATA_DIR || join(root, '.chronos'), 'secrets.json');
  if (!existsSync(kept)) {
    throw new Error(`Set ADMIN_EMAIL and ADMIN_PASSWORD to sign in with: ${kept} is not there.`);
  }
  return { email: 'admin@chronos.local', password: JSON.parse(readFileSync(kept, 'utf8')).adminPassword };
}

async function ask(url, method, path, body, token) {
  const response = await send(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return text === '' ? undefined : JSON.parse(text).data;
  throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
}

async function send(address, request) {
  try {
    return await fetch(address, request);
  } catch (error) {
    const { origin } = new URL(address);
    const why = error.cause?.code ?? error.message;
    throw new Error(`Nothing answers at ${origin} (${why}). Is Chronos running? Name it with --url.`, {
      cause: error,
    });
  }
}
