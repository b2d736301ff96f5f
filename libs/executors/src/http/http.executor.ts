import {
  type ExecutionContext,
  type Executor,
  type HttpPayload,
  httpPayloadSchema,
  type Outcome,
} from '#contracts';
import {
  callFailure,
  callResult,
  type HttpRequest,
  mergeHeaders,
  OutboundClient,
  statusOutcome,
  USER_AGENT,
} from '#outbound';
import { withTimeout } from '../attempt/with-timeout.js';
import { JobExecutor } from '../registry/job-executor.decorator.js';

const MAX_REDIRECTS = 5;

/**
 * Sends one HTTP request. 2xx is success, or what `expectedStatus` lists; up to five redirects are followed unless
 * listed there. Each request carries `Idempotency-Key: <execution id>`, the same on every attempt, unless the
 * payload sets its own.
 */
@JobExecutor('http')
export class HttpExecutor implements Executor<HttpPayload> {
  readonly schema = httpPayloadSchema;

  constructor(private readonly client: OutboundClient) {}

  async execute(payload: HttpPayload, context: ExecutionContext): Promise<Outcome> {
    const request = requestOf(payload, context);
    const expected = payload.expectedStatus === undefined ? undefined : [payload.expectedStatus].flat();
    return withTimeout(context.signal, payload.timeout, async (signal) => {
      try {
        const response = await this.client.send(request, {
          signal,
          maxRedirects: MAX_REDIRECTS,
          isFinal: (status) => expected?.includes(status) ?? false,
        });
        const { statusCode } = response;
        const isSuccess = expected?.includes(statusCode) ?? (statusCode >= 200 && statusCode < 300);
        return statusOutcome(response, isSuccess, callResult(response));
      } catch (error) {
        return callFailure(error, request, signal);
      }
    });
  }
}

function requestOf({ url, method, headers, body }: HttpPayload, context: ExecutionContext): HttpRequest {
  const defaults = {
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': USER_AGENT,
    'idempotency-key': context.executionId,
    ...(body !== undefined && {
      'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
    }),
  };
  return {
    url: new URL(url),
    method,
    headers: mergeHeaders(defaults, headers),
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  };
}
