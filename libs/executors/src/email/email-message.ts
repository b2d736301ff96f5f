import type { SendMailOptions } from 'nodemailer';
import type { EmailPayload } from '#contracts';

/**
 * The message of an email job. Its `Message-ID` is made of the execution's id and so the same on every attempt:
 * mailboxes show a message that a retry sent twice only once. It says that it was sent by a machine (RFC 3834).
 */
export function emailMessage(payload: EmailPayload, executionId: string, from: string): SendMailOptions {
  return {
    from,
    to: recipients(payload.to),
    cc: recipients(payload.cc),
    bcc: recipients(payload.bcc),
    subject: payload.subject,
    text: payload.text,
    html: payload.html,
    messageId: `<${executionId}@${domainOf(from)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** As objects, so that nothing in an address is read as a list or a name. */
function recipients(addresses: string | string[] | undefined): { name: string; address: string }[] {
  return [addresses ?? []].flat().map((address) => ({ name: '', address }));
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'chronos.invalid';
}
