import { CommanderError } from 'commander';
import { exitCodeOfCommander, reportOf } from './report-error.js';
import { buildProgram } from './program.js';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { program, cli } = buildProgram(process.env);
try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = exitCodeOfCommander(error);
  } else {
    const { exitCode, code, message, advice } = reportOf(error);
    if (cli.output.isJson) cli.output.note(JSON.stringify({ error: { code, message, advice } }));
    else
      cli.output.note(
        [cli.output.paintNote('red', message), ...advice.map((line) => `  ${line}`)].join('\n'),
      );
    process.exitCode = exitCode;
  }
}
