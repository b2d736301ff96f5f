import { Command } from 'commander';
import { Cli } from './cli.js';
import { addAccountCommands } from './commands/account.command.js';
import { addApply } from './commands/apply.command.js';
import { addBackfillCommands, addJobBackfill } from './commands/backfills.command.js';
import { addCalendarCommands } from './commands/calendars.command.js';
import { addCatchupCommands } from './commands/catchup.command.js';
import { addExecutionCommands } from './commands/executions.command.js';
import { addImportCrontab } from './commands/import-crontab.command.js';
import { addJobCommands } from './commands/jobs.command.js';
import { addJobLogs } from './commands/job-logs.command.js';
import { addSystemCommands } from './commands/system.command.js';

const AFTER_HELP = `
Exit codes: 0 done; 1 it failed, or not all of it was done; 2 it was not understood; 3 not signed in, or not allowed.
Environment: CHRONOS_URL, CHRONOS_API_KEY, NO_COLOR, XDG_CONFIG_HOME.

Examples:
  $ chronos login --email me@example.com
  $ chronos jobs list --status active
  $ chronos jobs logs "Weekly check" --follow
  $ crontab -l | chronos import crontab -`;

/** All commands, on the environment given. Throws CommanderError instead of ending the process. */
export function buildProgram(env: NodeJS.ProcessEnv): { program: Command; cli: Cli } {
  const program = new Command('chronos')
    .description('Jobs of a Chronos server, from the command line.')
    .option(
      '--server <url>',
      'address of the server (default: where you signed in, else http://localhost:3000)',
    )
    .option('--json', 'results as JSON on standard output, errors as JSON on standard error')
    .option('--no-color', 'no colours, not even on a terminal')
    .configureHelp({ showGlobalOptions: true })
    .exitOverride()
    .addHelpText('after', AFTER_HELP);
  const cli = new Cli(program, env);
  addAccountCommands(program, cli);
  const jobs = program.command('jobs').description('make, see and steer jobs');
  addJobCommands(jobs, cli);
  addJobBackfill(jobs, cli);
  addJobLogs(jobs, cli);
  addApply(program, cli);
  addExecutionCommands(program.command('executions').description('what jobs ran'), cli);
  addCatchupCommands(
    program.command('catchup').description('what an outage left and waits for a decision'),
    cli,
  );
  addCalendarCommands(program.command('calendars').description('when jobs do not run'), cli);
  addBackfillCommands(program.command('backfills').description('runs for times that have passed'), cli);
  addImportCrontab(program.command('import').description('take over jobs from elsewhere'), cli);
  addSystemCommands(program.command('system').description('everything at once: pause it, let it go on'), cli);
  return { program, cli };
}
