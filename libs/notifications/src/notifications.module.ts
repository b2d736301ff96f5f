import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NotificationStreakEntity } from './outbox/notification-streak.entity.js';
import { NotificationEntity } from './outbox/notification.entity.js';
import { FindChannels } from './read/find-channels.service.js';
import { FindNotifications } from './read/find-notifications.service.js';

/** The outbox as the API reads it. */
@Module({
  imports: [TypeOrmModule.forFeature([NotificationEntity, NotificationStreakEntity])],
  providers: [FindChannels, FindNotifications],
  exports: [FindChannels, FindNotifications],
})
export class NotificationsModule {}
