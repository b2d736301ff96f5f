import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testConfig, type TempDir, tempDir } from '#testing';
import { configureHttp } from '../create-app.js';
import { createHttpAdapter } from '../http/fastify-adapter.js';
import { HttpModule } from '../http/http.module.js';
import { serveDashboard } from './serve-dashboard.js';

const PAGE = `<!doctype html><style nonce="__CSP_NONCE__"></style>`;
const SCRIPT = 'export const answer = 42;';
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

@Controller('things')
class ThingsController {
  @Get()
  list() {
    return [];
  }

  @Post('act')
  act() {
    return {};
  }
}

@Module({ imports: [HttpModule], controllers: [ThingsController] })
class ThingsModule {}

describe('the dashboard', () => {
  let folder: TempDir;
  let app: NestFastifyApplication;

  const start = async (from: string) => {
    const config = testConfig();
    const made = await NestFactory.create<NestFastifyApplication>(
      ThingsModule,
      createHttpAdapter(config.http),
      { bodyParser: false, logger: false },
    );
    await configureHttp(made, config);
    await serveDashboard(made, from);
    await made.init();
    await made.getHttpAdapter().getInstance().ready();
    return made;
  };
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });

  beforeAll(async () => {
    folder = await tempDir('dashboard');
    await mkdir(join(folder.path, 'assets'));
    await mkdir(join(folder.path, '.vite'));
    await writeFile(join(folder.path, 'index.html'), PAGE);
    await writeFile(join(folder.path, 'favicon.svg'), '<svg/>');
    await writeFile(join(folder.path, '.vite', 'manifest.json'), '{}');
    await writeFile(join(folder.path, 'assets', 'index-a1.js'), SCRIPT);
    await writeFile(join(folder.path, 'assets', 'index-a1.js.gz'), gzipSync(SCRIPT));
    app = await start(folder.path);
  });
  afterAll(async () => {
    await app.close();
    await folder.remove();
  });

  it('is the page at /, whoever asks, with a nonce of its own each time', async () => {
    const [one, other] = [await get('/'), await get('/', BROWSER)];
    for (const { statusCode, headers, body } of [one, other]) {
      const nonce = /nonce="([^"]+)"/.exec(body)?.[1] ?? '';
      expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-cache',
      ]);
      expect(nonce).toHaveLength(24);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain(`script-src 'self';`);
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
    }
    expect(one.body).not.toBe(other.body);
    expect(one.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  });

  it.each(['/jobs', '/jobs/0190?tab=runs', '/sign-in', '/apis'])(
    'is the page at %s for a browser',
    async (url) => {
      const { statusCode, body } = await get(url, BROWSER);
      expect([statusCode, body.startsWith('<!doctype html>')]).toEqual([200, true]);
    },
  );

  it.each([
    ['/api', BROWSER],
    ['/api/v1/nowhere', BROWSER],
    ['/health/nowhere', BROWSER],
    ['/assets/gone-b2.js', BROWSER],
    ['/jobs', { accept: '*/*' }],
    ['/index.html.bak', {}],
    ['/.vite/manifest.json', {}],
    ['/assets/index-a1.js.gz', {}],
    ['/assets/../index.html', {}],
  ])('is no answer to %s %j', async (url, headers) => {
    const answer = await get(url, headers);
    expect([answer.statusCode, answer.json().error.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('leaves the API as it is, refused methods among it', async () => {
    expect((await get('/api/v1/things', BROWSER)).json()).toEqual({ success: true, data: [] });
    expect((await get('/api/v1/things/act', BROWSER)).statusCode).toBe(405);
    expect((await app.inject({ method: 'POST', url: '/jobs', headers: BROWSER })).statusCode).toBe(404);
    expect((await get('/api/docs', BROWSER)).body).toContain('swagger');
  });

  it('sends hashed files compressed and for ever, the others to be asked for again', async () => {
    const script = await get('/assets/index-a1.js', { 'accept-encoding': 'gzip, br' });
    expect(script.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(String(script.headers['content-type'])).toContain('javascript');
    expect((await get('/assets/index-a1.js')).body).toBe(SCRIPT);
    const icon = await get('/favicon.svg');
    expect([icon.headers['cache-control'], icon.headers['content-type']]).toEqual([
      'no-cache',
      'image/svg+xml',
    ]);
    const again = await get('/favicon.svg', { 'if-none-match': String(icon.headers['etag']) });
    expect(again.statusCode).toBe(304);
  });

  it('that was not built is not there, and the API is', async () => {
    const bare = await start(join(folder.path, 'nowhere'));
    expect((await bare.inject({ url: '/', headers: BROWSER })).statusCode).toBe(404);
    expect((await bare.inject({ url: '/api/v1/things' })).statusCode).toBe(200);
    await bare.close();
  });
});
