import type { Outcome } from '#contracts';
import { callFailure, type HttpRequest, type OutboundClient, statusOutcome, USER_AGENT } from '#outbound';

/** A POST of JSON to an address that outbound calls may reach. 2xx is success; redirects are not followed. */
export async function postJson(
  client: OutboundClient,
  url: string,
  body: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Outcome> {
  const request: HttpRequest = {
    url: new URL(url),
    method: 'POST',
    headers: { 'user-agent': USER_AGENT, 'content-type': 'application/json', ...headers },
    body,
  };
  try {
    const response = await client.send(request, { signal, maxRedirects: 0 });
    const { statusCode } = response;
    return statusOutcome(response, statusCode >= 200 && statusCode < 300, { statusCode });
  } catch (error) {
    return callFailure(error, request, signal);
  }
}
