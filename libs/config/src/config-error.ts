/** One thing wrong with the configuration. */
export interface ConfigFault {
  /** The variable to set or change. */
  variable: string;
  /** A whole sentence: what was expected and what to do. Never holds the value of a secret. */
  message: string;
}

/** The configuration cannot be used. Holds all faults, so that one restart mends them all. Never retryable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly faults: readonly ConfigFault[],
    readonly warnings: readonly string[] = [],
  ) {
    const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
    const lines = faults.map((fault) => `  - ${fault.variable}: ${fault.message}`);
    const hints = warnings.map((warning) => `  - ${warning}`);
    super(
      [
        `The configuration has ${count}:`,
        ...lines,
        ...(hints.length > 0 ? ['Perhaps related:', ...hints] : []),
        'Every variable is explained in docs/configuration.md.',
      ].join('\n'),
    );
  }
}
