import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_PREFIX } from '../../create-app.js';
import { routesOf } from '../../testing/routes.js';
import { createTestApi, type TestApi } from '../../testing/test-api.js';

interface Operation {
  summary?: string;
  tags?: string[];
  security?: unknown[];
  responses: Record<string, { description?: string; content?: object }>;
}

const PREFIX = `/${API_PREFIX}`;
const ANY_ID = '01900000-0000-7000-8000-000000000001';

describe('the OpenAPI document', () => {
  let api: TestApi;
  let document: OpenAPIObject;

  beforeAll(async () => {
    api = await createTestApi();
    document = (await api.app.inject({ url: '/api/docs-json' })).json();
  });

  afterAll(() => api.close());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as unknown as Record<string, Operation>).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        operation,
      })),
    );

  it('has every route of the router, and no other', () => {
    const routed = routesOf(api.app).filter((route) => route.includes(PREFIX));
    expect(routed.length).toBeGreaterThan(5);
    expect(operations().map(({ name }) => name.replaceAll(/\{(\w+)\}/g, ':$1'))).toEqual(
      expect.arrayContaining(routed),
    );
    expect(operations()).toHaveLength(routed.length);
  });

  it('says of each what it is for, what it answers, and how it fails', () => {
    const mute = operations().filter(({ operation: { summary, tags, responses } }) => {
      const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      const isTold = answers.every(([status, { description, content }]) =>
        status === '204' ? Boolean(description) : Boolean(description && content),
      );
      return !summary || !tags?.length || answers.length === 0 || !isTold || !responses['500'];
    });
    expect(mute.map(({ name }) => name)).toEqual([]);
  });

  it('refers to nothing it does not hold', () => {
    const refs = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]*)"/g);
    const names = new Set([...refs].map(([, name]) => name));
    expect(Object.keys(document.components?.schemas ?? {})).toEqual(expect.arrayContaining([...names]));
  });

  it('asks for a token exactly where the router does', async () => {
    for (const { name, operation } of operations()) {
      const answer = await api.request(name.replace(` ${PREFIX}`, ' ').replaceAll(/\{\w+\}/g, ANY_ID));
      expect([name, answer.fault?.code === 'UNAUTHENTICATED']).toEqual([
        name,
        (operation.security ?? []).length > 0,
      ]);
    }
  });

  it('is shown by Swagger UI, under a policy that lets it work', async () => {
    const page = await api.app.inject({ url: '/api/docs' });
    expect(page.headers['content-security-policy']).toContain(`style-src 'self' 'unsafe-inline'`);
    const assets = [...page.body.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map(
      ([, path]) => path ?? '',
    );
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      const url = new URL(asset, 'http://localhost/api/docs').pathname;
      expect([url, (await api.app.inject({ url })).statusCode]).toEqual([url, 200]);
    }
    // An inline script would be blocked.
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
  });
});
