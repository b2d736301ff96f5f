import { type Command, Option } from 'commander';
import { dataOf, type ExecutionDto, type ExecutionStatus } from '#client';
import type { Cli } from '../cli.js';
import { findJob } from '../find-job.js';
import type { Column } from '../terminal/table.js';
import { visible } from '../terminal/visible.js';
import { statusStyle } from '../views/job-view.js';
import { instant } from '../views/times.js';

const STATUSES: ExecutionStatus[] = [
  ...(['scheduled', 'queued', 'running', 'retrying', 'completed'] as const),
  ...(['failed', 'cancelled', 'timed_out', 'skipped', 'missed'] as const),
];

const COLUMNS: Column<ExecutionDto>[] = [
  { title: 'ID', of: ({ id }) => id, style: () => 'dim' },
  { title: 'STATUS', of: ({ status }) => status, style: ({ status }) => statusStyle(status) },
  { title: 'SCHEDULED FOR', of: ({ scheduledFor }) => instant(scheduledFor) },
  { title: 'TRIGGER', of: ({ trigger }) => trigger },
  { title: 'ATTEMPT', of: ({ attempt, maxAttempts }) => `${attempt}/${maxAttempts}` },
  { title: 'MS', of: ({ durationMs }) => durationMs },
  { title: 'ERROR OR REASON', of: ({ error, reason }) => error?.message ?? reason },
];

export function addExecutionCommands(executions: Command, cli: Cli): void {
  executions
    .command('list <job>')
    .description('what a job ran, newest first')
    .addOption(new Option('--status <status>').choices(STATUSES))
    .option('--from <time>', 'earliest nominal time')
    .option('--to <time>', 'latest nominal time')
    .addHelpText('after', '\nExample:\n  $ chronos executions list "Weekly check" --status failed')
    .action(
      async (
        reference: string,
        { status, ...range }: { status?: ExecutionStatus; from?: string; to?: string },
      ) => {
        const client = await cli.client();
        const { id } = await findJob(client, reference);
        const params = { path: { id }, query: { ...range, status: status && [status], limit: 100 } };
        cli.output.table(
          COLUMNS,
          await dataOf(client.GET('/api/v1/jobs/{id}/executions', { params })),
          'No executions.',
        );
      },
    );
  executions
    .command('get <id>')
    .description('one execution with its attempts')
    .addHelpText(
      'after',
      '\nExample:\n  $ chronos executions get 01900000-0000-7000-8000-000000000001 --json',
    )
    .action(async (id: string) => {
      const answer = (await cli.client()).GET('/api/v1/executions/{id}', { params: { path: { id } } });
      const { attempts, ...execution } = await dataOf(answer);
      cli.output.result({ ...execution, attempts }, () =>
        [
          describe(execution),
          ...attempts.map(
            ({ attempt, status, error }) => `attempt ${attempt}  ${status}  ${visible(error?.message ?? '')}`,
          ),
        ].join('\n'),
      );
    });
  executions
    .command('cancel <id>')
    .description('end an execution')
    .addHelpText('after', '\nExample:\n  $ chronos executions cancel 01900000-0000-7000-8000-000000000001')
    .action(async (id: string) => {
      const answer = (await cli.client()).POST('/api/v1/executions/{id}/cancel', {
        params: { path: { id } },
      });
      const execution = await dataOf(answer);
      cli.output.result(execution, () => describe(execution));
    });
  executions
    .command('retry <id>')
    .description('run an execution that is over once more')
    .addHelpText('after', '\nExample:\n  $ chronos executions retry 01900000-0000-7000-8000-000000000001')
    .action(async (id: string) => {
      const answer = (await cli.client()).POST('/api/v1/executions/{id}/retry', { params: { path: { id } } });
      const execution = await dataOf(answer);
      cli.output.result(execution, () => describe(execution));
    });
}

function describe(execution: ExecutionDto): string {
  const text = COLUMNS.map(({ title, of }) => `${title.toLowerCase().padEnd(17)}${of(execution) ?? '-'}`);
  return visible(text.join('\n'));
}
