import { type ChronosConfig, ConfigError } from '#config';
import { isDatabaseDown, SchemaOutdatedError } from '#database';
import type { AppName } from './app-name.js';

/** Why a process could not start and what to do about it; a stack only where we cannot say. */
export function startFailure(app: AppName, error: unknown, config?: ChronosConfig): string {
  if (error instanceof ConfigError || error instanceof SchemaOutdatedError) return error.message;
  const code = codeOf(error);
  if (config && isListenError(error)) {
    const { port, variable } = portOf(app, config);
    const fault = (LISTEN_FAULTS[code] ?? code).replace('PORT', variable);
    return `The ${app} cannot listen on ${config.http.host}:${port} (HOST, ${variable}): ${fault}.`;
  }
  if (config && (isDatabaseDown(error) || code in LOGIN_FAULTS)) {
    const reason = LOGIN_FAULTS[code] ?? `it cannot be reached (${code || messageOf(error)}). Is it running?`;
    return `PostgreSQL at ${addressOf(config.database.url)} (DATABASE_URL or DB_*): ${reason}`;
  }
  return `The ${app} could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function portOf(app: AppName, { http }: ChronosConfig): { port: number; variable: string } {
  return app === 'api'
    ? { port: http.port, variable: 'PORT' }
    : { port: http.workerPort, variable: 'WORKER_PORT' };
}

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process has this port. Stop it or set another PORT',
  EACCES: 'this user may not use that port. Set a PORT above 1023',
  EADDRNOTAVAIL: 'this machine does not have that address. Set another HOST',
  ENOTFOUND: 'that host name is not known. Set another HOST',
};

const LOGIN_FAULTS: Readonly<Record<string, string>> = {
  '28P01': 'it refused the user or password.',
  '28000': 'it refused the user.',
  '3D000': 'there is no such database. Create it, then run the migrations.',
};

function isListenError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const syscall = 'syscall' in error ? error.syscall : undefined;
  return syscall === 'listen' || codeOf(error) === 'EADDRINUSE';
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return String(error.code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Host, port and database of a connection URL; never its password. */
function addressOf(url: string): string {
  if (!URL.canParse(url)) return 'an unreadable address';
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}
