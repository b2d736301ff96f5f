import { storableText } from '#contracts';

/** How much of a body or an output is kept with the execution, in UTF-8 bytes. */
export const KEPT_TEXT_BYTES = 64 * 1024;

/** The same as JSON text. Control characters take six bytes there, and two outputs must fit one result. */
const KEPT_JSON_BYTES = 96 * 1024;

export interface KeptText {
  text: string;
  isTruncated: boolean;
}

/**
 * The beginning of a text that fits a result: at most 64 KiB in UTF-8 and 96 KiB as JSON, without NUL characters
 * and lone surrogates, cut between characters.
 */
export function keepText(text: string): KeptText {
  const clean = storableText(text);
  const cut = cutToBytes(clean, KEPT_TEXT_BYTES);
  const kept = Buffer.byteLength(JSON.stringify(cut)) <= KEPT_JSON_BYTES ? cut : cutToJson(cut);
  return { text: kept, isTruncated: kept.length < clean.length };
}

/** Bytes as text by an encoding's label, UTF-8 where there is none or it is unknown. */
export function decodeText(bytes: Uint8Array, label: string | undefined): string {
  return decoderOf(label).decode(bytes);
}

function cutToBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return text;
  // A stream keeps the bytes of a character that was cut through to itself.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, limit), { stream: true });
}

function cutToJson(text: string): string {
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (Buffer.byteLength(JSON.stringify(text.slice(0, middle))) <= KEPT_JSON_BYTES) fits = middle;
    else tooLong = middle;
  }
  return storableText(text.slice(0, fits));
}

function decoderOf(label: string | undefined): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    // Not a name of an encoding: the server's mistake, and no reason to lose the body.
    return new TextDecoder();
  }
}
