import type { Environment } from './environment.js';
import { VARIABLE_NAMES } from './read-values.js';
import { VARIABLES } from './variables.js';

/** What the standalone instance adds to an environment: its own defaults for variables that are not set. */
export function standaloneDefaults(env: Environment): Record<string, string> {
  const added: Record<string, string> = {};
  for (const name of VARIABLE_NAMES) {
    const text = VARIABLES[name].standaloneDefault;
    if (text !== undefined && (env[name] ?? '').trim() === '') added[name] = text;
  }
  if (['REDIS_URL', 'REDIS_HOST'].some((name) => (env[name] ?? '').trim() !== '')) {
    if (added['QUEUE_BACKEND'] !== undefined) added['QUEUE_BACKEND'] = 'redis';
  }
  return added;
}
