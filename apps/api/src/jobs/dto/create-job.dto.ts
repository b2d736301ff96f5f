import { JOB_TYPES, type JobType, type JsonObject, SCHEDULE_TYPES, type ScheduleType } from '#contracts';
import type { JobInput } from '#jobs';
import { ChoiceField, JsonObjectField, TextField } from '../../http/index.js';
import { JobFieldsDto, NAME_FIELD, PAYLOAD_DOCS } from './job-fields.dto.js';

export class CreateJobDto extends JobFieldsDto implements JobInput {
  @TextField(NAME_FIELD)
  name!: string;

  @ChoiceField(JOB_TYPES, { enumName: 'JobType', example: 'http' })
  type!: JobType;

  @JsonObjectField(PAYLOAD_DOCS)
  payload!: JsonObject;

  @ChoiceField(SCHEDULE_TYPES, {
    enumName: 'ScheduleType',
    description:
      '`immediate`: once, now. `scheduled`: once, at `scheduledAt`. `recurring`: by `cronExpression`. `interval`: each `every` milliseconds. `chained`: `after` other jobs.',
    example: 'recurring',
  })
  scheduleType!: ScheduleType;
}
