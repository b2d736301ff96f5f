import { expect, it } from 'vitest';
import { findMisspelt } from './misspelt.js';
import { VARIABLE_NAMES } from './read-values.js';

const find = (...names: string[]) => findMisspelt(names, VARIABLE_NAMES);

it.each([
  ['WORKER_CONCURENCY', 'WORKER_CONCURRENCY'],
  ['WORKER_CONCURRENCYS', 'WORKER_CONCURRENCY'],
  ['CHRONOS_DATADIR', 'CHRONOS_DATA_DIR'],
  ['CHRONOS_DB_HOST', 'DB_HOST'],
  ['CHRONOS_PORT', 'PORT'],
  ['SMTP_PASS', 'SMTP_PASSWORD'],
  ['DB_USERNAME', 'DB_USER'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['JWT_SERCET', 'JWT_SECRET'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['ENCRYPTION_KEYS', 'ENCRYPTION_KEY'],
  ['RETRY_DELAY', 'RETRY_DELAY_MS'],
])('%s was meant to be %s', (name, meant) => {
  expect(find(name)).toEqual([{ name, meant }]);
});

it('points out a name with our prefix that is none of ours', () => {
  expect(find('CHRONOS_COLOUR')).toEqual([{ name: 'CHRONOS_COLOUR', meant: undefined }]);
});

it('keeps quiet about names of others, and about ours', () => {
  const others = [
    ...['PATH', 'HOME', 'HOSTNAME', 'PWD', 'USER', 'SHELL', 'LANG', 'TERM', 'TMPDIR', 'EDITOR', 'LOGNAME'],
    ...['REDIS_PORT_6379_TCP', 'REDIS_SERVICE_PORT', 'DB_SERVICE_HOST', 'KUBERNETES_PORT', 'NODE_OPTIONS'],
    ...['npm_config_port', 'npm_package_name', 'PGHOST', 'PGPASSWORD', 'COLORTERM', 'CI', 'NO_COLOR'],
    'CHRONOS_TEST_REDIS',
  ];
  expect(find(...others, ...VARIABLE_NAMES)).toEqual([]);
});
