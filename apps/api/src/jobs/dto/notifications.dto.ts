import { IsEmail } from 'class-validator';
import { httpUrl, type JobNotifications, SECRET_MASK, webhookPayloadSchema } from '#contracts';
import { BooleanField, IntField, ObjectField, TextField } from '../../http/index.js';

export class WebhookTargetDto {
  @TextField({ max: 2048, faultOf: urlFault, example: 'https://hooks.example.com/chronos' })
  url!: string;

  @TextField({
    optional: true,
    max: 512,
    faultOf: secretFault,
    description:
      'Signs each message per Standard Webhooks; `whsec_...` is base64. Stored encrypted, shown as `********`.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  secret?: string;
}

export class SlackTargetDto {
  @TextField({
    max: 2048,
    faultOf: (url) => (url === SECRET_MASK ? undefined : urlFault(url)),
    description:
      'An incoming webhook of Slack, Mattermost or the like. Stored encrypted, shown as `********`.',
    example: 'https://hooks.slack.com/services/T000/B000/XXXX',
  })
  url!: string;
}

export class NotificationsDto implements JobNotifications {
  @BooleanField({
    optional: true,
    description:
      'When an execution failed for good, after its last retry. Default true as soon as a channel, `onRecovered` or `afterFailures` is given.',
  })
  onFailure?: boolean;

  @BooleanField({ optional: true, description: 'When an execution completed.', default: false })
  onSuccess?: boolean;

  @BooleanField({
    optional: true,
    description: 'When an execution completes after failures that were told of.',
    default: false,
  })
  onRecovered?: boolean;

  @IntField({
    optional: true,
    min: 1,
    max: 1_000,
    description:
      'Tell of this many failures in a row instead of each, and once until an execution completes.',
    example: 3,
  })
  afterFailures?: number;

  @TextField({ optional: true, max: 254, format: 'email', example: 'ops@example.com' })
  @IsEmail({}, { message: 'must be an e-mail address, e.g. "ops@example.com"' })
  email?: string;

  @ObjectField(() => WebhookTargetDto, {
    optional: true,
    description: 'A POST of `{ type, timestamp, data }`; `webhook-id` is the id of the notification.',
  })
  webhook?: WebhookTargetDto;

  @ObjectField(() => SlackTargetDto, { optional: true })
  slack?: SlackTargetDto;
}

function urlFault(url: string): string | undefined {
  return httpUrl.safeParse(url).error?.issues[0]?.message;
}

function secretFault(secret: string): string | undefined {
  return webhookPayloadSchema.shape.secret.safeParse(secret).error?.issues[0]?.message;
}
