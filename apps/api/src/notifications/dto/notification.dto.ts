import { ApiProperty } from '@nestjs/swagger';
import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_EVENTS,
  NOTIFICATION_STATUSES,
  type NotificationChannelName,
  type NotificationEvent,
  type NotificationStatus,
} from '#contracts';
import type { NotificationView } from '#notifications';

const TIME = { type: 'string', format: 'date-time' } as const;

export class NotificationDto implements NotificationView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  jobId!: string;

  @ApiProperty({ example: 'Send Weekly Report' })
  jobName!: string;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'Null: a test.' })
  executionId!: string | null;

  @ApiProperty({ enum: NOTIFICATION_EVENTS, enumName: 'NotificationEvent' })
  event!: NotificationEvent;

  @ApiProperty({ enum: NOTIFICATION_CHANNELS, enumName: 'NotificationChannel' })
  channel!: NotificationChannelName;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The e-mail address, or the origin of the webhook; null where it is a secret.',
    example: 'ops@example.com',
  })
  recipient!: string | null;

  @ApiProperty({
    enum: NOTIFICATION_STATUSES,
    enumName: 'NotificationStatus',
    description: '`pending` is tried up to 16 times within some seven hours, then it is `failed`.',
  })
  status!: NotificationStatus;

  @ApiProperty({ type: 'integer', example: 1 })
  attempts!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'Why the newest attempt failed.' })
  error!: string | null;

  @ApiProperty(TIME)
  createdAt!: string;

  @ApiProperty({ ...TIME, nullable: true, description: 'Null once it is sent or given up.' })
  nextAttemptAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true })
  sentAt!: string | null;
}
