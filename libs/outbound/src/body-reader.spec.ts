import { Readable } from 'node:stream';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BodyDecodingError, readBody } from './body-reader.js';

const text = 'The quick brown fox. '.repeat(100);
const read = (body: Buffer, encoding?: string, type?: string) =>
  readBody(Readable.from(chunked(body)), { encoding, type });

function* chunked(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += 1_000) yield body.subarray(at, at + 1_000);
}

describe('readBody', () => {
  it.each<[string | undefined, Buffer]>([
    [undefined, Buffer.from(text)],
    ['identity', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['X-GZip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
  ])('decodes %s', async (encoding, body) => {
    expect(await read(body, encoding)).toEqual({ body: text, bodyTruncated: false });
  });

  it('takes an empty body for empty whatever its encoding', async () => {
    expect(await read(Buffer.alloc(0), 'gzip')).toEqual({ body: '', bodyTruncated: false });
  });

  it('takes the character set from the content type', async () => {
    expect(await read(Buffer.from([0xe9]), undefined, 'text/plain; charset="ISO-8859-1"')).toMatchObject({
      body: 'é',
    });
  });

  it('keeps 64 KiB and says that there was more', async () => {
    const { body, bodyTruncated } = await read(Buffer.alloc(65_537, 'x'));
    expect(body).toHaveLength(65_536);
    expect(bodyTruncated).toBe(true);
    expect(await read(Buffer.alloc(65_536, 'x'))).toMatchObject({ bodyTruncated: false });
  });

  it.each<[string, (data: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['br', (data) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['gzip, gzip', (data) => gzipSync(gzipSync(data))],
  ])('stops decoding a %s bomb', async (encoding, compress) => {
    const source = Readable.from(chunked(compress(Buffer.alloc(32 * 1024 * 1024))));
    const { body, bodyTruncated } = await readBody(source, { encoding, type: undefined });
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(bodyTruncated).toBe(true);
    expect(source.destroyed).toBe(true);
  });

  it('stops reading an endless body and ends the stream', async () => {
    let produced = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          produced += 16_384;
          yield Buffer.alloc(16_384, 'x');
        }
      })(),
    );
    expect(await readBody(endless, { encoding: undefined, type: undefined })).toMatchObject({
      bodyTruncated: true,
    });
    expect(endless.destroyed).toBe(true);
    expect(produced).toBeLessThan(4 * 1024 * 1024);
  });

  it.each([
    ['gzip', Buffer.from('no gzip at all')],
    ['zstd', Buffer.from('x')],
    ['gzip, gzip, gzip, gzip', Buffer.from('x')],
  ])('says that %s cannot be decoded', async (encoding, body) => {
    await expect(read(body, encoding)).rejects.toBeInstanceOf(BodyDecodingError);
  });

  it.each([undefined, 'gzip'])('passes on the error of a connection (%s)', async (encoding) => {
    const lost = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    const source = Readable.from(
      (function* () {
        yield gzipSync(text).subarray(0, 20);
        throw lost;
      })(),
    );
    await expect(readBody(source, { encoding, type: undefined })).rejects.toBe(lost);
  });
});
