import { pipeline, Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { decodeText, KEPT_TEXT_BYTES, keepText } from './kept-text.js';

/** How much of a body is read, in bytes, both as received and as decoded. The rest is not worth the time. */
const READ_LIMIT = 1024 * 1024;

/** More layers than any server uses; each multiplies what a small body can become. */
const MAX_CODINGS = 3;

export interface ReadBody {
  body: string;
  bodyTruncated: boolean;
}

/** The body cannot be decoded as its `Content-Encoding` says. */
export class BodyDecodingError extends Error {
  override readonly name = 'BodyDecodingError';
}

/**
 * Reads a response's body, decoding gzip, deflate and br, and keeps its first 64 KiB. Reading stops at 1 MiB, so
 * that neither an endless body nor a compression bomb costs more. Both streams are over when this settles.
 *
 * @throws BodyDecodingError, or the stream's own error, an abort's reason included.
 */
export async function readBody(
  stream: Readable,
  headers: { encoding: string | undefined; type: string | undefined },
): Promise<ReadBody> {
  // Destroying a body before its end raises an error that nobody waits for any more.
  stream.on('error', () => {});
  const received = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    const first = await received.next();
    if (first.done) return { body: '', bodyTruncated: false };
    const decoders = decodersOf(headers.encoding, first.value);
    const kept: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of decode(upTo(READ_LIMIT, first.value, received), decoders)) {
      if (bytes < KEPT_TEXT_BYTES) kept.push(chunk);
      bytes += chunk.length;
      if (bytes > READ_LIMIT) break;
    }
    const text = keepText(decodeText(Buffer.concat(kept), charsetOf(headers.type)));
    return { body: text.text, bodyTruncated: text.isTruncated || bytes > sizeOf(kept) };
  } finally {
    stream.destroy();
  }
}

async function* upTo(limit: number, first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for (let next: IteratorResult<Buffer> = { value: first }; !next.done; next = await rest.next()) {
    yield next.value;
    bytes += next.value.length;
    if (bytes > limit) return;
  }
}

async function* decode(source: AsyncGenerator<Buffer>, decoders: Transform[]): AsyncGenerator<Buffer> {
  const last = decoders.at(-1);
  if (!last) {
    yield* source;
    return;
  }
  let connectionFault: { error: unknown } | undefined;
  async function* noted(): AsyncGenerator<Buffer> {
    try {
      yield* source;
    } catch (error) {
      connectionFault = { error };
      throw error;
    }
  }
  // Every error also reaches the loop below through `last`, so the callback has nothing to do.
  pipeline([Readable.from(noted()), ...decoders], () => {});
  try {
    for await (const chunk of last) yield chunk as Buffer;
  } catch (error) {
    if (connectionFault) throw connectionFault.error;
    throw new BodyDecodingError(error instanceof Error ? error.message : String(error));
  }
}

function decodersOf(encoding: string | undefined, firstChunk: Buffer): Transform[] {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding && coding !== 'identity');
  if (codings.length > MAX_CODINGS) throw new BodyDecodingError(`${codings.length} content codings`);
  return codings.toReversed().map((coding, index) => decoderOf(coding, index === 0 ? firstChunk : undefined));
}

/** Ends of bodies are taken as they come, like browsers do: many servers leave the last bytes out. */
const ZLIB = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};

function decoderOf(coding: string, firstChunk: Buffer | undefined): Transform {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(ZLIB);
    case 'br':
      return createBrotliDecompress(BROTLI);
    case 'deflate': {
      // Servers send it with and without the zlib wrapper, whose first byte ends in 8.
      const isWrapped = firstChunk === undefined || ((firstChunk[0] ?? 0) & 0x0f) === 8;
      return isWrapped ? createInflate(ZLIB) : createInflateRaw(ZLIB);
    }
    default:
      throw new BodyDecodingError(`content coding "${coding.slice(0, 40)}" is not known`);
  }
}

function charsetOf(type: string | undefined): string | undefined {
  return /;\s*charset="?([^\s";]+)/i.exec(type ?? '')?.[1];
}

function sizeOf(chunks: Buffer[]): number {
  return chunks.reduce((size, chunk) => size + chunk.length, 0);
}
