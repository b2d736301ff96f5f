import type { Command } from 'commander';
import { allPages, type CatchupDecisionDto, type CatchupDto, type ChronosClient, dataOf } from '#client';
import type { Cli } from '../cli.js';
import { usageError } from '../exit-code.js';
import { findJob } from '../find-job.js';
import { parseRate } from '../parse-rate.js';
import type { Column } from '../terminal/table.js';
import { instant } from '../views/times.js';

const COLUMNS: Column<CatchupDto>[] = [
  { title: 'WAITING', of: ({ held }) => held },
  { title: 'FROM', of: ({ heldFrom }) => instant(heldFrom) },
  { title: 'TO', of: ({ heldTo }) => instant(heldTo) },
  { title: 'MISSED', of: ({ misfires }) => misfires },
  { title: 'POLICY', of: ({ misfirePolicy }) => misfirePolicy },
  { title: 'STATUS', of: ({ jobStatus }) => jobStatus },
  { title: 'OWNER', of: ({ ownerEmail }) => ownerEmail },
  { title: 'JOB', of: ({ jobName }) => jobName },
];

interface Choice {
  all?: boolean;
  yes?: boolean;
}

/** What an outage left and `CATCHUP_REVIEW_AFTER_MS` has held; for administrators. */
export function addCatchupCommands(catchup: Command, cli: Cli): void {
  catchup
    .command('list')
    .description('what waits for a decision, by job')
    .addHelpText('after', '\nExample:\n  $ chronos catchup list')
    .action(async () => {
      const client = await cli.client();
      const rows: CatchupDto[] = [];
      const pages = allPages((cursor) =>
        client.GET('/api/v1/catchup', { params: { query: { limit: 100, cursor } } }),
      );
      for await (const { data } of pages) rows.push(...data);
      cli.output.table(COLUMNS, rows, 'Nothing waits.');
    });
  catchup
    .command('release [job]')
    .description('let run what waits of a job, or with --all of every job that is not paused')
    .option('--all', 'of every job')
    .option('--rate <n>', 'of each job begin so many in a minute at most, 1 to 60')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ chronos catchup release "Nightly report" --rate 10')
    .action(async (reference: string | undefined, options: Choice & { rate?: string }) => {
      const body = { ratePerMinute: parseRate(options.rate) };
      const client = await cli.client();
      const jobId = await jobOf(client, reference, options);
      if (jobId === undefined) await cli.confirm('Let run what waits of every job?', options.yes);
      const decision = await (jobId === undefined
        ? dataOf(client.POST('/api/v1/catchup/release', { body }))
        : dataOf(client.POST('/api/v1/catchup/{jobId}/release', { params: { path: { jobId } }, body })));
      cli.output.result(decision, () => describe('will run', decision));
    });
  catchup
    .command('drop [job]')
    .description('have undone what waits of a job, or with --all of every job; asks first')
    .option('--all', 'of every job')
    .option('--reason <text>', 'kept in the ledger')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExample:\n  $ chronos catchup drop "Nightly report" --reason "sent again by hand"',
    )
    .action(async (reference: string | undefined, options: Choice & { reason?: string }) => {
      const body = { reason: options.reason };
      const client = await cli.client();
      const jobId = await jobOf(client, reference, options);
      await cli.confirm(
        jobId === undefined ? 'Drop what waits of every job?' : 'Drop what waits of this job?',
        options.yes,
      );
      const decision = await (jobId === undefined
        ? dataOf(client.POST('/api/v1/catchup/drop', { body }))
        : dataOf(client.POST('/api/v1/catchup/{jobId}/drop', { params: { path: { jobId } }, body })));
      cli.output.result(decision, () => describe('will not run', decision));
    });
}

/** The job that is named; undefined where all are meant. */
async function jobOf(
  client: ChronosClient,
  reference: string | undefined,
  { all = false }: Choice,
): Promise<string | undefined> {
  if ((reference === undefined) !== all) throw usageError('Name a job, or say --all.');
  return reference === undefined ? undefined : (await findJob(client, reference)).id;
}

function describe(fate: string, { jobs, executions, paused }: CatchupDecisionDto): string {
  const told = `${executions} of ${jobs} ${jobs === 1 ? 'job' : 'jobs'} ${fate}.`;
  return paused === 0 ? told : `${told} ${paused} still wait because their jobs are paused.`;
}
