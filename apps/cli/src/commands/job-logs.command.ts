import { type Command, Option } from 'commander';
import {
  type ChronosClient,
  dataOf,
  followChanges,
  followExecution,
  type LogLevel,
  type LogLineDto,
} from '#client';
import type { Cli } from '../cli.js';
import { findJob } from '../find-job.js';
import { visible } from '../terminal/visible.js';

interface LogsOptions {
  follow?: boolean;
  level?: LogLevel;
  execution?: string;
  search?: string;
}

export function addJobLogs(jobs: Command, cli: Cli): void {
  jobs
    .command('logs <job>')
    .description('the newest log lines of a job, oldest of them first')
    .option('--follow', 'go on with what its executions write, until Ctrl-C')
    .addOption(new Option('--level <level>').choices(['debug', 'info', 'warn', 'error']))
    .option('--execution <id>', 'lines of one execution')
    .option('--search <text>', 'part of the message')
    .addHelpText(
      'after',
      '\nWith --json each line is one JSON object.\n\nExample:\n  $ chronos jobs logs "Weekly check" --follow',
    )
    .action((reference: string, options: LogsOptions) => showLogs(cli, reference, options));
}

async function showLogs(cli: Cli, reference: string, options: LogsOptions): Promise<void> {
  const client = await cli.client();
  const { id } = await findJob(client, reference);
  const { level, search, execution: executionId } = options;
  const params = { path: { id }, query: { level, search, executionId, limit: 100 } };
  const lines = await dataOf(client.GET('/api/v1/jobs/{id}/logs', { params }));
  const seen = new Set<string>();
  const print = (line: LogLineDto) => {
    if (seen.has(line.id) || !isWanted(line, options)) return;
    seen.add(line.id);
    cli.output.streamed(line, () => textOf(line));
  };
  for (const line of lines.toReversed()) print(line);
  if (options.follow) await follow(cli, client, id, print);
}

/** A stream says which executions run; each of them is then followed from its first line to its end. */
async function follow(
  cli: Cli,
  client: ChronosClient,
  jobId: string,
  print: (line: LogLineDto) => void,
): Promise<void> {
  const followed = new Set<string>();
  const onLost = (reason: string) => cli.output.note(`Connection lost (${reason}); trying again.`);
  const begin = (id: string) => {
    if (followed.has(id)) return;
    followed.add(id);
    void followOne(client, id, print).catch((error: unknown) =>
      cli.output.note(`Execution ${id} can no longer be followed: ${(error as Error).message}`),
    );
  };
  for await (const { event, data } of followChanges(client, { onLost })) {
    if (event === 'ready' || event === 'reset') {
      for (const id of await runningNow(client, jobId)) begin(id);
    } else if (event === 'execution' && data.jobId === jobId) {
      begin(data.id);
    }
  }
}

async function runningNow(client: ChronosClient, id: string): Promise<string[]> {
  const params = { path: { id }, query: { status: ['running' as const], limit: 5 } };
  return (await dataOf(client.GET('/api/v1/jobs/{id}/executions', { params }))).map(
    ({ id: running }) => running,
  );
}

async function followOne(
  client: ChronosClient,
  id: string,
  print: (line: LogLineDto) => void,
): Promise<void> {
  for await (const { event, data } of followExecution(client, id)) if (event === 'log') print(data);
}

/** What the server filters for us in the list, it does not in a stream. */
function isWanted(line: LogLineDto, { level, search, execution }: LogsOptions): boolean {
  const isFound = search === undefined || line.message.toLowerCase().includes(search.toLowerCase());
  return (
    isFound && (level ?? line.level) === line.level && (execution ?? line.executionId) === line.executionId
  );
}

function textOf({ loggedAt, level, attempt, message }: LogLineDto): string {
  return `${loggedAt} ${level.padEnd(5)} #${attempt} ${visible(message)}`;
}
