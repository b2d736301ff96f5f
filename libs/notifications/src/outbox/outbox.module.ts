import { Module } from '@nestjs/common';
import { NotificationOutbox } from './notification-outbox.service.js';

/** The writing end, for what settles executions. Works in SQL alone. */
@Module({ providers: [NotificationOutbox], exports: [NotificationOutbox] })
export class OutboxModule {}
