export {
  NotificationChannel,
  type NotificationSender,
  type OutgoingNotification,
} from './channels/notification-channel.js';
export { DeliverNotifications } from './deliver/deliver-notifications.service.js';
export { DeliveryModule } from './deliver/delivery.module.js';
export type { Notice } from './message/notice.js';
export { type RenderedNotice } from './message/render-notice.js';
export { NotificationsModule } from './notifications.module.js';
export { NotificationEntity } from './outbox/notification.entity.js';
export { type EndedExecution, NotificationOutbox } from './outbox/notification-outbox.service.js';
export { NotificationStreakEntity } from './outbox/notification-streak.entity.js';
export { OutboxModule } from './outbox/outbox.module.js';
export { recordTest } from './outbox/record-test.js';
export { sendAgain } from './outbox/send-again.js';
export { type ChannelView, FindChannels } from './read/find-channels.service.js';
export {
  FindNotifications,
  type NotificationFilter,
  type NotificationList,
  type NotificationView,
} from './read/find-notifications.service.js';
export { isWatched } from './rules/notification-rules.js';
