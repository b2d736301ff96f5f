/** How the command line ends; promised in docs/cli.md. */
export const EXIT = {
  ok: 0,
  /** It could not be done, or not all of it, or what was waited for failed. */
  failure: 1,
  /** What was asked for cannot be understood: options, arguments, an input file. */
  usage: 2,
  /** Not signed in, or not allowed. */
  denied: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a message for people and an exit code for programs. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.failure,
    /** What to do about it. */
    readonly hint?: string,
  ) {
    super(message);
  }
}

export function usageError(message: string, hint?: string): CliError {
  return new CliError(message, EXIT.usage, hint);
}
