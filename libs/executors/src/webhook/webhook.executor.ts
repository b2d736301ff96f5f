import {
  type ExecutionContext,
  type Executor,
  type Outcome,
  type WebhookPayload,
  webhookPayloadSchema,
} from '#contracts';
import {
  callFailure,
  callResult,
  type HttpRequest,
  mergeHeaders,
  OutboundClient,
  signWebhook,
  statusOutcome,
  USER_AGENT,
} from '#outbound';
import { withTimeout } from '../attempt/with-timeout.js';
import { JobExecutor } from '../registry/job-executor.decorator.js';

/**
 * POSTs `data` as JSON, signed per Standard Webhooks. 2xx is success; a redirect is a failure, since a signed
 * message belongs to the receiver it was signed for; 410 is final, as is any other 4xx that is not worth a retry.
 */
@JobExecutor('webhook')
export class WebhookExecutor implements Executor<WebhookPayload> {
  readonly schema = webhookPayloadSchema;

  constructor(private readonly client: OutboundClient) {}

  async execute(payload: WebhookPayload, context: ExecutionContext): Promise<Outcome> {
    const request = requestOf(payload, context.executionId);
    return withTimeout(context.signal, payload.timeout, async (signal) => {
      try {
        const response = await this.client.send(request, { signal, maxRedirects: 0 });
        const isSuccess = response.statusCode >= 200 && response.statusCode < 300;
        const result = callResult(response, { webhookId: context.executionId });
        return statusOutcome(response, isSuccess, result);
      } catch (error) {
        return callFailure(error, request, signal);
      }
    });
  }
}

function requestOf({ url, data, secret, headers }: WebhookPayload, executionId: string): HttpRequest {
  const body = JSON.stringify(data);
  const defaults = {
    accept: '*/*',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': USER_AGENT,
    'content-type': 'application/json',
  };
  return {
    url: new URL(url),
    method: 'POST',
    headers: { ...mergeHeaders(defaults, headers), ...signWebhook(secret, executionId, new Date(), body) },
    body,
  };
}
