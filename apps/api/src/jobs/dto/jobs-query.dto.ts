import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import {
  JOB_STATUSES,
  JOB_TYPES,
  type JobStatus,
  type JobType,
  SCHEDULE_TYPES,
  type ScheduleType,
} from '#contracts';
import { JOB_SORTS, type JobSort } from '#jobs';
import { ChoiceField, OptionalField, PageQueryDto, TextField } from '../../http/index.js';

const SORTS = JOB_SORTS.flatMap((sort): JobSort[] => [sort, `-${sort}`]);

export class JobsQueryDto extends PageQueryDto {
  @ChoiceField(JOB_STATUSES, { optional: true, enumName: 'JobStatus' })
  status?: JobStatus;

  @ChoiceField(JOB_TYPES, { optional: true, enumName: 'JobType' })
  type?: JobType;

  @ChoiceField(SCHEDULE_TYPES, { optional: true, enumName: 'ScheduleType' })
  scheduleType?: ScheduleType;

  @TextField({ optional: true, max: 200, description: 'Part of the name or description, in any case.' })
  search?: string;

  @TextField({ optional: true, max: 50, description: 'One tag the job must have.' })
  tag?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'One owner. For admins; others see their own jobs only.',
  })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  owner?: string;

  @ChoiceField(SORTS, {
    optional: true,
    enumName: 'JobSort',
    description: 'A leading `-` turns the order round.',
    default: '-createdAt',
  })
  sort?: JobSort;
}
