/**
 * Does this error mean that PostgreSQL cannot be reached, rather than that it refused a statement? Covers the
 * socket errors of Node, the pool's own, and the SQLSTATEs a server sends while it starts, stops or is full
 * (class 08, 57P01 to 57P03, 53300; PostgreSQL manual, appendix A). TypeORM wraps the driver's error.
 */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code && (SOCKET_ERRORS.has(code) || SERVER_DOWN.test(code))) return true;
  if (CONNECTION_LOST.test(error.message)) return true;
  if (error instanceof AggregateError && error.errors.some(isDatabaseDown)) return true;
  const inner = 'driverError' in error && error.driverError !== error ? error.driverError : error.cause;
  return inner !== undefined && isDatabaseDown(inner);
}

const SOCKET_ERRORS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

const SERVER_DOWN = /^(08...|57P0[123]|53300)$/;

const CONNECTION_LOST =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
