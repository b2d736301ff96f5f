import { ApiProperty } from '@nestjs/swagger';

const DAYS = { type: 'integer', minimum: 1 } as const;

export const QUEUE_BACKENDS = ['redis', 'postgres'] as const;

export class RetentionDto {
  @ApiProperty({ ...DAYS, description: 'Executions and their attempts. `RETENTION_DAYS`', example: 90 })
  executionDays!: number;

  @ApiProperty({ ...DAYS, description: 'Logs of jobs. `LOG_RETENTION_DAYS`', example: 30 })
  logDays!: number;

  @ApiProperty({ ...DAYS, description: 'The audit trail. `AUDIT_RETENTION_DAYS`', example: 365 })
  auditDays!: number;
}

export class MailDto {
  @ApiProperty({
    description: 'False: `SMTP_HOST` is not set, and e-mails fail with a message that says so.',
  })
  enabled!: boolean;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Sender. `SMTP_FROM`',
    example: 'Chronos <chronos@example.com>',
  })
  from!: string | null;
}

/** What an installation was set up with, as far as people who administer it ask for it. No secrets, no addresses. */
export class SystemSettingsDto {
  @ApiProperty({ example: '1.0.0' })
  version!: string;

  @ApiProperty({ description: 'Of the process that answers; it comes with Node.', example: '2026a' })
  timeZoneData!: string;

  @ApiProperty({ enum: QUEUE_BACKENDS, enumName: 'QueueBackend' })
  queue!: (typeof QUEUE_BACKENDS)[number];

  @ApiProperty({ description: 'May anybody register? `ALLOW_REGISTRATION`' })
  registration!: boolean;

  @ApiProperty({ type: MailDto })
  mail!: MailDto;

  @ApiProperty({ type: RetentionDto })
  retention!: RetentionDto;
}
