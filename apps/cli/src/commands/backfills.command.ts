import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import {
  allPages,
  type BackfillDto,
  type BackfillForecastDto,
  type BackfillMode,
  type BackfillOverlap,
  type ChronosClient,
  dataOf,
} from '#client';
import type { Cli } from '../cli.js';
import { CliError, EXIT } from '../exit-code.js';
import { findJob } from '../find-job.js';
import { parseRate } from '../parse-rate.js';
import type { Column } from '../terminal/table.js';
import { statusStyle } from '../views/job-view.js';
import { instant } from '../views/times.js';

interface BackfillOptions {
  from: string;
  to: string;
  mode: BackfillMode;
  rate?: string;
  overlap?: BackfillOverlap;
  includeBlackouts?: boolean;
  dryRun?: boolean;
  watch?: boolean;
}

const LOOK_EVERY_MS = 1_000;

const COLUMNS: Column<BackfillDto>[] = [
  { title: 'ID', of: ({ id }) => id, style: () => 'dim' },
  { title: 'STATUS', of: ({ status }) => status, style: ({ status }) => statusStyle(status) },
  { title: 'FROM', of: ({ from }) => instant(from) },
  { title: 'TO', of: ({ to }) => instant(to) },
  { title: 'MODE', of: ({ mode }) => mode },
  { title: 'DONE', of: (one) => `${doneOf(one)}/${one.total}` },
  { title: 'FAILED', of: ({ failed }) => failed },
  { title: 'SKIPPED', of: ({ skipped }) => skipped },
];

/** `chronos jobs backfill`, beside the other things done with a job. */
export function addJobBackfill(jobs: Command, cli: Cli): void {
  jobs
    .command('backfill <job>')
    .description('run a job for times that have passed')
    .requiredOption('--from <time>', 'first nominal time, included; a date is its first moment in UTC')
    .requiredOption('--to <time>', 'last nominal time, included; a date is its last moment in UTC')
    .addOption(
      new Option('--mode <mode>', 'what nothing ran, what did not complete, or all of it')
        .choices(['missing', 'failed', 'all'])
        .default('missing'),
    )
    .option('--rate <n>', 'begin so many in a minute at most')
    .addOption(
      new Option('--overlap <policy>', 'one after another, or side by side').choices([
        'buffer_all',
        'allow_all',
      ]),
    )
    .option('--include-blackouts', 'run also what calendars leave out')
    .option('--dry-run', 'say what it would do, and do nothing')
    .option('--watch', 'show how far it has come until it is over')
    .addHelpText(
      'after',
      '\nWith --watch the exit code is 1 where not all of it completed.\n\nExample:\n  $ chronos jobs backfill "Nightly report" --from 2026-01-01 --to 2026-01-31 --rate 30 --watch',
    )
    .action((reference: string, options: BackfillOptions) => backfill(cli, reference, options));
}

export function addBackfillCommands(backfills: Command, cli: Cli): void {
  backfills
    .command('list <job>')
    .description('the backfills of a job, newest first')
    .addHelpText('after', '\nExample:\n  $ chronos backfills list "Nightly report"')
    .action(async (reference: string) => {
      const client = await cli.client();
      const { id } = await findJob(client, reference);
      const rows: BackfillDto[] = [];
      const pages = allPages((cursor) =>
        client.GET('/api/v1/jobs/{id}/backfills', {
          params: { path: { id }, query: { cursor, limit: 100 } },
        }),
      );
      for await (const { data } of pages) rows.push(...data);
      cli.output.table(COLUMNS, rows, 'No backfills.');
    });
  backfills
    .command('get <id>')
    .description('how far a backfill has come')
    .addHelpText('after', '\nExample:\n  $ chronos backfills get 01900000-0000-7000-8000-000000000001 --json')
    .action(async (id: string) => show(cli, await read(await cli.client(), id)));
  backfills
    .command('watch <id>')
    .description('show how far a backfill has come until it is over')
    .addHelpText('after', '\nExample:\n  $ chronos backfills watch 01900000-0000-7000-8000-000000000001')
    .action(async (id: string) => watch(cli, await cli.client(), id));
  backfills
    .command('cancel <id>')
    .description('let nothing more of a backfill begin')
    .option('--running', 'cancel also what has begun')
    .addHelpText(
      'after',
      '\nExample:\n  $ chronos backfills cancel 01900000-0000-7000-8000-000000000001 --running',
    )
    .action(async (id: string, { running }: { running?: boolean }) => {
      const params = { path: { id }, query: running ? { running: 'true' as const } : {} };
      show(cli, await dataOf((await cli.client()).POST('/api/v1/backfills/{id}/cancel', { params })));
    });
}

async function backfill(cli: Cli, reference: string, options: BackfillOptions): Promise<void> {
  const { mode, overlap: overlapPolicy, includeBlackouts, dryRun = false } = options;
  const body = {
    from: boundOf(options.from, 'T00:00:00.000Z'),
    to: boundOf(options.to, 'T23:59:59.999Z'),
    mode,
    overlapPolicy,
    includeBlackouts,
    ratePerMinute: parseRate(options.rate),
    dryRun,
  };
  const client = await cli.client();
  const { id } = await findJob(client, reference);
  const answer = await dataOf(client.POST('/api/v1/jobs/{id}/backfill', { params: { path: { id } }, body }));
  if (!('id' in answer)) return cli.output.result(answer, () => describeForecast(answer));
  if (!options.watch) return show(cli, answer);
  cli.output.note(`Backfill ${answer.id}. Ctrl-C leaves it to itself.`);
  await watch(cli, client, answer.id);
}

async function watch(cli: Cli, client: ChronosClient, id: string): Promise<void> {
  let latest = await read(client, id);
  const progress = cli.progress('Backfilled', latest.total);
  progress.reach(doneOf(latest));
  let note: string | null = null;
  while (latest.status === 'running' || latest.running > 0) {
    if (latest.note !== null && latest.note !== note) cli.output.note(latest.note);
    note = latest.note;
    await wait(LOOK_EVERY_MS);
    latest = await read(client, id);
    progress.reach(doneOf(latest));
  }
  progress.end();
  show(cli, latest);
  if (latest.failed + latest.cancelled > 0) {
    throw new CliError(
      `${latest.failed} failed and ${latest.cancelled} were cancelled.`,
      EXIT.failure,
      'A backfill with --mode failed runs those that began again; --mode missing those that did not.',
    );
  }
}

function read(client: ChronosClient, id: string): Promise<BackfillDto> {
  return dataOf(client.GET('/api/v1/backfills/{id}', { params: { path: { id } } }));
}

function doneOf({ completed, failed, cancelled, skipped }: BackfillDto): number {
  return completed + failed + cancelled + skipped;
}

/** A date alone stands for one of its ends in UTC; what else there is, the server judges. */
function boundOf(text: string, end: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}${end}` : text;
}

function show(cli: Cli, backfill: BackfillDto): void {
  cli.output.result(backfill, () => describe(backfill));
}

function describe(one: BackfillDto): string {
  const lines: [string, string | number | null | undefined][] = [
    ['id', one.id],
    ['status', one.note === null ? one.status : `${one.status} (${one.note})`],
    ['from', instant(one.from)],
    ['to', instant(one.to)],
    ['mode', one.mode],
    [
      'pace',
      one.ratePerMinute === null ? one.overlapPolicy : `${one.overlapPolicy}, ${one.ratePerMinute} a minute`,
    ],
    ['total', one.total],
    ['pending', one.pending],
    ['running', one.running],
    ['completed', one.completed],
    ['failed', one.failed],
    ['cancelled', one.cancelled],
    ['skipped', one.skipped],
  ];
  return lines.map(([label, value]) => `${label.padEnd(11)}${value ?? '-'}`).join('\n');
}

function describeForecast({ total, first, last, found, excluded }: BackfillForecastDto): string {
  const lines = [
    total === 0 ? 'Nothing to run.' : `${total} to run, from ${instant(first)} to ${instant(last)}.`,
    `In the range: ${found.missing} missing, ${found.failed} failed, ${found.completed} completed, ${found.live} not over.`,
  ];
  if (found.forgotten > 0)
    lines.push(`Further back than history is kept: ${found.forgotten}; only --mode all runs them.`);
  if (excluded > 0) lines.push(`Left out by the schedule itself: ${excluded}.`);
  return lines.join('\n');
}
