import { ApiProperty } from '@nestjs/swagger';
import { type JsonObject, LOG_LEVELS, type LogLevel } from '#contracts';
import type { LogView } from '#executions';

export class LogLineDto implements LogView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  executionId!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  attempt!: number;

  @ApiProperty({ enum: LOG_LEVELS, enumName: 'LogLevel' })
  level!: LogLevel;

  @ApiProperty({ example: 'POST https://api.example.com/reports answered 503 after 184 ms' })
  message!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  data!: JsonObject | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  loggedAt!: string;
}
