import { Body, Controller, Delete, Get, HttpCode, Ip, Module, Param, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsString, ValidateNested } from 'class-validator';
import { QueryFailedError } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChronosError } from '#contracts';
import { configureHttp } from '../create-app.js';
import { createHttpAdapter } from './fastify-adapter.js';
import { HttpModule } from './http.module.js';
import { IdempotencyKey, OptionalField, Page, PageQueryDto, ParseIdPipe, RawAnswer } from './index.js';

class BackoffDto {
  @IsInt({ message: 'must be a whole number' })
  factor!: number;
}

class ThingDto {
  @IsString({ message: 'must be a string' })
  name!: string;

  @OptionalField()
  @ValidateNested()
  @Type(() => BackoffDto)
  backoff?: BackoffDto;

  @OptionalField()
  @IsObject({ message: 'must be an object' })
  payload?: Record<string, unknown>;
}

const thrown: Record<string, () => Error> = {
  conflict: () => new ChronosError('VERSION_CONFLICT', 'It changed meanwhile.'),
  limited: () => new ChronosError('RATE_LIMITED', 'Slow down.', { retryAfterMs: 1_500 }),
  'database-gone': () =>
    new QueryFailedError('SELECT 1', [], Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })),
  bug: () => new TypeError('cannot read properties of the password hunter2'),
};

@Controller('things')
class ThingsController {
  @Post()
  create(@Body() thing: ThingDto, @IdempotencyKey() key?: string) {
    return { thing, key: key ?? null };
  }

  @Get()
  list(@Query() query: PageQueryDto) {
    return Page.of(query, { items: [{ n: 1 }, { n: 2 }], total: 41, nextCursor: 'abc' }).map(({ n }) => n);
  }

  @Get('address')
  address(@Ip() address: string) {
    return { address };
  }

  @Get('raw')
  @RawAnswer()
  raw() {
    return { bare: true };
  }

  @Get(':id')
  get(@Param('id', ParseIdPipe) id: string) {
    return { id };
  }

  @Delete(':id')
  @HttpCode(204)
  remove() {
    return { ignored: true };
  }

  @Post('throw/:what')
  throw(@Param('what') what: string) {
    throw thrown[what]?.() ?? new Error('unknown');
  }
}

@Module({ imports: [HttpModule], controllers: [ThingsController] })
class ThingsModule {}

const ID = '01900000-0000-7000-8000-000000000001';

describe('the HTTP layer', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(
      ThingsModule,
      createHttpAdapter({ trustedProxies: ['10.0.0.0/8', '127.0.0.1/32'] }),
      {
        bodyParser: false,
        logger: false,
      },
    );
    await configureHttp(app, {
      http: {
        host: '127.0.0.1',
        port: 0,
        workerPort: 0,
        publicUrl: 'http://localhost',
        corsOrigins: ['https://ui.example'],
        trustedProxies: [],
      },
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });

  afterAll(() => app.close());

  const send = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, init: RequestOptions = {}) => {
    const answer = await app.inject({
      method,
      url: `/api/v1${url}`,
      payload: init.body,
      headers: { ...(init.body !== undefined && { 'content-type': 'application/json' }), ...init.headers },
    });
    return { ...answer, status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
  const post = (body: unknown) =>
    send('POST', '/things', { body: typeof body === 'string' ? body : JSON.stringify(body) });

  describe('answers', () => {
    it('wraps one thing', async () => {
      const answer = await post({ name: 'x', payload: { a: [1, { b: null }] } });
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({
        success: true,
        data: { thing: { name: 'x', payload: { a: [1, { b: null }] } }, key: null },
      });
    });

    it('wraps a page with its figures', async () => {
      const answer = await send('GET', '/things?page=2&limit=20');
      expect(answer.body).toEqual({
        success: true,
        data: [1, 2],
        meta: { page: 2, limit: 20, total: 41, totalPages: 3, nextCursor: 'abc' },
      });
    });

    it('sends nothing with 204, and a raw answer as it is', async () => {
      const removed = await send('DELETE', `/things/${ID}`);
      expect([removed.status, removed.body]).toEqual([204, undefined]);
      expect((await send('GET', '/things/raw')).body).toEqual({ bare: true });
    });

    it('names every request, by the id of the caller where it is sane', async () => {
      const named = await send('GET', '/things', { headers: { 'x-request-id': 'trace-7' } });
      expect(named.headers['x-request-id']).toBe('trace-7');
      const made = await send('GET', '/nowhere', { headers: { 'x-request-id': 'a b\u00e9' } });
      expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(made.body.error.requestId).toBe(made.headers['x-request-id']);
    });
  });

  it('believes X-Forwarded-For of a trusted proxy, up to the first stranger', async () => {
    const addressFor = async (remoteAddress: string) => {
      const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.2.3' };
      return (await app.inject({ url: '/api/v1/things/address', remoteAddress, headers })).json().data
        .address;
    };
    expect(await addressFor('127.0.0.1')).toBe('203.0.113.9');
    expect(await addressFor('198.51.100.7')).toBe('198.51.100.7');
  });

  describe('bad input', () => {
    const faultOf = async (body: unknown) => {
      const { status, body: answer } = await post(body);
      return [status, answer.error.code, answer.error.details[0]?.field, answer.error.details[0]?.message];
    };

    it.each([
      ['not JSON', '{"name":', 'MALFORMED_JSON'],
      ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'MALFORMED_JSON'],
    ])('%s is 400', async (_, body, code) => {
      const answer = await send('POST', '/things', { body });
      expect([answer.status, answer.body.error.code]).toEqual([400, code]);
      expect(answer.body.error.message).not.toContain('"name"');
    });

    it('of 300 KB is 413', async () => {
      const answer = await post({ name: 'x'.repeat(300 * 1024) });
      expect([answer.status, answer.body.error.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    });

    it('of 256 KB is taken', async () => {
      const frame = JSON.stringify({ name: '' }).length;
      expect((await post({ name: 'x'.repeat(256 * 1024 - frame) })).status).toBe(201);
      expect((await post({ name: 'x'.repeat(256 * 1024 - frame + 1) })).status).toBe(413);
    });

    it('nested deeper than 20 levels is 400, and brackets in strings do not count', async () => {
      const nested = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
      const body = (levels: number) => `{"name":"x","payload":${nested(levels)}}`;
      expect(await faultOf(body(1_000))).toEqual([
        400,
        'VALIDATION_FAILED',
        'body',
        'must not be nested deeper than 20 levels',
      ]);
      expect(await faultOf(body(20))).toContain('body');
      expect((await post(body(19))).status).toBe(201);
      expect((await post({ name: `${'[{'.repeat(100)}\\"` })).status).toBe(201);
      expect(await faultOf('['.repeat(200_000))).toContain('body');
    });

    it.each([
      ['{"name":"x","__proto__":{"admin":true}}', '__proto__'],
      ['{"name":"x","payload":{"a":[{"\\u005f_proto__":1}]}}', 'payload.a.0.__proto__'],
      ['{"name":"x","payload":{"constructor":{"prototype":{}}}}', 'payload.constructor'],
    ])('that pollutes a prototype is 400: %s', async (body, field) => {
      expect(await faultOf(body)).toEqual([
        400,
        'VALIDATION_FAILED',
        field,
        'is not a name a field may have',
      ]);
      expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    });

    it.each([
      ['{"name":"a\\u0000b"}', 'name'],
      ['{"name":"x","payload":{"half":"\\ud800"}}', 'payload.half'],
      ['{"name":"x","payload":{"n":1e999}}', 'payload.n'],
    ])('that PostgreSQL cannot store is 400: %s', async (body, field) => {
      expect((await faultOf(body)).slice(0, 3)).toEqual([400, 'VALIDATION_FAILED', field]);
    });

    it.each(['[]', '"x"', '7', 'null', '[{"name":"x"}]'])('that is no object is 400: %s', async (body) => {
      expect(await faultOf(body)).toEqual([400, 'VALIDATION_FAILED', 'body', 'must be a JSON object']);
    });

    it('reports unknown fields, wrong types and missing ones at once, by path', async () => {
      const { status, body } = await post({ nam: 'x', backoff: { factor: '5', speed: 1 } });
      expect(status).toBe(400);
      expect(body.error.details).toEqual(
        expect.arrayContaining([
          { field: 'nam', message: 'is not a known field; known are backoff, name, payload' },
          { field: 'name', message: 'is required and must be a string' },
          { field: 'backoff.speed', message: 'is not a known field; known are factor' },
          { field: 'backoff.factor', message: 'must be a whole number' },
        ]),
      );
      expect(body.error.details).toHaveLength(4);
    });

    it.each([
      { backoff: 'fast' },
      { backoff: [1] },
      { payload: [] },
      { payload: null },
      { payload: 'x' },
      { name: {} },
    ])('of the wrong shape is 400: %j', async (part) => {
      const { status, body } = await post({ name: 'x', ...part });
      expect([status, body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
      expect(body.error.details[0].field).toMatch(/^(backoff|payload|name)/);
    });

    it('without a body is told what is required', async () => {
      const { status, body } = await send('POST', '/things');
      expect([status, body.error.details]).toEqual([
        400,
        [{ field: 'name', message: 'is required and must be a string' }],
      ]);
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', 'multipart/form-data'])(
      'of type %s is 415',
      async (type) => {
        const answer = await send('POST', '/things', { body: 'name=x', headers: { 'content-type': type } });
        expect([answer.status, answer.body.error.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
      },
    );

    it.each(['application/json; charset=utf-8', 'application/merge-patch+json', 'APPLICATION/JSON'])(
      'type %s is JSON',
      async (type) => {
        const body = '{"name":"x"}';
        expect((await send('POST', '/things', { body, headers: { 'content-type': type } })).status).toBe(201);
      },
    );

    it.each(['page=0', 'page=-1', 'page=1.5', 'page=1e1', 'page=', 'page=1&page=2', 'limit=101', 'limit=x'])(
      'in a query is 400: %s',
      async (query) => {
        const { status, body } = await send('GET', `/things?${query}`);
        expect([status, body.error.details[0].field]).toEqual([400, query.slice(0, query.indexOf('='))]);
      },
    );

    it('in a query is 400 for unknown parameters and unstorable characters', async () => {
      expect((await send('GET', '/things?pge=1')).body.error.details[0].field).toBe('pge');
      expect((await send('GET', '/things?cursor=%00')).body.error.details[0].field).toBe('cursor');
    });

    it.each(['7', 'null', `${ID}0`, '%00'])('as an id is 400: %s', async (id) => {
      const { status, body } = await send('GET', `/things/${id}`);
      expect([status, body.error.code, body.error.details[0].field]).toEqual([
        400,
        'VALIDATION_FAILED',
        'id',
      ]);
    });

    it.each(['', 'k\u00e9y', 'a b', 'x'.repeat(256)])('as an Idempotency-Key is 400: %s', async (key) => {
      const body = '{"name":"x"}';
      const answer = await send('POST', '/things', { body, headers: { 'idempotency-key': key } });
      expect([answer.status, answer.body.error.details[0].field]).toEqual([400, 'Idempotency-Key']);
    });

    it('in the address is 400', async () => {
      const answer = await app.inject({ url: '/api/v1/%zz' });
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({ success: false, error: { code: 'VALIDATION_FAILED' } });
    });
  });

  describe('errors', () => {
    it('of the service keep their code and message', async () => {
      const { status, body } = await send('POST', '/things/throw/conflict');
      expect([status, body]).toEqual([
        409,
        {
          success: false,
          error: {
            code: 'VERSION_CONFLICT',
            message: 'It changed meanwhile.',
            details: [],
            requestId: expect.any(String) as string,
          },
        },
      ]);
    });

    it('say when to come back', async () => {
      const answer = await send('POST', '/things/throw/limited');
      expect([answer.status, answer.headers['retry-after']]).toEqual([429, '2']);
    });

    it('of a lost database are 503', async () => {
      const { status, body, headers } = await send('POST', '/things/throw/database-gone');
      expect([status, body.error.code, headers['retry-after']]).toEqual([503, 'DEPENDENCY_DOWN', '1']);
    });

    it('of our own making tell nothing of their insides', async () => {
      const { status, body } = await send('POST', '/things/throw/bug');
      expect([status, body.error.code]).toEqual([500, 'INTERNAL']);
      expect(JSON.stringify(body)).not.toMatch(/hunter2|TypeError|at /);
    });

    it('of routing are 404, or 405 with what is allowed', async () => {
      expect((await send('GET', '/nowhere')).body.error.code).toBe('NOT_FOUND');
      const refused = await send('PUT', `/things/${ID}`);
      expect([refused.status, refused.body.error.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
      expect(refused.headers['allow']).toBe('DELETE, GET, HEAD');
    });
  });

  describe('headers', () => {
    it('forbid everything foreign to a browser, on errors too', async () => {
      for (const url of ['/api/v1/things', '/api/v1/nowhere']) {
        const { headers } = await app.inject({ url });
        expect(headers['content-security-policy']).toContain(`script-src 'self'`);
        expect(headers['content-security-policy']).not.toContain('unsafe');
        expect(headers['x-content-type-options']).toBe('nosniff');
        expect(headers).not.toHaveProperty('x-powered-by');
      }
    });

    it('let only the configured origins in', async () => {
      const preflight = (origin: string) =>
        app.inject({
          method: 'OPTIONS',
          url: '/api/v1/things',
          headers: { origin, 'access-control-request-method': 'POST' },
        });
      expect((await preflight('https://ui.example')).headers['access-control-allow-origin']).toBe(
        'https://ui.example',
      );
      expect((await preflight('https://evil.example')).headers).not.toHaveProperty(
        'access-control-allow-origin',
      );
    });
  });

  it('serves its documents', async () => {
    const document = (await app.inject({ url: '/api/docs-json' })).json();
    expect(document.paths['/api/v1/things'].post.responses).toHaveProperty('415');
    const page = await app.inject({ url: '/api/docs' });
    expect(page.headers['content-type']).toContain('text/html');
    expect((await app.inject({ url: '/api/docs/swagger-ui-bundle.js' })).statusCode).toBe(200);
  });
});

interface RequestOptions {
  body?: string | Buffer;
  headers?: Record<string, string>;
}
