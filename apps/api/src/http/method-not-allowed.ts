import type { FastifyInstance } from 'fastify';
import { ChronosError } from '#contracts';

/**
 * Answers 405 with `Allow` where a path exists and the method does not: Fastify itself knows only 404. Call it
 * before the routes are registered.
 */
export function refuseUnknownMethods(instance: FastifyInstance): void {
  const routes: { pattern: RegExp; methods: string[] }[] = [];
  instance.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const source = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : escapePattern(part)));
    routes.push({ pattern: new RegExp(`^${source.join('/')}/?$`), methods: [method].flat() });
  });
  instance.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const path = request.url.split('?', 1)[0] ?? '';
    const allowed = new Set(
      routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods),
    );
    if (allowed.size === 0 || allowed.has(request.method)) return done();
    const list = [...allowed].toSorted().join(', ');
    void reply.header('allow', list);
    done(new ChronosError('METHOD_NOT_ALLOWED', `${request.method} is not allowed here; allowed: ${list}.`));
  });
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
