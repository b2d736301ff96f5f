import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Every route of the router, as `POST /api/v1/jobs/:id/pause`; HEAD left out. */
export function routesOf(app: NestFastifyApplication): string[] {
  const tree = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  // Fastify draws them as a tree of path pieces: `|-- /users (GET)`, with `/:id (PATCH)` indented below.
  const pieces: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const match = /^((?:│ {3}| {4})*)[├└]── (\S*)(?: \(([^)]+)\))?/.exec(line);
    if (!match) return [];
    const [, indent = '', piece = '', methods = ''] = match;
    pieces.length = indent.length / 4;
    pieces.push(piece);
    const path = pieces.join('');
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD')
      .map((method) => `${method} ${path}`);
  });
}
