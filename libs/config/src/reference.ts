import type { ConfigArea } from './variable.js';
import { VARIABLE_NAMES } from './read-values.js';
import { type VariableName, VARIABLES } from './variables.js';

/** `.env.example`: every variable, with its default or an example; those without either are commented out. */
export function renderEnvExample(): string {
  const lines = [
    '# For API and workers on your own PostgreSQL and Redis. Copy to .env and edit; a variable that is really set wins.',
    '# `npm start` needs none of it: it brings its own PostgreSQL while DB_HOST and DATABASE_URL are not set.',
    '# In production set NODE_ENV=production and secrets of your own: it refuses the examples below.',
  ];
  for (const [area, names] of byArea()) {
    lines.push('', `# --- ${area} ---`);
    for (const name of names) {
      const { description, example, default: text } = VARIABLES[name];
      const value = example ?? text;
      lines.push(`# ${description}`, value === undefined ? `# ${name}=` : `${name}=${value}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** docs/configuration.md. */
export function renderConfigurationDocs(): string {
  const lines = [
    '# Configuration',
    '',
    'Chronos is configured by environment variables. A file `.env` in the working directory is read as well; a variable',
    'that is really set wins over it, and an empty one counts as not set. Everything is checked once at start: all',
    'faults are reported together, and a name that looks like a misspelt one of these is pointed out.',
    '',
    '"Standalone" is what `npm start` uses instead of the default where you set nothing. There, PostgreSQL is embedded unless',
    '`DATABASE_URL` or `DB_HOST` is set, the queue is PostgreSQL unless `REDIS_URL` or `REDIS_HOST` is set, and',
    '`JWT_SECRET`, `ENCRYPTION_KEY` and `ADMIN_PASSWORD` are made at the first start and kept in the data directory.',
  ];
  for (const [area, names] of byArea()) {
    lines.push(
      '',
      `## ${area}`,
      '',
      '| variable | default | standalone | meaning |',
      '| --- | --- | --- | --- |',
    );
    for (const name of names) {
      const { description, default: text, standaloneDefault, required, secret } = VARIABLES[name];
      const fallback = required ? 'required' : text === undefined ? '-' : `\`${text}\``;
      const standalone = standaloneDefault === undefined ? '' : `\`${standaloneDefault}\``;
      const note = secret ? ' Secret: never printed.' : '';
      lines.push(`| \`${name}\` | ${fallback} | ${standalone} | ${description}${note} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function byArea(): Map<ConfigArea, VariableName[]> {
  const areas = new Map<ConfigArea, VariableName[]>();
  for (const name of VARIABLE_NAMES) {
    const { area } = VARIABLES[name];
    areas.set(area, [...(areas.get(area) ?? []), name]);
  }
  return areas;
}
