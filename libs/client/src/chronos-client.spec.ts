import { describe, expect, it } from 'vitest';
import { allPages, dataOf } from './answers.js';
import { ChronosApiError, ChronosUnreachableError } from './chronos-api-error.js';
import { type ChronosClientOptions, createChronosClient } from './chronos-client.js';
import { tokensInMemory } from './token-store.js';

const OLD = { accessToken: 'old', refreshToken: 'refresh-old' };
const NEW = { accessToken: 'new', refreshToken: 'refresh-new' };

/** A server made of a function, and the requests it got as `METHOD path credential`. */
function clientOf(answer: (request: Request) => Response | Promise<Response>, options = {}) {
  const requests: string[] = [];
  const client = createChronosClient({
    baseUrl: 'http://chronos.test/',
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const credential = request.headers.get('authorization') ?? '-';
      requests.push(`${request.method} ${pathname}${search} ${credential}`);
      return answer(request);
    },
    ...(options satisfies Partial<ChronosClientOptions>),
  });
  return { client, requests };
}

const ok = (data: unknown, rest = {}) => Response.json({ success: true, data, ...rest });

function fault(status: number, code: string, headers: Record<string, string> = {}) {
  const error = { code, message: `It is ${code}.`, details: [], requestId: 'r-1' };
  return Response.json({ success: false, error }, { status, headers });
}

/** Takes the new access token only, and trades the old refresh token for it. */
function expiring(request: Request): Response {
  if (request.url.endsWith('/auth/refresh')) return ok(NEW);
  return request.headers.get('authorization') === 'Bearer new'
    ? ok({ id: 'me' })
    : fault(401, 'UNAUTHENTICATED');
}

describe('answers', () => {
  it('are typed by their path and unwrapped', async () => {
    const { client, requests } = clientOf(() => ok({ id: 'j', name: 'Job' }), { apiKey: 'chr_key' });
    const job = await dataOf(client.GET('/api/v1/jobs/{id}', { params: { path: { id: 'j' } } }));
    expect(job.name).toBe('Job');
    expect(requests).toEqual(['GET /api/v1/jobs/j Bearer chr_key']);
  });

  it('of a list are read page by page', async () => {
    const { client, requests } = clientOf((request) => {
      const isFirst = !request.url.includes('cursor');
      return ok([{ id: isFirst ? 'a' : 'b' }], { meta: { total: 2, nextCursor: isFirst ? 'next' : null } });
    });
    const ids: string[] = [];
    const pages = allPages((cursor) => client.GET('/api/v1/jobs', { params: { query: { cursor } } }));
    for await (const { data } of pages) ids.push(...data.map(({ id }) => id));
    expect(ids).toEqual(['a', 'b']);
    expect(requests).toEqual(['GET /api/v1/jobs -', 'GET /api/v1/jobs?cursor=next -']);
  });
});

describe('errors', () => {
  it('carry code, status, message, details and request id', async () => {
    const { client } = clientOf(() => fault(409, 'INVALID_STATE'));
    const error = await client.GET('/api/v1/jobs').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChronosApiError);
    expect(error).toMatchObject({
      code: 'INVALID_STATE',
      status: 409,
      message: 'It is INVALID_STATE.',
      details: [],
      requestId: 'r-1',
    });
  });

  it.each([
    ['a page of a proxy', new Response('<h1>Bad Gateway</h1>', { status: 502 }), 502],
    ['a site that is no Chronos', new Response('<h1>Welcome</h1>'), 200],
  ])('tell %s from an answer of ours', async (_what, response, status) => {
    const { client } = clientOf(() => response.clone());
    await expect(client.GET('/api/v1/jobs')).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER', status });
  });

  it('say why nobody answered', async () => {
    const { client } = clientOf(() => {
      throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED 127.0.0.1:1') });
    });
    const error = await client.GET('/api/v1/jobs').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ChronosUnreachableError);
    expect(error).toHaveProperty(
      'message',
      'http://chronos.test cannot be reached: connect ECONNREFUSED 127.0.0.1:1',
    );
  });
});

describe('a session', () => {
  it('is refreshed once for all requests refused together, and each is sent again with its body', async () => {
    const bodies: unknown[] = [];
    const tokens = tokensInMemory(OLD);
    const { client, requests } = clientOf(
      async (request) => {
        if (request.method === 'PATCH') bodies.push(await request.clone().json());
        return expiring(request);
      },
      { tokens },
    );
    await Promise.all([
      client.GET('/api/v1/auth/me'),
      client.PATCH('/api/v1/auth/me', { body: { name: 'Me' } }),
    ]);
    expect(requests.filter((line) => line.includes('refresh'))).toHaveLength(1);
    expect(requests.filter((line) => line.endsWith('Bearer new'))).toHaveLength(2);
    expect(bodies).toEqual([{ name: 'Me' }, { name: 'Me' }]);
    expect(await tokens.read()).toEqual(NEW);
  });

  it('whose fresh token is refused as well ends with the 401', async () => {
    const { client, requests } = clientOf(
      (request) => (request.url.endsWith('/refresh') ? ok(NEW) : fault(401, 'UNAUTHENTICATED')),
      { tokens: tokensInMemory(OLD) },
    );
    await expect(client.GET('/api/v1/auth/me')).rejects.toMatchObject({ status: 401 });
    expect(requests).toHaveLength(3);
  });

  it('uses the tokens somebody else got with the same store', async () => {
    const tokens = tokensInMemory(OLD);
    const { client, requests } = clientOf(
      async (request) => {
        if (request.headers.get('authorization') === 'Bearer old') await tokens.write(NEW);
        return expiring(request);
      },
      { tokens },
    );
    await client.GET('/api/v1/auth/me');
    expect(requests).toEqual(['GET /api/v1/auth/me Bearer old', 'GET /api/v1/auth/me Bearer new']);
  });

  it('is refreshed while nobody else who shares its store does the same', async () => {
    const kept = tokensInMemory(OLD);
    // Somebody else holds the lock, and has refreshed by the time it is ours.
    const exclusively = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      await kept.write(NEW);
      return work();
    };
    const { client, requests } = clientOf(expiring, { tokens: { ...kept, exclusively } });
    await client.GET('/api/v1/auth/me');
    expect(requests).toEqual(['GET /api/v1/auth/me Bearer old', 'GET /api/v1/auth/me Bearer new']);
  });

  it('that cannot be refreshed is forgotten', async () => {
    const tokens = tokensInMemory(OLD);
    const { client } = clientOf(
      (request) =>
        request.url.endsWith('/refresh')
          ? fault(401, 'INVALID_REFRESH_TOKEN')
          : fault(401, 'UNAUTHENTICATED'),
      { tokens },
    );
    await expect(client.GET('/api/v1/auth/me')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await tokens.read()).toBeUndefined();
  });
});

describe('a rate limit', () => {
  it('is waited out where its wait is short enough, with the same body', async () => {
    const waits: number[] = [];
    let calls = 0;
    const { client, requests } = clientOf(
      () => ((calls += 1) === 1 ? fault(429, 'RATE_LIMITED', { 'retry-after': '0' }) : ok({ id: 'j' })),
      { maxRateLimitWaitMs: 1, onRateLimitWait: (ms: number) => waits.push(ms) },
    );
    await client.POST('/api/v1/jobs/{id}/pause', { params: { path: { id: 'j' } }, body: { reason: 'why' } });
    expect([requests.length, waits]).toEqual([2, [0]]);
  });

  it.each([
    ['takes too long', 'RATE_LIMITED', '60'],
    ['is a locked account', 'ACCOUNT_LOCKED', '0'],
  ])('is thrown where it %s', async (_what, code, retryAfter) => {
    const { client } = clientOf(() => fault(429, code, { 'retry-after': retryAfter }), {
      maxRateLimitWaitMs: 1_000,
    });
    await expect(client.GET('/api/v1/jobs')).rejects.toMatchObject({ code, status: 429 });
  });
});
