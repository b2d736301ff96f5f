import { ApiProperty } from '@nestjs/swagger';
import { NOTIFICATION_CHANNELS, type NotificationChannelName } from '#contracts';
import type { ChannelView } from '#notifications';

const COUNT = { type: 'integer', minimum: 0 } as const;

export class ChannelDto implements ChannelView {
  @ApiProperty({ enum: NOTIFICATION_CHANNELS, enumName: 'NotificationChannel' })
  name!: NotificationChannelName;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'What keeps it from sending anything, as this process is set up; null where nothing does.',
    example: 'SMTP_HOST is not set: no e-mail can be sent.',
  })
  problem!: string | null;

  @ApiProperty({
    ...COUNT,
    description: 'Active and paused jobs that tell their end through it.',
    example: 12,
  })
  jobs!: number;

  @ApiProperty({ ...COUNT, description: 'Messages still to be sent.', example: 1 })
  pending!: number;

  @ApiProperty({ ...COUNT, description: 'Those of them that have failed at least once.', example: 1 })
  retrying!: number;

  @ApiProperty({ ...COUNT, description: 'Of the messages of the last seven days.', example: 240 })
  sent!: number;

  @ApiProperty({
    ...COUNT,
    description: 'Of the messages of the last seven days, those given up.',
    example: 2,
  })
  failed!: number;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Null: none in the last seven days.',
  })
  lastSentAt!: string | null;
}
