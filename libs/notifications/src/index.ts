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
export {
  FindNotifications,
  type NotificationFilter,
  type NotificationList,
  type NotificationView,
} from './read/find-notifications.service.js';
export { isWatched } from './rules/notification-rules.js';
