/**
 * Executors or handlers are not as they must be, so the worker cannot start. The message lists every fault, each
 * with the class or file it was found in and what to do about it.
 */
export class ExecutorStartupError extends Error {
  override readonly name = 'ExecutorStartupError';

  constructor(
    what: string,
    readonly faults: readonly string[],
  ) {
    super(`${what}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}
