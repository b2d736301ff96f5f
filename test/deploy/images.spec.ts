import { existsSync, readFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig, VARIABLES } from '#config';
import { TEST_SECRETS } from '#testing';

interface Service {
  image?: string;
  build?: { target: string };
  environment: Record<string, string>;
  command?: string[];
  depends_on?: Record<string, { condition: string }>;
  container_name?: string;
  ports?: string[];
}

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const dockerfile = read('Dockerfile');
const composeText = read('docker-compose.yml');
const compose = parse(composeText, { merge: true }) as { services: Record<string, Service> };
const ours = Object.entries(compose.services).filter(([, service]) => service.build);

/** The text of one stage of the Dockerfile. */
function stage(name: string): string {
  const text = dockerfile.split(/^FROM /m).find((part) => part.split('\n')[0]?.endsWith(` AS ${name}`));
  if (text === undefined) throw new Error(`The Dockerfile has no stage ${name}.`);
  return text;
}

describe('Dockerfile', () => {
  it.each(['api', 'worker', 'migrate'])('%s starts an app that is there, from the runtime stage', (app) => {
    expect(stage(app)).toMatch(/^runtime AS /);
    expect(stage(app)).toContain(`CMD ["node", "dist/apps/${app}/src/main.js"]`);
    expect(existsSync(new URL(`apps/${app}/src/main.ts`, root))).toBe(true);
  });

  it('does not run as root, and leaves out what production does not need', () => {
    expect(stage('runtime')).toContain('USER node');
    expect(stage('packages')).toContain('npm ci --omit=dev --omit=optional');
  });

  it.each(['api', 'worker'])('%s has a health check that parses', (app) => {
    const [, command] = /HEALTHCHECK .*\\\n {2}CMD (\[.*\])/.exec(stage(app)) ?? [];
    const [program, flag, script] = JSON.parse(command ?? '[]') as string[];
    expect([program, flag]).toEqual(['node', '-e']);
    expect(() => new Script(script ?? '(')).not.toThrow();
  });

  it('copies only what is there and not ignored', () => {
    const ignored = read('.dockerignore');
    for (const [, list] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
      for (const path of (list ?? '').split(' ')) {
        expect(existsSync(new URL(path, root)), path).toBe(true);
        expect(ignored.split('\n')).toContain(`!${path}`);
      }
    }
  });
});

describe('docker-compose.yml', () => {
  it('has the services of the requirements', () => {
    expect(Object.keys(compose.services)).toEqual(['api', 'worker', 'migrate', 'postgres', 'redis']);
    expect(compose.services['postgres']?.image).toBe('postgres:17');
    expect(compose.services['redis']?.image).toBe('redis:7');
    const command = compose.services['redis']?.command?.join(' ');
    for (const option of ['--appendonly yes', '--appendfsync everysec', '--maxmemory-policy noeviction']) {
      expect(command).toContain(option);
    }
  });

  it.each(ours)('%s sets only variables that Chronos reads, to values it accepts', (_name, service) => {
    expect(Object.keys(VARIABLES)).toEqual(expect.arrayContaining(Object.keys(service.environment)));
    const config = loadConfig({ ...TEST_SECRETS, ...service.environment });
    expect(config.database.url).toContain('@postgres:5432/');
    expect(config.queue.redisUrl).toBe('redis://redis:6379/');
    expect(config.warnings).toEqual([]);
  });

  it.each(ours)('%s builds a stage that is there', (name, service) => {
    expect(service.build?.target).toBe(name);
    expect(stage(name)).not.toBe('');
  });

  it.each(['api', 'worker'])('%s starts after the migrations', (name) => {
    expect(compose.services[name]?.depends_on?.['migrate']?.condition).toBe('service_completed_successfully');
  });

  it('lets workers scale: no fixed name, no published port', () => {
    expect(compose.services['worker']?.container_name).toBeUndefined();
    expect(compose.services['worker']?.ports).toBeUndefined();
  });

  it('reads from .env only names that .env.example has', () => {
    const names = [...composeText.matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name);
    const known = [...Object.keys(VARIABLES), 'PUBLISH_ADDRESS'];
    expect(known).toEqual(expect.arrayContaining(names));
  });

  it('publishes nothing beyond this machine by itself', () => {
    for (const service of Object.values(compose.services)) {
      for (const port of service.ports ?? [])
        expect(port).toMatch(/^(\$\{PUBLISH_ADDRESS:-)?127\.0\.0\.1\}?:/);
    }
  });
});
