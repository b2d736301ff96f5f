import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChronosConfig } from '#config';
import { type JsonObject, SECRET_MASK } from '#contracts';
import { PayloadSecrets } from './payload-secrets.service.js';
import { SecretBox } from './secret-box.js';

const secrets = () =>
  new PayloadSecrets({ secrets: { encryptionKeys: [randomBytes(32)] } } as unknown as ChronosConfig);

describe('PayloadSecrets', () => {
  const webhook: JsonObject = {
    url: 'https://example.com',
    data: { id: 7 },
    secret: 'whsec_c2VjcmV0',
    headers: { Authorization: 'Bearer abc', 'X-Api-Key': 'k', Accept: 'text/plain' },
  };

  it('stores no secret in the clear and opens to what was given', () => {
    const box = secrets();
    const stored = box.seal('webhook', webhook, []);
    expect(JSON.stringify(stored)).not.toMatch(/c2VjcmV0|Bearer abc|"k"/);
    expect(stored['headers']).toMatchObject({ Accept: 'text/plain' });
    expect(box.open(stored)).toEqual(webhook);
  });

  it('masks every secret and nothing else', () => {
    const box = secrets();
    expect(box.mask(box.seal('webhook', webhook, []))).toEqual({
      ...webhook,
      secret: SECRET_MASK,
      headers: { Authorization: SECRET_MASK, 'X-Api-Key': SECRET_MASK, Accept: 'text/plain' },
    });
  });

  it('seals what the owner marked, values of any kind', () => {
    const box = secrets();
    const payload: JsonObject = {
      handler: 'x',
      data: { card: { number: 4111 }, list: [{ pin: '1' }, { pin: '2' }] },
    };
    const stored = box.seal('custom', payload, ['data.card', 'data.list.*.pin']);
    expect(box.mask(stored)).toEqual({
      handler: 'x',
      data: { card: SECRET_MASK, list: [{ pin: SECRET_MASK }, { pin: SECRET_MASK }] },
    });
    expect(box.open(stored)).toEqual(payload);
  });

  it('keeps the stored secret where the mask is sent back', () => {
    const box = secrets();
    const stored = box.seal('webhook', webhook, []);
    const edited = box.seal('webhook', { ...box.mask(stored), url: 'https://example.org' }, [], stored);
    expect(box.open(edited)).toEqual({ ...webhook, url: 'https://example.org' });
  });

  it('keeps a secret its owner no longer marks, and takes a new value for what it is', () => {
    const box = secrets();
    const payload: JsonObject = { handler: 'x', data: { pin: '1234', list: ['a', 'b'] } };
    const stored = box.seal('custom', payload, ['data.pin', 'data.list.*']);
    const kept = box.seal('custom', box.mask(stored), [], stored);
    expect(box.mask(kept)).toEqual({
      handler: 'x',
      data: { pin: SECRET_MASK, list: [SECRET_MASK, SECRET_MASK] },
    });
    expect(box.open(kept)).toEqual(payload);
    const given = box.seal('custom', { handler: 'x', data: { pin: '1234' } }, [], stored);
    expect(given).toEqual({ handler: 'x', data: { pin: '1234' } });
  });

  it('tells what masks mean, and nothing where they stand for nothing', () => {
    const box = secrets();
    const stored = box.seal('custom', { handler: 'x', data: [7] }, ['data.0']);
    expect(box.unmask({ handler: SECRET_MASK, data: [SECRET_MASK] }, stored)).toEqual({
      handler: SECRET_MASK,
      data: [7],
    });
  });

  it('takes the paths of owners literally, and never seals twice', () => {
    const box = secrets();
    const payload: JsonObject = { handler: 'x', data: { '/(/': '1', '/.*/': '2', aa: '3' } };
    expect(box.mask(box.seal('custom', payload, ['data./(/']))).toEqual({
      handler: 'x',
      data: { '/(/': SECRET_MASK, '/.*/': '2', aa: '3' },
    });
    const stored = box.seal('custom', payload, ['data', 'data.*', '*.*']);
    expect(box.mask(stored)).toEqual({ handler: 'x', data: SECRET_MASK });
    expect(box.open(stored)).toEqual(payload);
  });

  it('refuses a mask with nothing behind it, and the reserved key', () => {
    const box = secrets();
    expect(() => box.seal('webhook', { ...webhook, secret: SECRET_MASK }, [])).toThrow(/none is stored/);
    expect(() => box.seal('custom', { handler: 'x', data: { $sealed: 'v1.a.b' } }, [])).toThrow(
      /keeps for itself/,
    );
  });
});

describe('SecretBox', () => {
  it('opens with an older key, and says which key is missing', () => {
    const [older, newer] = [randomBytes(32), randomBytes(32)];
    const sealed = new SecretBox([older]).seal('s');
    expect(new SecretBox([newer, older]).open(sealed)).toBe('s');
    expect(() => new SecretBox([newer]).open(sealed)).toThrow(/another ENCRYPTION_KEY/);
  });

  it('notices a changed byte', () => {
    const box = new SecretBox([randomBytes(32)]);
    const sealed = box.seal('secret');
    const forged = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    expect(() => box.open(forged)).toThrow();
  });
});
