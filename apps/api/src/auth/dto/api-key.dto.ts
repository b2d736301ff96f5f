import { ApiProperty } from '@nestjs/swagger';
import type { ApiKeyView, CreatedApiKey } from '#auth';

export class ApiKeyDto implements ApiKeyView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'deploy pipeline' })
  name!: string;

  @ApiProperty({
    description: 'What the key begins with, to recognise it by.',
    example: 'chr_01934f0c7e2b7d3a9c1f5e8b2a6d4c70',
  })
  prefix!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'Null: never.' })
  expiresAt!: Date | null;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'To within a minute. Null: not used yet.',
  })
  lastUsedAt!: Date | null;
}

export class CreatedApiKeyDto extends ApiKeyDto implements CreatedApiKey {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer <key>`. Keep it: it is never shown again.' })
  key!: string;
}
