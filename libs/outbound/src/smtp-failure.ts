import type { NodemailerError } from 'nodemailer';
import { failure, type Failure } from '#contracts';

/** Errors without an answer of the server that another attempt may not meet again. */
const CONNECTION_ERRORS = new Set([
  'ECONNECTION',
  'ETIMEDOUT',
  'ESOCKET',
  'EDNS',
  'ETLS',
  'EPROTOCOL',
  'EPROXY',
  'ESTREAM',
  'EMAXLIMIT',
]);

/**
 * What the failure to hand a message over means. The server's 5xx are final, its 4xx and lost connections are
 * retried (RFC 5321, 4.2.1). What is not of the mail client's making is thrown on.
 */
export function smtpFailure(error: unknown, server: string): Failure {
  const { code, responseCode, response, message, permanent } = error as NodemailerError;
  if (responseCode !== undefined) {
    return failure('SMTP_RESPONSE', `${server} answered ${response ?? `${responseCode} ${message}`}`, {
      retryable: !(permanent ?? responseCode >= 500),
    });
  }
  if (code !== undefined && CONNECTION_ERRORS.has(code)) {
    return failure('SMTP_CONNECTION', `${server} cannot be reached: ${message}`, { retryable: true });
  }
  if (code === 'ENOAUTH' || code === 'EENVELOPE' || code === 'EMAXRECIPIENTS') {
    return failure('SMTP_REFUSED', `The message cannot be sent to ${server}: ${message}`, {
      retryable: false,
    });
  }
  throw error;
}
