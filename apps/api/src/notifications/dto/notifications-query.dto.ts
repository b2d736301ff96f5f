import {
  NOTIFICATION_CHANNELS,
  NOTIFICATION_STATUSES,
  type NotificationChannelName,
  type NotificationStatus,
} from '#contracts';
import { ChoiceField, PageQueryDto } from '../../http/index.js';

/** Of one job. */
export class JobNotificationsQueryDto extends PageQueryDto {
  @ChoiceField(NOTIFICATION_STATUSES, { optional: true, enumName: 'NotificationStatus', example: 'failed' })
  status?: NotificationStatus;
}

export class NotificationsQueryDto extends JobNotificationsQueryDto {
  @ChoiceField(NOTIFICATION_CHANNELS, { optional: true, enumName: 'NotificationChannel', example: 'email' })
  channel?: NotificationChannelName;
}
