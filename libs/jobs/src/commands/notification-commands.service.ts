import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, ChronosError } from '#contracts';
import { FindNotifications, type NotificationView, recordTest, sendAgain } from '#notifications';
import { JobAudit } from './job-audit.service.js';
import { invalidState, lockJob } from './job-store.js';

/** What people ask of a job's notifications. Workers send them, as all others. */
@Injectable()
export class NotificationCommands {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notifications: FindNotifications,
    private readonly audit: JobAudit,
  ) {}

  /**
   * Sends a test message through each channel the job would tell its end through.
   * @throws ChronosError NOT_FOUND, or INVALID_STATE where the job asks for no notifications
   */
  test(actor: Actor, jobId: string): Promise<NotificationView[]> {
    return this.dataSource.transaction(async (manager) => {
      const job = await lockJob(manager, actor, jobId);
      if (Object.keys(job.notifications).length === 0) {
        throw invalidState(
          'The job tells nobody how it ends. Set its `notifications` first: { "email": "ops@example.com" }, for instance.',
        );
      }
      const ids = await recordTest(manager, job, actor.id);
      const written = await this.notifications.byIds(ids, manager);
      const channels = written.map(({ channel }) => channel);
      await this.audit.notified(manager, 'job.test_notifications', job, { channels });
      return written;
    });
  }

  /**
   * Tries a message that was given up again.
   * @throws ChronosError NOT_FOUND, or INVALID_STATE where it is sent or still to be sent
   */
  resend(actor: Actor, id: string): Promise<NotificationView> {
    return this.dataSource.transaction(async (manager) => {
      const { jobId, channel, status } = await this.notifications.get(id, manager);
      const job = await lockJob(manager, actor, jobId).catch((error: unknown) => {
        if (error instanceof ChronosError && error.code === 'NOT_FOUND') {
          throw ChronosError.notFound('notification', id);
        }
        throw error;
      });
      if (!(await sendAgain(manager, id))) {
        throw invalidState(
          `The notification is ${status}; only one that has failed for good can be sent again.`,
        );
      }
      await this.audit.notified(manager, 'job.resend_notification', job, { notificationId: id, channel });
      return this.notifications.get(id, manager);
    });
  }
}
