import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { parse } from 'yaml';
import { allPages, type CreateJobDto, dataOf, type JobDto, type JobStatus, type JobType } from '#client';
import type { Cli } from '../cli.js';
import { usageError } from '../exit-code.js';
import { findJob } from '../find-job.js';
import { describeJob, JOB_COLUMNS } from '../views/job-view.js';

interface ListOptions {
  status?: JobStatus;
  type?: JobType;
  tag?: string;
  search?: string;
  limit: string;
}

export function addJobCommands(jobs: Command, cli: Cli): void {
  jobs
    .command('list')
    .description('your jobs; all of them for administrators')
    .addOption(
      new Option('--status <status>').choices(['active', 'paused', 'completed', 'cancelled', 'failed']),
    )
    .addOption(new Option('--type <type>').choices(['http', 'webhook', 'script', 'email', 'custom']))
    .option('--tag <tag>', 'jobs with this tag')
    .option('--search <text>', 'part of the name or description')
    .option('--limit <n>', 'at most so many', '100')
    .addHelpText('after', '\nExample:\n  $ chronos jobs list --status paused --json')
    .action((options: ListOptions) => list(cli, options));
  jobs
    .command('get <job>')
    .description('one job, by its id or its exact name')
    .addHelpText('after', '\nExample:\n  $ chronos jobs get "Weekly check"')
    .action(async (reference: string) => show(cli, await findJob(await cli.client(), reference)));
  jobs
    .command('create')
    .description('make a job of a YAML or JSON document')
    .requiredOption('-f, --file <file>', 'the document; - is standard input')
    .addHelpText('after', '\nExample:\n  $ chronos jobs create -f job.yaml')
    .action(async ({ file }: { file: string }) => {
      const body = await readJob(cli, file);
      show(cli, await dataOf((await cli.client()).POST('/api/v1/jobs', { body })));
    });
  addActions(jobs, cli);
}

function addActions(jobs: Command, cli: Cli): void {
  jobs
    .command('trigger <job>')
    .description('run a job now, beside its schedule')
    .addHelpText('after', '\nExample:\n  $ chronos jobs trigger "Weekly check"')
    .action(async (reference: string) => {
      const client = await cli.client();
      const { id } = await findJob(client, reference);
      const answer = client.POST('/api/v1/jobs/{id}/trigger', { params: { path: { id } } });
      const execution = await dataOf(answer);
      cli.output.result(execution, () => `Execution ${execution.id} will run.`);
    });
  jobs
    .command('pause <job>')
    .description('hold back what has not begun')
    .option('--reason <text>', 'shown with the job')
    .addHelpText('after', '\nExample:\n  $ chronos jobs pause "Weekly check" --reason "supplier is down"')
    .action(async (reference: string, { reason }: { reason?: string }) => {
      const client = await cli.client();
      const { id } = await findJob(client, reference);
      const path = { params: { path: { id } } };
      show(cli, await dataOf(client.POST('/api/v1/jobs/{id}/pause', { ...path, body: { reason } })));
    });
  jobs
    .command('resume <job>')
    .description('go on with the next time to come')
    .addHelpText('after', '\nExample:\n  $ chronos jobs resume "Weekly check"')
    .action(async (reference: string) => {
      const client = await cli.client();
      const { id } = await findJob(client, reference);
      show(cli, await dataOf(client.POST('/api/v1/jobs/{id}/resume', { params: { path: { id } } })));
    });
  jobs
    .command('cancel <job>')
    .description('end a job for good, with what it has running')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ chronos jobs cancel "Weekly check" --yes')
    .action(async (reference: string, { yes }: { yes?: boolean }) => {
      const client = await cli.client();
      const { id, name } = await findJob(client, reference);
      await cli.confirm(`Cancel "${name}" for good?`, yes);
      show(cli, await dataOf(client.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id } } })));
    });
  jobs
    .command('delete <job>')
    .description('take a job away; what runs is cancelled')
    .option('-y, --yes', 'do not ask')
    .option('--force', 'also where other jobs run after it: they no longer do')
    .addHelpText('after', '\nExample:\n  $ chronos jobs delete "Weekly check" --yes')
    .action(async (reference: string, { yes, force }: { yes?: boolean; force?: boolean }) => {
      const client = await cli.client();
      const { id, name } = await findJob(client, reference);
      await cli.confirm(`Delete "${name}"?`, yes);
      const query = force ? { force: 'true' as const } : {};
      await client.DELETE('/api/v1/jobs/{id}', { params: { path: { id }, query } });
      cli.output.result({ id, name, deleted: true }, () => `Deleted "${name}" (${id}).`);
    });
}

async function list(cli: Cli, { limit, ...filter }: ListOptions): Promise<void> {
  const wanted = Number(limit);
  if (!Number.isInteger(wanted) || wanted < 1) throw usageError('--limit must be a number from 1 on.');
  const client = await cli.client();
  const rows: JobDto[] = [];
  let total = 0;
  const query = { ...filter, limit: Math.min(wanted, 100) };
  const pages = allPages((cursor) => client.GET('/api/v1/jobs', { params: { query: { ...query, cursor } } }));
  for await (const { data, meta } of pages) {
    rows.push(...data);
    total = meta.total;
    if (rows.length >= wanted) break;
  }
  const shown = rows.slice(0, wanted);
  cli.output.table(JOB_COLUMNS, shown, 'No jobs.');
  if (shown.length < total) cli.output.note(`${shown.length} of ${total}; --limit shows more.`);
}

/** The server is who judges what is in it. */
async function readJob(cli: Cli, file: string): Promise<CreateJobDto> {
  try {
    const text = file === '-' ? await cli.prompt.readAll() : await readFile(file, 'utf8');
    const document: unknown = parse(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
      return document as CreateJobDto;
    }
  } catch (error) {
    throw usageError(`${file}: ${(error as Error).message}`);
  }
  throw usageError(`${file} must hold one job.`);
}

function show(cli: Cli, job: JobDto): void {
  cli.output.result(job, () => describeJob(job));
}
