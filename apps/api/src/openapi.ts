// Writes the OpenAPI document to standard output, as `/api/docs-json` serves it. Needs no database and no settings:
// modules and routes are looked at, nothing is made. `npm run client:generate` generates the client from it.
import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '#config';
import { AppModule } from './app.module.js';
import { configureHttp } from './create-app.js';
import { createHttpAdapter } from './http/fastify-adapter.js';
import { buildOpenApiDocument } from './http/openapi/document.js';

// Asked for by the configuration, used by nothing here.
const config = loadConfig({
  JWT_SECRET: randomBytes(32).toString('hex'),
  ENCRYPTION_KEY: randomBytes(32).toString('hex'),
  LOG_DIR: 'off',
});
const app = await NestFactory.create<NestFastifyApplication>(
  AppModule.forRoot(config),
  createHttpAdapter(config.http),
  { preview: true, bodyParser: false, logger: ['error'], abortOnError: false },
);
await configureHttp(app, config);
process.stdout.write(`${JSON.stringify(buildOpenApiDocument(app))}\n`);
