import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import {
  EXECUTION_STATUSES,
  EXECUTION_TRIGGERS,
  type ExecutionStatus,
  type ExecutionTrigger,
  LOG_LEVELS,
  type LogLevel,
} from '#contracts';
import {
  ChoiceField,
  OptionalField,
  PageQueryDto,
  QueryChoicesField,
  QueryInstantField,
  TextField,
} from '../../http/index.js';

export class ExecutionsQueryDto extends PageQueryDto {
  @QueryChoicesField(EXECUTION_STATUSES, {
    enumName: 'ExecutionStatus',
    description: 'Any of these.',
    example: ['failed', 'timed_out'],
  })
  status?: ExecutionStatus[];

  @ChoiceField(EXECUTION_TRIGGERS, { optional: true, enumName: 'ExecutionTrigger', example: 'manual' })
  trigger?: ExecutionTrigger;

  @QueryInstantField('first', { description: 'Earliest nominal time; a date alone is its start in UTC.' })
  from?: Date;

  @QueryInstantField('last', { description: 'Latest nominal time; a date alone is its end in UTC.' })
  to?: Date;
}

export class LogsQueryDto extends PageQueryDto {
  @ChoiceField(LOG_LEVELS, { optional: true, enumName: 'LogLevel', example: 'error' })
  level?: LogLevel;

  @ApiPropertyOptional({ format: 'uuid', description: 'Lines of one execution.' })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  executionId?: string;

  @TextField({ optional: true, max: 200, description: 'Part of the message, in any case.' })
  search?: string;
}
