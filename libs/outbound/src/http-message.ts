import type { IncomingHttpHeaders } from 'node:http';

export interface HttpRequest {
  url: URL;
  method: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string | undefined;
}

export interface HttpResponse {
  /** The request that this answers: the last one, where redirects were followed. */
  request: HttpRequest;
  statusCode: number;
  statusText: string;
  headers: IncomingHttpHeaders;
  /** The first 64 KiB, decoded. */
  body: string;
  bodyTruncated: boolean;
  /** From the first request to the last byte read, in milliseconds. */
  durationMs: number;
}

/** The headers a client wrote by their lower-case names, over the `defaults`. */
export function mergeHeaders(
  defaults: Record<string, string>,
  given: Record<string, string> = {},
): Record<string, string> {
  const merged = { ...defaults };
  for (const [name, value] of Object.entries(given)) merged[name.toLowerCase()] = value;
  return merged;
}
