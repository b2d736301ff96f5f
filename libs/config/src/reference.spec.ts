import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.js';
import { VARIABLE_NAMES } from './read-values.js';
import { renderConfigurationDocs, renderEnvExample } from './reference.js';
import { VARIABLES } from './variables.js';

const root = new URL('../../../', import.meta.url);
const envExample = readFileSync(new URL('.env.example', root), 'utf8');

describe('.env.example', () => {
  it('names each variable of the schema once and no other', () => {
    const named = [...envExample.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]);
    expect(named).toEqual(VARIABLE_NAMES);
  });

  it('says the defaults that the schema applies', () => {
    const fromFile = loadConfig(parseEnv(envExample));
    const { JWT_SECRET, ENCRYPTION_KEY, DB_PASSWORD } = VARIABLES;
    const fromSchema = loadConfig({
      JWT_SECRET: JWT_SECRET.example,
      ENCRYPTION_KEY: ENCRYPTION_KEY.example,
      DB_PASSWORD: DB_PASSWORD.example,
    });
    expect(fromFile).toEqual(fromSchema);
  });

  it('is refused in production because of its secrets', () => {
    const load = () => loadConfig({ ...parseEnv(envExample), NODE_ENV: 'production' });
    expect(load).toThrow(/JWT_SECRET: holds an example[^]*ENCRYPTION_KEY: holds an example/);
  });
});

// After a change of the schema: npx vitest run --project unit libs/config -u
it('.env.example is what the schema renders', async () => {
  await expect(renderEnvExample()).toMatchFileSnapshot(new URL('.env.example', root).pathname);
});

it('docs/configuration.md is what the schema renders', async () => {
  await expect(renderConfigurationDocs()).toMatchFileSnapshot(
    new URL('docs/configuration.md', root).pathname,
  );
});
