import type { Command } from 'commander';
import { ChronosApiError, type ChronosClient, type CreateJobDto, dataOf } from '#client';
import { JobNames, MissingParentError } from '../apply/chain-order.js';
import { planApply, type PlannedJob } from '../apply/plan-apply.js';
import { readJobs } from '../apply/read-jobs.js';
import { type ApplySum, renderPlanned, renderSum } from '../apply/render-apply.js';
import type { Cli } from '../cli.js';
import { EXIT } from '../exit-code.js';
import { ownJobs } from '../own-jobs.js';
import { readInput } from '../read-input.js';
import { type ErrorReport, reportOf } from '../report-error.js';

interface Options {
  file: string;
  yes?: boolean;
  prune?: boolean;
  rewrite?: boolean;
}

interface Outcome {
  planned: PlannedJob;
  state: 'planned' | 'done' | 'failed' | 'not tried';
  id?: string;
  error?: ErrorReport;
}

/** Faults of one job, which say nothing of the next. */
const OF_ONE_JOB = new Set([
  'VALIDATION_FAILED',
  'FORBIDDEN',
  'NOT_FOUND',
  'VERSION_CONFLICT',
  'INVALID_STATE',
  'JOB_IN_USE',
]);

export function addApply(program: Command, cli: Cli): void {
  program
    .command('apply')
    .description('make your jobs what a file says; shows the difference unless --yes is given')
    .requiredOption(
      '-f, --file <file>',
      'YAML or JSON: documents with a job or a list of jobs each; - is stdin',
    )
    .option('-y, --yes', 'do it')
    .option('--prune', 'delete jobs that were applied before and are no longer in the file')
    .option('--rewrite', 'send payloads and notifications also where they look equal, for changed secrets')
    .addHelpText(
      'after',
      `
Jobs are found again by their names. Only the fields that the file gives are compared and changed. Exit code 1: not
everything was done.

Examples:
  $ chronos apply -f jobs.yaml
  $ chronos apply -f jobs.yaml --prune --yes`,
    )
    .action((options: Options) => apply(cli, options));
}

async function apply(
  cli: Cli,
  { file, yes = false, prune = false, rewrite = false }: Options,
): Promise<void> {
  const wanted = readJobs(await readInput(cli, file), file);
  const client = await cli.client();
  const own = await ownJobs(client, (await cli.me(client)).id);
  const plan = planApply(wanted, own, { prune, rewrite });
  const names = new JobNames(own);
  const outcomes = plan.map((planned): Outcome => ({ planned, state: yes ? 'not tried' : 'planned' }));
  try {
    for (const outcome of outcomes) await settle(cli, client, outcome, names, yes);
  } finally {
    report(cli, outcomes, yes);
  }
  if (outcomes.some(({ state }) => state === 'failed')) process.exitCode = EXIT.failure;
}

/** One job: shown, and done where asked to. What is no fault of this job alone ends the command. */
async function settle(
  cli: Cli,
  client: ChronosClient,
  outcome: Outcome,
  names: JobNames,
  yes: boolean,
): Promise<void> {
  const { planned } = outcome;
  const say = (text: string) => {
    if (!cli.output.isJson && planned.action !== 'unchanged') cli.output.line(text);
  };
  say(renderPlanned(planned, cli.output));
  if (!yes) return;
  try {
    const id = await send(client, planned, names);
    Object.assign(outcome, { state: 'done', id });
    if (planned.action === 'create') {
      names.add(planned.name, id);
      say(`    created as ${id}`);
    }
  } catch (error) {
    const fault = reportOf(error);
    Object.assign(outcome, { state: 'failed', error: fault });
    const lines = [fault.message, ...fault.advice].map((line) => `    ${cli.output.paint('red', line)}`);
    say(lines.join('\n'));
    if (!isOfOneJob(error)) throw error;
  }
}

function isOfOneJob(error: unknown): boolean {
  if (error instanceof MissingParentError) return true;
  return error instanceof ChronosApiError && OF_ONE_JOB.has(error.code);
}

async function send(client: ChronosClient, planned: PlannedJob, names: JobNames): Promise<string> {
  if (planned.action === 'create') {
    // The server is who judges what is in it.
    const body = withIds(planned.body, names) as unknown as CreateJobDto;
    return (await dataOf(client.POST('/api/v1/jobs', { body }))).id;
  }
  const { id } = planned;
  if (planned.action === 'update') {
    const { version } = planned;
    const body = withIds(planned.body, names);
    const params = { path: { id }, header: { 'If-Match': `"${version}"` } };
    await client.PATCH('/api/v1/jobs/{id}', { params, body });
  }
  if (planned.action === 'delete') await client.DELETE('/api/v1/jobs/{id}', { params: { path: { id } } });
  return id;
}

function withIds(body: Record<string, unknown>, names: JobNames): Record<string, unknown> {
  return 'after' in body ? { ...body, after: names.withIds(body['after']) } : body;
}

function report(cli: Cli, outcomes: Outcome[], applied: boolean): void {
  const sum: ApplySum = { create: 0, update: 0, unchanged: 0, delete: 0, failed: 0, notTried: 0 };
  for (const { planned, state } of outcomes) {
    if (state === 'failed') sum.failed += 1;
    else if (state === 'not tried') sum.notTried += 1;
    else sum[planned.action] += 1;
  }
  const jobs = outcomes.map(({ planned: { action, name, changes, ...rest }, state, id, error }) => ({
    action,
    name,
    id: id ?? ('id' in rest ? rest.id : undefined),
    state,
    changes,
    ...(error && { error: { code: error.code, message: error.message, advice: error.advice } }),
  }));
  const hasChanges = outcomes.some(({ planned }) => planned.action !== 'unchanged');
  cli.output.result({ applied, hasChanges, sum, jobs }, () => {
    if (!hasChanges) return `No changes: ${sum.unchanged} unchanged.`;
    const next = applied ? [] : ['Nothing was done: run it again with --yes.'];
    return ['', renderSum(sum, applied), ...next].join('\n');
  });
}
