import { CommanderError } from 'commander';
import { ChronosApiError, ChronosUnreachableError } from '#client';
import { CliError, EXIT, type ExitCode } from './exit-code.js';
import { visible } from './terminal/visible.js';

export interface ErrorReport {
  exitCode: ExitCode;
  code: string;
  message: string;
  /** Lines below the message: the fields at fault, what to do, what to quote. */
  advice: string[];
}

/** What went wrong, for people and for programs. Undefined where Commander has said it, or nothing is wrong. */
export function reportOf(error: unknown): ErrorReport {
  if (error instanceof CliError) {
    const code =
      error.exitCode === EXIT.usage ? 'USAGE' : error.exitCode === EXIT.denied ? 'DENIED' : 'FAILED';
    return { exitCode: error.exitCode, code, message: error.message, advice: error.hint ? [error.hint] : [] };
  }
  if (error instanceof ChronosApiError) return ofAnswer(error);
  if (error instanceof ChronosUnreachableError) {
    const advice = ['Is the server running, and is --server (or CHRONOS_URL) its address?'];
    return { exitCode: EXIT.failure, code: 'UNREACHABLE', message: error.message, advice };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: EXIT.failure, code: 'FAILED', message, advice: [] };
}

/** Commander has written its own message by the time it throws. */
export function exitCodeOfCommander(error: CommanderError): ExitCode {
  return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}

function ofAnswer({ code, status, message, details, requestId }: ChronosApiError): ErrorReport {
  const isDenied = status === 401 || status === 403;
  const advice = details.map((fault) => `${fault.field}: ${fault.message}`);
  if (code === 'UNAUTHENTICATED') advice.push('Sign in with `chronos login`, or set CHRONOS_API_KEY.');
  if (code === 'FORBIDDEN' && message.includes('SCRIPT_JOBS')) {
    advice.push(
      'Let an administrator do this, or have SCRIPT_JOBS=all set on the server (docs/configuration.md).',
    );
  }
  if (code === 'VERSION_CONFLICT') advice.push('Somebody else changed it meanwhile: run the command again.');
  if (status >= 500 && requestId !== undefined) advice.push(`Request id: ${requestId}`);
  return { exitCode: isDenied ? EXIT.denied : EXIT.failure, code, message, advice: advice.map(visible) };
}
