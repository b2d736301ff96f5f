import { ApiProperty } from '@nestjs/swagger';
import type { NamedSecretView } from '#secrets';

export class SecretUserDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Send Weekly Report' })
  name!: string;
}

export class SecretDto implements NamedSecretView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'BILLING_TOKEN' })
  name!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'Token of the billing API, renewed every January',
  })
  description!: string | null;

  @ApiProperty({ type: 'string', format: 'date-time' })
  createdAt!: Date;

  @ApiProperty({ type: 'string', format: 'date-time' })
  updatedAt!: Date;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'By a run, to within a minute. Null: not used yet.',
  })
  lastUsedAt!: Date | null;

  @ApiProperty({ type: [SecretUserDto], description: 'The jobs whose payload names it.' })
  usedBy!: SecretUserDto[];
}
