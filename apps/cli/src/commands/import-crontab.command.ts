import type { Command } from 'commander';
import { ChronosApiError, type ChronosClient, dataOf } from '#client';
import type { Cli } from '../cli.js';
import { EXIT } from '../exit-code.js';
import { type LineReport, translateCrontab } from '../crontab/translate.js';
import { renderReport } from '../crontab/render-report.js';
import { ownJobs } from '../own-jobs.js';
import { readInput } from '../read-input.js';
import { reportOf } from '../report-error.js';

interface ImportOptions {
  apply?: boolean;
  system?: boolean;
  timezone?: string;
}

export function addImportCrontab(parent: Command, cli: Cli): void {
  parent
    .command('crontab <file>')
    .description('take over a crontab; shows what it would do unless --apply is given')
    .option('--apply', 'create the jobs')
    .option('--system', 'the file has a user column, as /etc/crontab has')
    .option(
      '--timezone <zone>',
      "zone of the schedules, as cron takes the machine's (default: this machine's)",
    )
    .addHelpText(
      'after',
      `
Each entry becomes a script job named by its command. A job of that name that you have already is left alone, so the
same file can be imported again. The server is asked about every schedule, also without --apply. Exit code 1: entries
were not taken.

Examples:
  $ crontab -l | chronos import crontab -
  $ chronos import crontab /etc/crontab --system --timezone Europe/Paris --apply`,
    )
    .action((file: string, options: ImportOptions) => importCrontab(cli, file, options));
}

async function importCrontab(cli: Cli, file: string, options: ImportOptions): Promise<void> {
  const text = await readInput(cli, file);
  const timezone = options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const reports = translateCrontab(text, { timezone, hasUser: options.system ?? false });
  const client = await cli.client();
  const own = await ownJobs(client, (await cli.me(client)).id);
  const existing = new Set(own.map(({ name }) => name));
  const isApplied = options.apply ?? false;
  const entries = reports.filter(({ job }) => job);
  const progress = cli.progress(isApplied ? 'Creating' : 'Checking', entries.length);
  const done: LineReport[] = [];
  try {
    for (const report of reports) {
      done.push(await settle(client, report, existing, isApplied));
      if (report.job) progress.step();
    }
  } catch (error) {
    progress.end();
    // What was created stays created: say so, whatever came in between.
    if (isApplied && done.some(({ outcome }) => outcome === 'job')) {
      show(cli, done, isApplied, timezone);
      cli.output.note(`Stopped at line ${reports[done.length]?.line}; nothing was done from there on.`);
    }
    throw error;
  }
  progress.end();
  show(cli, done, isApplied, timezone);
  if (done.some(({ outcome }) => outcome === 'not taken')) process.exitCode = EXIT.failure;
}

function show(cli: Cli, done: LineReport[], isApplied: boolean, timezone: string): void {
  const lines = done.map(({ job, ...line }) => ({ ...line, ...(line.outcome === 'job' && { job }) }));
  cli.output.result({ applied: isApplied, timezone, lines }, () => renderReport(done, isApplied, cli.output));
}

/** Says of an entry what the server says, and creates it where asked to. */
async function settle(
  client: ChronosClient,
  report: LineReport,
  existing: Set<string>,
  isApply: boolean,
): Promise<LineReport> {
  const { job } = report;
  if (!job) return report;
  if (existing.has(job.name))
    return { ...report, note: 'you have a job of this name: left alone', outcome: 'exists' };
  try {
    if (isApply) {
      const { id } = await dataOf(client.POST('/api/v1/jobs', { body: job }));
      return { ...report, note: `${report.note}; created as ${id}` };
    }
    const { cronExpression = '', timezone } = job;
    await client.POST('/api/v1/schedules/preview', { body: { cronExpression, timezone, count: 1 } });
    return report;
  } catch (error) {
    // One line at fault does not keep the others; who may not create script jobs may create none.
    if (!(error instanceof ChronosApiError) || error.code !== 'VALIDATION_FAILED') throw error;
    const { message, advice } = reportOf(error);
    return { ...report, outcome: 'not taken', note: advice.join('; ') || message };
  }
}
