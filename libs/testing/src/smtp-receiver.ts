import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { vi } from 'vitest';

export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and body as they were sent. */
  source: string;
}

/**
 * A real SMTP server on a free loopback port. What a recipient's name begins with decides what becomes of it:
 * `busy` is refused with 451, `unknown` with 550, `long` with 550 and a very long text; a message to `hang`
 * is taken in but never answered.
 */
export interface SmtpReceiver {
  port: number;
  mails: ReceivedMail[];
  /** Messages that were taken in and not answered, while their connection is open. */
  open(): string[];
  /** The first mail so far or to come whose source holds `words`. */
  mail(words: string): Promise<ReceivedMail>;
  close(): Promise<void>;
}

export interface SmtpReceiverOptions {
  /** Who must sign in; nobody by default. */
  account?: { user: string; password: string };
  /** Where to listen; by default on a free port. */
  port?: number;
}

export async function startSmtpReceiver({
  account,
  port = 0,
}: SmtpReceiverOptions = {}): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const hanging = new Map<string, string>();
  const server = new SMTPServer({
    disabledCommands: account ? ['STARTTLS'] : ['AUTH', 'STARTTLS'],
    allowInsecureAuth: true,
    authOptional: account === undefined,
    onAuth({ username, password }, _session, callback) {
      if (username === account?.user && password === account?.password) callback(null, { user: username });
      else callback(refusal(535, 'Invalid username or password'));
    },
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith('busy')) callback(refusal(451, 'Try again later'));
      else if (address.startsWith('unknown')) callback(refusal(550, `No such user ${address}`));
      else if (address.startsWith('long')) callback(refusal(550, 'no '.repeat(20_000)));
      else callback();
    },
    onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope;
      const to = rcptTo.map(({ address }) => address);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({ from: mailFrom ? mailFrom.address : '', to, source: Buffer.concat(chunks).toString() });
        if (to.some((address) => address.startsWith('hang'))) hanging.set(session.id, to.join());
        else callback();
      });
    },
    onClose: (session) => void hanging.delete(session.id),
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    open: () => [...hanging.values()],
    mail: (words) =>
      vi.waitFor(
        () => {
          const mail = mails.find(({ source }) => source.includes(words));
          if (!mail) throw new Error(`No mail with "${words}" among ${mails.length}.`);
          return mail;
        },
        { timeout: 15_000 },
      ),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
