import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestMethod } from '@nestjs/common';
import { Logger, type Params, PinoLogger } from 'nestjs-pino';
import type { Options } from 'pino-http';
import type { ChronosConfig } from '#config';
import type { AppName } from './app-name.js';
import { logDestination } from './logs/log-destination.js';

/** Whatever carries a secret, wherever a log line might hold it. */
const SECRET_PATHS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'res.headers["set-cookie"]',
  // TypeORM hangs the values of a failed statement on its error.
  'err.parameters',
  ...['password', 'currentPassword', 'newPassword', 'accessToken', 'refreshToken', 'token', 'secret'].flatMap(
    (name) => [name, `*.${name}`],
  ),
];

/** JSON lines on standard output and in the dated files, one per request when it ends, each with its request id. */
export function loggerParams(config: Pick<ChronosConfig, 'log' | 'retention'>, app: AppName): Params {
  return {
    forRoutes: [{ path: '{*splat}', method: RequestMethod.ALL }],
    pinoHttp: [loggerOptions(config, app), logDestination(config)],
  };
}

/** What a line holds, and what it must not. */
export function loggerOptions({ log }: Pick<ChronosConfig, 'log'>, app: AppName): Options {
  return {
    level: log.level,
    base: { app, pid: process.pid },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
    quietReqLogger: true,
    customAttributeKeys: { reqId: 'requestId' },
    customLogLevel: levelOf,
    serializers: {
      req: ({ method, url, remoteAddress, headers }: SerializedRequest) => ({
        method,
        url,
        remoteAddress,
        userAgent: headers['user-agent'],
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    autoLogging: { ignore: isProbe },
  };
}

interface SerializedRequest {
  method: string;
  url: string;
  remoteAddress: string;
  headers: Record<string, string>;
}

function levelOf(_request: IncomingMessage, { statusCode }: ServerResponse, error?: Error) {
  if (error || statusCode >= 500) return 'error';
  return statusCode >= 400 ? 'warn' : 'info';
}

/** Probes and scrapes come every few seconds, the dashboard's files by the dozen, and say nothing when they succeed. */
function isProbe(request: IncomingMessage & { originalUrl?: string }): boolean {
  const url = request.originalUrl ?? request.url ?? '';
  return url.startsWith('/health/') || url.startsWith('/assets/') || url === '/metrics';
}

/** What the framework tells at start, line by line, and nobody reads unless it fails. */
const CHATTY = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** The logger of the whole process, from its first line on. */
export class ProcessLogger extends Logger {
  static of(config: Pick<ChronosConfig, 'log' | 'retention'>, app: AppName): ProcessLogger {
    const params = loggerParams(config, app);
    return new ProcessLogger(new PinoLogger(params), params);
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (CHATTY.has(String(rest.at(-1)))) super.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}
