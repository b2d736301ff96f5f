import {
  type EmailPayload,
  emailPayloadSchema,
  type ExecutionContext,
  type Executor,
  failure,
  type Outcome,
} from '#contracts';
import { senderOf, smtpFailure, SmtpPool } from '#outbound';
import { JobExecutor } from '../registry/job-executor.decorator.js';
import { emailMessage } from './email-message.js';

/**
 * Hands a message to the mail server. Success is that the server has taken it for at least one recipient; those
 * it has not are in `rejected` and in the job's logs. Without `SMTP_HOST` it fails at once and says so. An abort
 * ends the connection in use, which cannot prove that the server had not accepted the message already.
 */
@JobExecutor('email')
export class EmailExecutor implements Executor<EmailPayload> {
  readonly schema = emailPayloadSchema;

  constructor(private readonly pool: SmtpPool) {}

  async execute(payload: EmailPayload, context: ExecutionContext): Promise<Outcome> {
    const { host, port } = this.pool.smtp;
    const from = senderOf(this.pool.smtp);
    if (host === undefined) return notConfigured('SMTP_HOST', 'the mail server to send through');
    if (from === undefined) return notConfigured('SMTP_FROM', 'the address to send from');

    const { signal, logger, executionId } = context;
    try {
      const message = emailMessage(payload, executionId, from);
      const info = await this.pool.transport(host).sendMail({ ...message, signal });
      for (const { recipient, response, message: reason } of info.rejectedErrors ?? []) {
        logger.warn(`${recipient} was rejected: ${response ?? reason}`);
      }
      const { messageId, accepted, rejected } = info;
      return { status: 'completed', result: { messageId, accepted, rejected } };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      return smtpFailure(error, `${host}:${port}`);
    }
  }
}

function notConfigured(variable: string, what: string): Outcome {
  return failure('EMAIL_NOT_CONFIGURED', `This worker cannot send e-mail: set ${variable} to ${what}.`, {
    retryable: false,
  });
}
