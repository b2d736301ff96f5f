import { randomBytes } from 'node:crypto';
import { sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { pagePolicy } from '../http/security-headers.js';
import { dashboardFolder, readPage } from './dashboard-files.js';

/** As apps/dashboard/build/nonce-placeholder.ts writes it into the page. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** Ours to answer, also where there is nothing: a program that mistypes a route must not be sent a page. */
const NOT_PAGES = /^\/(?:api|health|metrics|assets)(?:[/?]|$)/;

/**
 * Serves the dashboard at `/`: its files, compressed ahead, and its page for every address that is no route and is asked for by
 * a browser, so that its own addresses can be reloaded and shared. The page's policy lets in only what comes from here,
 * and style elements that carry the nonce of this very answer. Without a built dashboard it does nothing.
 * @param folder where the build put it
 */
export async function serveDashboard(app: NestFastifyApplication, folder = dashboardFolder()): Promise<void> {
  const page = readPage(folder);
  if (page === undefined) {
    Logger.warn(
      'The dashboard was not built (`npm run build` does it); only the API is served.',
      'Dashboard',
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    // The files that are there now, and no others: each is a route.
    wildcard: false,
    index: false,
    globIgnore: ['index.html', '**/*.br', '**/*.gz'],
    dotfiles: 'ignore',
    preCompressed: true,
    // The API documents decorate it already.
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Its name changes with its content.
      const isHashed = path.includes(`${sep}assets${sep}`);
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      if (!isPageWanted(request)) return done();
      const nonce = randomBytes(16).toString('base64');
      void reply
        .headers({
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-cache',
          'content-security-policy': pagePolicy(nonce),
        })
        .send(page.replaceAll(NONCE_PLACEHOLDER, nonce));
    });
}

function isPageWanted({ is404, method, url, headers }: FastifyRequest): boolean {
  if (!is404 || (method !== 'GET' && method !== 'HEAD')) return false;
  if (url === '/') return true;
  return headers.accept?.includes('text/html') === true && !NOT_PAGES.test(url);
}
