import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { ChronosConfig } from '#config';
import { requireCurrentSchema } from '#database';
import { ProcessLogger } from '#monitoring';
import { AppModule } from './app.module.js';
import { serveDashboard } from './dashboard/serve-dashboard.js';
import { createHttpAdapter } from './http/fastify-adapter.js';
import { serveOpenApi } from './http/openapi/document.js';
import { registerSecurityHeaders } from './http/security-headers.js';

export const API_PREFIX = 'api/v1';
const OUTSIDE_PREFIX = ['health/live', 'health/ready', 'metrics'];

/**
 * The whole API, configured and connected to its database, listening nowhere yet: `listen()` it, or `init()` it and
 * `inject()` requests.
 * @throws when the database cannot be reached or its schema is older than the program
 */
export async function createApp(config: ChronosConfig): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config),
    createHttpAdapter(config.http),
    {
      bodyParser: false,
      logger: ProcessLogger.of(config, 'api'),
      abortOnError: false,
    },
  );
  await requireCurrentSchema(app.get(DataSource));
  await configureHttp(app, config);
  await serveDashboard(app);
  return app;
}

/** Prefix, CORS, security headers and API documents: what is set on the application rather than provided in it. */
export async function configureHttp(
  app: NestFastifyApplication,
  { http }: Pick<ChronosConfig, 'http'>,
): Promise<void> {
  app.setGlobalPrefix(API_PREFIX, { exclude: OUTSIDE_PREFIX });
  if (http.corsOrigins.length > 0) {
    app.enableCors({
      origin: http.corsOrigins,
      methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: [
        'ETag',
        'X-Request-Id',
        'Retry-After',
        'RateLimit-Limit',
        'RateLimit-Remaining',
        'RateLimit-Reset',
      ],
      maxAge: 600,
    });
  }
  await registerSecurityHeaders(app);
  serveOpenApi(app);
}
