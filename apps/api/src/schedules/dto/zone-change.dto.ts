import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { ZoneChangeSide, ZoneChangeView } from '#jobs';
import { OptionalField, PageQueryDto, TextField } from '../../http/index.js';
import { TIMEZONE_LENGTH } from '../../jobs/dto/schedule-fields.dto.js';

export class ZoneChangesQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Of one job.' })
  @OptionalField()
  @IsUUID('all', { message: 'must be a UUID' })
  jobId?: string;

  @TextField({
    optional: true,
    max: TIMEZONE_LENGTH,
    description: 'Of one zone.',
    example: 'Africa/Casablanca',
  })
  timezone?: string;
}

class MovedRunDto {
  @ApiProperty({ type: 'string', format: 'date-time', example: '2027-02-08T08:00:00.000Z' })
  at!: string;

  @ApiProperty({ description: "The same on the zone's clocks.", example: '2027-02-08T09:00:00+01:00' })
  localTime!: string;
}

class ZoneChangeSideDto implements ZoneChangeSide {
  @ApiProperty({ description: 'Version of the zone data.', example: '2026a' })
  zoneData!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description:
      'The next nominal time when the schedule was looked at; the same before and after where a later one is the first to move.',
    example: '2027-02-01T08:00:00.000Z',
  })
  nextRunAt!: string | null;

  @ApiProperty({
    type: MovedRunDto,
    nullable: true,
    description: 'The first run that moved; null where it does not run by these data.',
  })
  firstMoved!: MovedRunDto | null;
}

export class ZoneChangeDto implements ZoneChangeView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ example: 'Weekly report' })
  jobName!: string;

  @ApiProperty({ example: 'Africa/Casablanca' })
  timezone!: string;

  @ApiProperty({ type: 'string', format: 'date-time', description: 'When the new data were taken up.' })
  notedAt!: string;

  @ApiProperty({ type: ZoneChangeSideDto })
  before!: ZoneChangeSideDto;

  @ApiProperty({ type: ZoneChangeSideDto })
  after!: ZoneChangeSideDto;
}
