import type { Command } from 'commander';
import { dataOf, type SystemPauseDto } from '#client';
import type { Cli } from '../cli.js';
import { visible } from '../terminal/visible.js';
import { instant } from '../views/times.js';

const PAUSE = '/api/v1/system/pause';
const RESUME = '/api/v1/system/resume';

interface PauseOptions {
  reason: string;
  cancelRunning?: boolean;
  yes?: boolean;
}

export function addSystemCommands(system: Command, cli: Cli): void {
  system
    .command('pause')
    .description('hold back everything that has not begun; for administrators')
    .requiredOption('--reason <text>', 'shown to everybody, and kept in the ledgers')
    .option('--cancel-running', 'end what runs as well; asks first')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ chronos system pause --reason "database maintenance until 14:00"')
    .action(async ({ reason, cancelRunning, yes }: PauseOptions) => {
      const client = await cli.client();
      if (cancelRunning) {
        const { executions } = await dataOf(client.GET(PAUSE));
        await cli.confirm(`Pause everything, and cancel the ${executions.running} executions that run?`, yes);
      }
      show(cli, await dataOf(client.POST(PAUSE, { body: { reason, cancelRunning } })));
    });
  system
    .command('resume')
    .description('let everything go on; jobs paused by themselves stay so')
    .option('--catch-up', 'apply misfire policies to the times that passed, instead of leaving a gap')
    .addHelpText('after', '\nExample:\n  $ chronos system resume')
    .action(async ({ catchUp }: { catchUp?: boolean }) =>
      show(cli, await dataOf((await cli.client()).POST(RESUME, { body: { catchUp } }))),
    );
  system
    .command('status')
    .description('whether everything is paused, since when, why and by whom')
    .addHelpText('after', '\nExample:\n  $ chronos system status --json')
    .action(async () => show(cli, await dataOf((await cli.client()).GET(PAUSE))));
}

function show(cli: Cli, pause: SystemPauseDto): void {
  cli.output.result(pause, () => describe(pause));
}

function describe({ state, since, reason, pausedBy, jobs, executions }: SystemPauseDto): string {
  const lines: [string, string | undefined][] = [
    ['state', state],
    ...(state === 'running'
      ? []
      : ([
          ['since', instant(since)],
          ['reason', reason ?? undefined],
          ['by', pausedBy?.name],
        ] as [string, string | undefined][])),
    ['jobs', `${jobs.active} active, ${jobs.due} of them due, ${jobs.paused} paused by themselves`],
    ['executions', `${executions.running} running, ${executions.waiting} waiting`],
  ];
  return lines.map(([label, value]) => `${label.padEnd(12)}${visible(value ?? '-')}`).join('\n');
}
