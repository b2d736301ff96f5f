import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DOCS_PATH } from './openapi/document.js';

/** Everything from this origin, nothing inline. */
const POLICY = [
  `default-src 'self'`,
  `base-uri 'self'`,
  `connect-src 'self'`,
  `font-src 'self'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
  `img-src 'self' data:`,
  `object-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
].join('; ');

/** Of the dashboard's page: its component kit makes style elements, which carry the nonce of the answer. */
export function pagePolicy(nonce: string): string {
  return POLICY.replace(`style-src 'self'`, `style-src 'self' 'nonce-${nonce}'`);
}

/** Swagger UI's page holds a style element of its own. */
const DOCS_POLICY = POLICY.replace(`style-src 'self'`, `style-src 'self' 'unsafe-inline'`);

/**
 * Helmet's headers, with a policy of our own. `upgrade-insecure-requests` is left out: an installation reached
 * over plain HTTP in a private network would load nothing.
 */
export async function registerSecurityHeaders(app: NestFastifyApplication): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    frameguard: { action: 'deny' },
    // This service cannot speak for the other hosts of its domain.
    strictTransportSecurity: { includeSubDomains: false },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const isDocs = request.url.startsWith(`/${DOCS_PATH}`);
      void reply.header('content-security-policy', isDocs ? DOCS_POLICY : POLICY);
      done();
    });
}
