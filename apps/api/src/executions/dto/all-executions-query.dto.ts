import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { JOB_TYPES, type JobType } from '#contracts';
import { ChoiceField, OptionalField, TextField } from '../../http/index.js';
import { ExecutionsQueryDto } from '../../jobs/dto/history-query.dto.js';

export class AllExecutionsQueryDto extends ExecutionsQueryDto {
  @ChoiceField(JOB_TYPES, { optional: true, enumName: 'JobType' })
  type?: JobType;

  @TextField({ optional: true, max: 200, description: "Part of the job's name, in any case." })
  search?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'One owner. For admins; others see their own only.' })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  owner?: string;
}
