import { isUUID } from 'class-validator';
import {
  JOB_LIMITS,
  MISFIRE_POLICIES,
  type MisfirePolicy,
  OVERLAP_POLICIES,
  type OverlapPolicy,
} from '#contracts';
import { ChoiceField, IntField, ObjectField, TextField, TextListField } from '../../http/index.js';
import { NotificationsDto } from './notifications.dto.js';
import { BackoffDto, DAY_MS } from './policies.dto.js';
import { ScheduleFieldsDto } from './schedule-fields.dto.js';

export const NAME_FIELD = { min: 1, max: JOB_LIMITS.name, trim: true, example: 'Send Weekly Report' };

export const PAYLOAD_DOCS = {
  description:
    'What to run, by type: `http` url, method, headers, body, timeout, expectedStatus; `webhook` url, data, secret, headers, timeout; `script` command, args, cwd, env, timeout, stdin; `email` to, cc, bcc, subject, text, html; `custom` handler, data. Secrets in it are stored encrypted and shown as `********`; sent back, the mask keeps what is stored. Any text in it may use `{{ secrets.NAME }}`, `{{ scheduledFor }}`, `{{ executionId }}`, `{{ jobId }}`, `{{ jobName }}` and `{{ attempt }}`, for chained jobs also `{{ parents.NAME.result }}`; braces that are to stay go between `{% raw %}` and `{% endraw %}`.',
  example: { url: 'https://api.example.com/reports', method: 'POST', body: { type: 'weekly' } },
};

export const CALENDARS_FIELD = {
  optional: true,
  maxItems: 20,
  item: {
    max: 36,
    faultOf: (text: string) => (isUUID(text) ? undefined : 'is not the id of a calendar (a UUID)'),
  },
  description:
    'Ids of calendars: what falls into a blackout of one of them is `skipped` with the reason `blackout`. The nominal time counts. Replaced as a whole.',
  example: [],
};

/** What may be said of a job when it is made and when it is changed. */
export class JobFieldsDto extends ScheduleFieldsDto {
  @TextField({ optional: true, nullable: true, max: 5_000, description: 'For people.' })
  description?: string | null;

  @TextListField({
    optional: true,
    maxItems: 50,
    item: { max: 200, faultOf: secretPathFault },
    description:
      'Paths within the payload to keep secret beside those that are by their type; `*` stands for any one key.',
    example: ['body.apiKey'],
  })
  secretFields?: string[];

  @IntField({
    optional: true,
    min: 0,
    max: 50,
    description: 'Retries after the first attempt. Default `MAX_RETRY_ATTEMPTS`.',
    example: 3,
  })
  maxRetries?: number;

  @IntField({
    optional: true,
    min: 0,
    max: DAY_MS,
    unit: 'milliseconds',
    description: 'Wait before the first retry, in milliseconds. Default `RETRY_DELAY_MS`.',
    example: 5_000,
  })
  retryDelay?: number;

  @ObjectField(() => BackoffDto, { optional: true, description: 'How waits grow from retry to retry.' })
  backoff?: BackoffDto;

  @IntField({
    optional: true,
    min: 100,
    max: DAY_MS,
    unit: 'milliseconds',
    description:
      'Longest time one attempt may take, in milliseconds. A `timeout` in the payload may shorten it.',
    default: 30_000,
  })
  timeout?: number;

  @IntField({
    optional: true,
    min: 0,
    max: 10,
    description: 'Of jobs due together the higher goes first.',
    default: 0,
  })
  priority?: number;

  @TextListField({
    optional: true,
    maxItems: JOB_LIMITS.tags,
    item: { max: JOB_LIMITS.tag },
    example: ['reports'],
  })
  tags?: string[];

  @ObjectField(() => NotificationsDto, {
    optional: true,
    description:
      'Whom to tell of how executions end. Replaced as a whole, masked secrets in it stay. Without a channel e-mail goes to the owner.',
  })
  notifications?: NotificationsDto;

  @ChoiceField(OVERLAP_POLICIES, {
    optional: true,
    enumName: 'OverlapPolicy',
    description:
      'What becomes of an occurrence that comes due while an earlier execution is not over: `skip` it; let one wait (`buffer_one`) or all (`buffer_all`); cancel the earlier one and start when it has ended (`cancel_other`); kill it and start (`terminate_other`); run both (`allow_all`).',
    default: 'skip',
  })
  overlapPolicy?: OverlapPolicy;

  @IntField({
    optional: true,
    nullable: true,
    min: 1,
    max: 1_000,
    description:
      'How many executions of the job run at once with `allow_all`; others wait. `null`: no bound.',
  })
  maxConcurrency?: number | null;

  @ChoiceField(MISFIRE_POLICIES, {
    optional: true,
    enumName: 'MisfirePolicy',
    description:
      'What becomes of occurrences nothing could run at their time, within `catchupWindow`: `fire_once` runs the latest, `fire_all` each of the last 1,000, oldest first, `skip` none.',
    default: 'fire_once',
  })
  misfirePolicy?: MisfirePolicy;

  @IntField({
    optional: true,
    min: 0,
    max: 365 * DAY_MS,
    unit: 'milliseconds',
    description: 'How far back the misfire policy looks, in milliseconds; what is older is missed.',
    default: DAY_MS,
  })
  catchupWindow?: number;

  @IntField({
    optional: true,
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The job is completed after so many runs of its schedule. What is skipped does not count.',
    example: 10,
  })
  maxRuns?: number | null;

  @IntField({
    optional: true,
    min: 0,
    max: DAY_MS,
    unit: 'milliseconds',
    description:
      'Spreads starts: each is later than its time by less than this, always by the same for the same time, and never past the next.',
    default: 0,
  })
  jitter?: number;

  @IntField({
    optional: true,
    nullable: true,
    min: 1,
    max: 1_000,
    description: 'Pauses a repeating job after so many failed executions in a row.',
    example: 5,
  })
  pauseAfterFailures?: number | null;

  @TextListField(CALENDARS_FIELD)
  calendars?: string[];
}

function secretPathFault(path: string): string | undefined {
  if (!/^[^.]+(?:\.[^.]+)*$/.test(path)) return 'must be keys with dots between them, e.g. "body.apiKey"';
  return path.startsWith('payload.') ? 'must start within the payload, e.g. "body.apiKey"' : undefined;
}
