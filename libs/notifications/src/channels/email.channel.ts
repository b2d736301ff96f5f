import { failure, type Outcome } from '#contracts';
import { domainOf, MACHINE_SENT, recipientsOf, senderOf, smtpFailure, SmtpPool } from '#outbound';
import {
  NotificationChannel,
  type NotificationSender,
  type OutgoingNotification,
} from './notification-channel.js';
import { targetText } from './target-text.js';

/** Text and HTML through `SMTP_HOST`, under a `Message-ID` made of the notification's id. */
@NotificationChannel('email')
export class EmailChannel implements NotificationSender {
  constructor(private readonly pool: SmtpPool) {}

  async send({ id, rendered, target }: OutgoingNotification, signal: AbortSignal): Promise<Outcome> {
    const { host, port } = this.pool.smtp;
    const from = senderOf(this.pool.smtp);
    if (host === undefined || from === undefined) {
      const variable = host === undefined ? 'SMTP_HOST' : 'SMTP_FROM';
      const message = `This worker cannot send e-mail: set ${variable}.`;
      return failure('EMAIL_NOT_CONFIGURED', message, { retryable: false });
    }
    const { subject, text, html } = rendered;
    try {
      const { messageId } = await this.pool.transport(host).sendMail({
        from,
        to: recipientsOf(targetText(target, 'address')),
        subject,
        text,
        html,
        messageId: `<n.${id}@${domainOf(from)}>`,
        headers: MACHINE_SENT,
        disableFileAccess: true,
        disableUrlAccess: true,
        signal,
      });
      return { status: 'completed', result: { messageId } };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      return smtpFailure(error, `${host}:${port}`);
    }
  }
}
