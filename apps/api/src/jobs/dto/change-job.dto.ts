import { JOB_TYPES, type JobType, type JsonObject, SCHEDULE_TYPES, type ScheduleType } from '#contracts';
import type { JobPatch } from '#jobs';
import { ChoiceField, IntField, JsonObjectField, TextField } from '../../http/index.js';
import { JobFieldsDto, NAME_FIELD, PAYLOAD_DOCS } from './job-fields.dto.js';

/** What a copy of a job has of its own; what is left out is as in the original. */
export class CloneJobDto extends JobFieldsDto implements JobPatch {
  @TextField({ ...NAME_FIELD, optional: true, example: 'Updated Job Name' })
  name?: string;

  @ChoiceField(JOB_TYPES, { optional: true, enumName: 'JobType' })
  type?: JobType;

  @JsonObjectField({ ...PAYLOAD_DOCS, optional: true })
  payload?: JsonObject;

  @ChoiceField(SCHEDULE_TYPES, { optional: true, enumName: 'ScheduleType' })
  scheduleType?: ScheduleType;
}

/** What is left out stays as it is. `payload` is replaced as a whole, masked secrets in it stay. */
export class ChangeJobDto extends CloneJobDto {
  @IntField({
    optional: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The version this change was made from; as `If-Match`.',
  })
  version?: number;
}
