import { ApiProperty } from '@nestjs/swagger';
import { AUDIT_ACTIONS, AUDIT_TARGETS, type AuditAction, type AuditTarget, type AuditView } from '#audit';
import type { JsonObject } from '#contracts';

const FIELDS = { type: 'object', nullable: true, additionalProperties: true } as const;

export class AuditEventDto implements AuditView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string', format: 'date-time' })
  occurredAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'Who did it. Null: the program itself, or somebody unknown who tried to sign in.',
  })
  actorId!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'As it was at the time.',
    example: 'jane@example.com',
  })
  actorEmail!: string | null;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'The API key that was used, where it was one.',
  })
  apiKeyId!: string | null;

  @ApiProperty({ enum: AUDIT_ACTIONS, enumName: 'AuditAction', example: 'job.update' })
  action!: AuditAction;

  @ApiProperty({ enum: AUDIT_TARGETS, enumName: 'AuditTarget', example: 'job' })
  targetType!: AuditTarget;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Id of what it was done to. Null: an account that does not exist.',
    example: '01934f0c-7e2b-7d3a-9c1f-5e8b2a6d4c70',
  })
  targetId!: string | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true })
  jobId!: string | null;

  @ApiProperty({
    ...FIELDS,
    description: 'The fields that changed, as they were; secrets are masked.',
    example: { cronExpression: '0 9 * * 1' },
  })
  before!: JsonObject | null;

  @ApiProperty({
    ...FIELDS,
    description: 'The same fields afterwards.',
    example: { cronExpression: '0 8 * * 1' },
  })
  after!: JsonObject | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'The `X-Request-Id` it came with.' })
  requestId!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Address of the client, behind trusted proxies.',
    example: '203.0.113.7',
  })
  address!: string | null;
}
