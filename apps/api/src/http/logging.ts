import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Params } from 'nestjs-pino';
import type { ChronosConfig } from '#config';

/** Whatever carries a secret, wherever a log line might hold it. */
const SECRET_PATHS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'res.headers["set-cookie"]',
  ...['password', 'currentPassword', 'newPassword', 'accessToken', 'refreshToken', 'token', 'secret'].flatMap(
    (name) => [name, `*.${name}`],
  ),
];

/** JSON lines on stdout, one per request when it ends, each with its request id. */
export function loggerParams({ log }: Pick<ChronosConfig, 'log'>): Params {
  return {
    pinoHttp: {
      level: log.level,
      base: { app: 'api', pid: process.pid },
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
    },
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

/** Probes and scrapes come every few seconds and say nothing when they succeed. */
function isProbe({ url = '' }: IncomingMessage): boolean {
  return url.startsWith('/health/') || url === '/metrics';
}
