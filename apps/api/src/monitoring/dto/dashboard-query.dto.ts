import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsQueryInt, OptionalField } from '../../http/index.js';

const MAX_DAYS = 90;

export class DashboardQueryDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_DAYS,
    default: 7,
    description: 'Days the trend tells of and failures ask for attention, today included.',
  })
  @OptionalField()
  @IsQueryInt({ min: 1, max: MAX_DAYS })
  days: number = 7;
}
