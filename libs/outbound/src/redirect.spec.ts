import { describe, expect, it } from 'vitest';
import type { HttpRequest } from './http-message.js';
import { redirected } from './redirect.js';

const post: HttpRequest = {
  url: new URL('https://api.example.com/v1/a?x=1'),
  method: 'POST',
  headers: {
    authorization: 'Bearer t',
    cookie: 'c=1',
    'x-api-key': 'k',
    'content-type': 'application/json',
    'idempotency-key': 'e1',
  },
  body: '{}',
};

describe('redirected', () => {
  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [301, 'PUT', 'PUT'],
    [302, 'DELETE', 'DELETE'],
    [303, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])('%i turns %s into %s', (status, from, to) => {
    const next = redirected({ ...post, method: from }, status, '/b');
    expect(next.method).toBe(to);
    expect(next.body).toBe(from === to ? '{}' : undefined);
    expect('content-type' in next.headers).toBe(from === to);
  });

  it('resolves a relative location and keeps credentials within the origin', () => {
    const next = redirected(post, 307, '../v2/b');
    expect(next.url.href).toBe('https://api.example.com/v2/b');
    expect(next.headers).toEqual(post.headers);
  });

  it.each([
    'https://other.example.com/',
    'http://api.example.com/',
    'https://api.example.com:8443/',
    '//evil.example',
  ])('hands no credentials to %s', (location) => {
    expect(redirected(post, 307, location).headers).toEqual({
      'content-type': 'application/json',
      'idempotency-key': 'e1',
    });
  });

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'https://user:pw@example.com/', 'http://[bad'])(
    'refuses to go to %s',
    (location) =>
      expect(() => redirected(post, 302, location)).toThrow(/not an http\(s\) URL without credentials/),
  );
});
