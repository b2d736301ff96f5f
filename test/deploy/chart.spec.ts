import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig, VARIABLES } from '#config';
import { JOB_TYPES, WORKER_ROLES } from '#contracts';
import { TEST_SECRETS } from '#testing';

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean;
  items?: Schema;
  enum?: string[];
  $ref?: string;
  definitions?: Record<string, Schema>;
}

interface Values extends Record<string, unknown> {
  config: Record<string, string>;
  secrets: { values: Record<string, string> };
  workerDefaults: Record<string, unknown>;
}

const root = new URL('../../', import.meta.url);
const chart = new URL('deploy/helm/chronos/', root);
const read = (path: string, base = chart) => readFileSync(new URL(path, base), 'utf8');

const values = parse(read('values.yaml')) as Values;
const schema = JSON.parse(read('values.schema.json')) as Schema;
const isValid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
const files = readdirSync(new URL('templates/', chart)).toSorted();
const templates = files.map((file) => ({ file, text: read(`templates/${file}`) }));
const allTemplates = templates.map(({ text }) => text).join('\n');

/** What the chart sets itself, or what has no meaning in a container. */
const NOT_IN_CONFIG = new Set([
  'NODE_ENV',
  'PORT',
  'WORKER_PORT',
  'WORKER_TYPES',
  'WORKER_ROLES',
  'WORKER_CONCURRENCY',
  'CHRONOS_DATA_DIR',
]);

/** Actions of a template without comments: what stands between the braces. */
function actions(text: string): string[] {
  return [...text.matchAll(/\{\{-?\s*((?:"(?:[^"\\]|\\.)*"|[^"}]|\}(?!\}))*?)\s*-?\}\}/g)]
    .map((match) => match[1] ?? '')
    .filter((action) => !action.startsWith('/*'));
}

function property(path: string[]): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const name of path) {
    const shared: string | undefined = at?.$ref?.replace('#/definitions/', '');
    at = (shared === undefined ? at : schema.definitions?.[shared])?.properties?.[name];
  }
  return at;
}

describe('the chart', () => {
  it('has the version of the program', () => {
    const { appVersion, version } = parse(read('Chart.yaml')) as Record<string, string>;
    const program = JSON.parse(read('package.json', root)) as { version: string };
    expect([appVersion, version]).toEqual([program.version, program.version]);
  });

  it.each(['values.yaml', '../examples/pools.yaml'])('%s follows its own schema', (file) => {
    isValid(parse(read(file)));
    expect(isValid.errors ?? []).toEqual([]);
  });

  it.each([
    { config: { TRUSTED_PROXYS: '10.0.0.0/8' } },
    { config: { JWT_SECRET: 'in the clear' } },
    { secrets: { values: { DB_HOST: 'postgres' } } },
    { workerPools: [{ name: 'fax', types: ['fax'] }] },
    { workerPools: [] },
    { replicas: 3 },
  ])('refuses %j', (wrong) => {
    expect(isValid(wrong)).toBe(false);
  });

  it('takes every variable: plain ones as configuration, secrets as secrets', () => {
    const names = (isSecret: boolean) =>
      Object.entries(VARIABLES)
        .filter(([name, variable]) => !NOT_IN_CONFIG.has(name) && (variable.secret ?? false) === isSecret)
        .map(([name]) => name)
        .toSorted();
    const taken = (...path: string[]) => Object.keys(property(path)?.properties ?? {}).toSorted();
    expect(taken('config'), 'config in values.schema.json').toEqual(names(false));
    expect(taken('secrets', 'values'), 'secrets.values in values.schema.json').toEqual(names(true));
  });

  it('knows the types and roles of a worker', () => {
    const pool = schema.properties?.['workerDefaults']?.properties;
    expect(pool?.['types']?.items?.enum).toEqual([...JOB_TYPES]);
    expect(pool?.['roles']?.items?.enum).toEqual([...WORKER_ROLES]);
  });

  it('sets by itself what the program accepts in production', () => {
    const config = loadConfig({ ...TEST_SECRETS, NODE_ENV: 'production', ...values.config });
    expect(config.warnings).toEqual([]);
    expect(config.log.dir).toBeUndefined();
    expect(config.http.trustedProxies).toEqual([]);
  });

  it('names only variables that Chronos reads', () => {
    const named = [
      ...[...allTemplates.matchAll(/- name: ([A-Z][A-Z0-9_]+)$/gm)].map(([, name]) => name),
      ...[...allTemplates.matchAll(/"([A-Z][A-Z0-9]*_[A-Z0-9_]+)"/g)].map(([, name]) => name),
      ...[...allTemplates.matchAll(/(?:config|values)\.([A-Z][A-Z0-9_]+)/g)].map(([, name]) => name),
    ];
    expect(named).toEqual(expect.arrayContaining(['PORT', 'WORKER_TYPES', 'ENCRYPTION_KEY', 'DB_HOST']));
    expect(Object.keys(VARIABLES)).toEqual(expect.arrayContaining(named));
  });

  it('reads only values that its schema has', () => {
    const paths = [...allTemplates.matchAll(/\.Values\.([A-Za-z_.]*[A-Za-z_])/g)].map(
      ([, path]) => path ?? '',
    );
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => property(path.split('.')) === undefined)).toEqual([]);
  });

  it.each(templates)('$file opens and closes its braces and blocks', ({ text }) => {
    const comments = [...text.matchAll(/\{\{-? \/\*[\s\S]*?\*\/\}\}/g)].length;
    const whole = actions(text).length + comments;
    expect([text.split('{{').length - 1, text.split('}}').length - 1]).toEqual([whole, whole]);
    const opened = actions(text).filter((action) => /^(if|with|range|define)\b/.test(action)).length;
    const closed = actions(text).filter((action) => action === 'end').length;
    expect(closed).toBe(opened);
  });

  it('includes only what is defined, and defines nothing for nobody', () => {
    const names = (pattern: RegExp) => new Set([...allTemplates.matchAll(pattern)].map(([, name]) => name));
    expect(names(/include "([^"]+)"/g)).toEqual(names(/define "([^"]+)"/g));
  });

  it('probes the routes there are, and keeps what the pods may do small', () => {
    expect([...new Set(allTemplates.match(/path: \/[a-z/]+/g))].toSorted()).toEqual([
      'path: /health/live',
      'path: /health/ready',
      'path: /metrics',
    ]);
    expect(values).toMatchObject({
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
    });
  });
});
