import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '#contracts';
import type { PublishedHandler } from '#executions';

export class HandlerDto implements PublishedHandler {
  @ApiProperty({ description: 'For `payload.handler`.', example: 'processData' })
  name!: string;

  @ApiPropertyOptional()
  description?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'JSON Schema of `payload.data`; absent where anything goes.',
  })
  schema?: JsonObject;
}
