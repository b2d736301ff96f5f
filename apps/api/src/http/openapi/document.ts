import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { ErrorCode } from '#contracts';
import { CHRONOS_VERSION } from '#monitoring';
import { ERROR_STATUS } from '../error-status.js';
import { ErrorEnvelopeDto } from './error.dto.js';
import { errorResponse } from './error-response.js';

export const DOCS_PATH = 'api/docs';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The contract as the code states it, with the answers every route has in common. Needs no database. */
export function buildOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Chronos')
    .setDescription(
      'A distributed job scheduler that accounts for every due moment of every job. Sign in with `POST /auth/login` and send the access token as `Authorization: Bearer <token>`. Programs send an API key of `POST /auth/api-keys` in its place.',
    )
    .setVersion(CHRONOS_VERSION)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An access token, or an API key.' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: [ErrorEnvelopeDto],
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) addCommonErrors(operation);
    }
  }
  return document;
}

/** Serves the document at `/api/docs-json` and Swagger UI at `/api/docs`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH, app, () => buildOpenApiDocument(app), {
    customSiteTitle: 'Chronos API',
    jsonDocumentUrl: `${DOCS_PATH}-json`,
    yamlDocumentUrl: `${DOCS_PATH}-yaml`,
    swaggerOptions: { persistAuthorization: true, validatorUrl: null },
  });
}

function addCommonErrors(operation: Operation): void {
  const common: ErrorCode[] = ['RATE_LIMITED', 'INTERNAL', 'DEPENDENCY_DOWN'];
  if (operation.security?.length) common.push('UNAUTHENTICATED');
  if (operation.requestBody) {
    common.push('VALIDATION_FAILED', 'MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  }
  for (const code of common) {
    const status = String(ERROR_STATUS[code]);
    const present = operation.responses[status];
    if (!present) operation.responses[status] = errorResponse([code]);
    else if ('description' in present && !present.description.includes(code)) {
      present.description += `, \`${code}\``;
    }
  }
}
