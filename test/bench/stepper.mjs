// How long one step takes (the occurrence after a given instant), beside cron-parser's. Prints, asserts nothing.
// Run it from a built tree: node test/bench/stepper.mjs
import { performance } from 'node:perf_hooks';

import { occurrencesBetween, parseCron } from '#scheduling';
import { CronExpressionParser } from 'cron-parser';

const ZONES = ['UTC', 'Europe/Paris', 'America/New_York', 'Australia/Lord_Howe'];
const EXPRESSIONS = [
  '* * * * *',
  '*/10 * * * * *',
  '*/15 9-17 * * 1-5',
  '0 9 * * *',
  '30 2 * * *',
  '0 9 * * MON#2',
  '0 0 L * *',
  '0 0 1 1 *',
  '0 0 29 2 *',
];
const FROM_MS = Date.UTC(2026, 0, 1);
const ROUNDS = 9;

/** Microseconds a call, the median of the rounds; instants are spread over three years as a planner's would be. */
function medianMicroseconds(step, steps) {
  const rounds = Array.from({ length: ROUNDS + 2 }, (_, round) => {
    const started = performance.now();
    for (let i = 0; i < steps; i++) step(FROM_MS + ((i * 7919 + round) % 1095) * 86_400_000 + i * 977);
    return ((performance.now() - started) * 1000) / steps;
  });
  const settled = rounds.slice(2).toSorted((a, b) => a - b);
  return settled[Math.floor(settled.length / 2)];
}

function ours(expression, zone) {
  const schedule = parseCron(expression, zone);
  return medianMicroseconds((at) => schedule.next(at), 2000);
}

function oursBackward(expression, zone) {
  const schedule = parseCron(expression, zone);
  return medianMicroseconds((at) => schedule.previous(at), 2000);
}

function theirs(expression, zone) {
  const parsed = CronExpressionParser.parse(expression, { tz: zone });
  return medianMicroseconds((at) => {
    parsed.reset(new Date(at));
    return parsed.next().getTime();
  }, 20);
}

const rows = ZONES.flatMap((zone) =>
  EXPRESSIONS.map((expression) => ({
    expression,
    zone,
    'next us': ours(expression, zone),
    'previous us': oursBackward(expression, zone),
    'cron-parser us': theirs(expression, zone),
  })),
);
const columns = Object.keys(rows[0]);
const cell = (value) => (typeof value === 'number' ? value.toFixed(2) : value);
const line = (values) =>
  `${values.map((value, i) => String(value)[i < 2 ? 'padEnd' : 'padStart'](20)).join(' ')}\n`;
process.stdout.write(line(columns));
for (const row of rows) process.stdout.write(line(columns.map((column) => cell(row[column]))));

const median = (column) =>
  rows.map((row) => row[column]).toSorted((a, b) => a - b)[Math.floor(rows.length / 2)];
process.stdout.write(line(['median', '', ...columns.slice(2).map((column) => cell(median(column)))]));

const started = performance.now();
const year = { fromExclusive: FROM_MS, toInclusive: FROM_MS + 365 * 86_400_000 };
const { occurrences } = occurrencesBetween(parseCron('*/10 * * * * *', 'Europe/Paris'), year, Infinity);
const nanoseconds = ((performance.now() - started) * 1e6) / occurrences.length;
process.stdout.write(
  `in a row: ${occurrences.length} steps through a year, ${nanoseconds.toFixed(0)} ns each\n`,
);
