import { DataSource } from 'typeorm';
import type { ChronosConfig } from '#config';
import type { JsonValue } from '#contracts';
import { dataSourceOptions, queryRows, type SqlRunner } from '#database';
import { type SecretBox, secretBoxOf } from './secret-box.js';
import { mapSealed, SEALED } from './sealed.js';

/** What a rotation did to one column. */
export interface RotationReport {
  column: string;
  /** Rows whose secrets are now under the key in use. */
  resealed: number;
  /** Ids of rows that hold a secret under a key that was not given, or a damaged one. They are as they were. */
  unreadable: string[];
}

/** A column that holds sealed values, walked in the order of its key. */
interface SealedColumn {
  table: string;
  column: string;
  /** Each with the value before the first. The first alone names the row to people. */
  key: { name: string; type: string; first: string }[];
}

const NO_ID = '00000000-0000-0000-0000-000000000000';
const ID = { name: 'id', type: 'uuid', first: NO_ID };

/** Everywhere secrets are stored. A new column that holds some belongs here. */
const COLUMNS: SealedColumn[] = [
  { table: 'secrets', column: 'value', key: [ID] },
  { table: 'jobs', column: 'payload', key: [ID] },
  { table: 'jobs', column: 'notifications', key: [ID] },
  {
    table: 'job_versions',
    column: 'definition',
    key: [
      { name: 'job_id', type: 'uuid', first: NO_ID },
      { name: 'version', type: 'integer', first: '-1' },
    ],
  },
  { table: 'executions', column: 'payload_override', key: [ID] },
  { table: 'notifications', column: 'payload', key: [ID] },
];

const BATCH = 100;

/**
 * Seals with the key in use what is stored under older ones. Works in short transactions while everything runs; may be
 * stopped at any moment and begun again, also several times at once: what is done is passed over.
 * @param onProgress called after each batch of rows
 */
export async function rotateSecrets(
  { database, secrets }: Pick<ChronosConfig, 'secrets'> & { database: { url: string } },
  onProgress: (column: string, resealed: number) => void = () => undefined,
): Promise<RotationReport[]> {
  const dataSource = await new DataSource(dataSourceOptions(database.url)).initialize();
  try {
    const box = secretBoxOf({ secrets });
    const reports: RotationReport[] = [];
    for (const column of COLUMNS) reports.push(await rotateColumn(dataSource, column, box, onProgress));
    return reports;
  } finally {
    await dataSource.destroy();
  }
}

async function rotateColumn(
  dataSource: DataSource,
  at: SealedColumn,
  box: SecretBox,
  onProgress: (column: string, resealed: number) => void,
): Promise<RotationReport> {
  const report: RotationReport = { column: `${at.table}.${at.column}`, resealed: 0, unreadable: [] };
  let after: string[] | undefined = at.key.map(({ first }) => first);
  while (after) {
    const position: string[] = after;
    after = await dataSource.transaction((manager) => rotateBatch(manager, at, box, position, report));
    onProgress(report.column, report.resealed);
  }
  return report;
}

/** @returns where the next batch begins; undefined after the last */
async function rotateBatch(
  runner: SqlRunner,
  { table, column, key }: SealedColumn,
  box: SecretBox,
  after: string[],
  report: RotationReport,
): Promise<string[] | undefined> {
  const names = key.map(({ name }) => name).join(', ');
  const places = key.map(({ type }, index) => `$${index + 1}::${type}`).join(', ');
  const prefix = `$${key.length + 1}`;
  const rows = await queryRows<{ key: string[]; value: JsonValue }>(
    runner,
    `SELECT ARRAY[${key.map(({ name }) => `${name}::text`).join(', ')}] AS key, ${column} AS value FROM ${table}
     WHERE (${names}) > (${places}) AND ${isOlder(table, column, prefix)}
     ORDER BY ${names} LIMIT ${BATCH} FOR NO KEY UPDATE`,
    [...after, box.currentPrefix],
  );
  for (const row of rows) {
    const value = resealed(row.value, box);
    if (value === undefined) {
      report.unreadable.push(row.key[0] ?? '');
      continue;
    }
    await runner.query(`UPDATE ${table} SET ${column} = ${prefix} WHERE (${names}) = (${places})`, [
      ...row.key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    report.resealed += 1;
  }
  return rows.length === BATCH ? rows.at(-1)?.key : undefined;
}

/** Does the column hold a value sealed with another key than the one whose prefix is given? */
function isOlder(table: string, column: string, prefix: string): string {
  if (table === 'secrets') return `NOT starts_with(${column}, ${prefix}::text)`;
  return `jsonb_path_exists(${column}, '$.**."${SEALED}" ? (!(@ starts with $prefix))',
    jsonb_build_object('prefix', ${prefix}::text))`;
}

/** Undefined where a value in it cannot be opened. */
function resealed(value: JsonValue, box: SecretBox): JsonValue | undefined {
  const reseal = (sealed: string) => (box.isCurrent(sealed) ? sealed : box.seal(box.open(sealed)));
  try {
    if (typeof value === 'string') return reseal(value);
    return mapSealed(value, (sealed) => ({ [SEALED]: reseal(sealed) }));
  } catch {
    // Told by the report: the key is missing or the value is damaged, and the rest can go on.
    return undefined;
  }
}
