import type { SendMailOptions } from 'nodemailer';
import type { EmailPayload } from '#contracts';
import { domainOf, MACHINE_SENT, recipientsOf } from '#outbound';

/**
 * The message of an email job. Its `Message-ID` is made of the execution's id and so the same on every attempt:
 * mailboxes show a message that a retry sent twice only once.
 */
export function emailMessage(payload: EmailPayload, executionId: string, from: string): SendMailOptions {
  return {
    from,
    to: recipientsOf(payload.to),
    cc: recipientsOf(payload.cc),
    bcc: recipientsOf(payload.bcc),
    subject: payload.subject,
    text: payload.text,
    html: payload.html,
    messageId: `<${executionId}@${domainOf(from)}>`,
    headers: MACHINE_SENT,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
