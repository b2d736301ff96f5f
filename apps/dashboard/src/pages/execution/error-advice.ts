import type { ExecutionErrorDto, JobType } from '#client';

interface Advice {
  /** What happened, in a few words. */
  title: string;
  /** What to do about it. */
  todo: string;
}

const ADVICE: Record<string, Advice> = {
  HTTP_STATUS: {
    title: 'The target answered with an error',
    todo: 'Its answer is below. Mend the target or the request; where this status is fine, name it as expectedStatus in the payload.',
  },
  NETWORK: {
    title: 'The target could not be reached',
    todo: 'Check that its address is right and that the worker can reach it.',
  },
  TIMEOUT: {
    title: 'It took longer than it may',
    todo: 'Find out in the log what it waited for, or give the job a longer time-out.',
  },
  ADDRESS_BLOCKED: {
    title: 'The address is not allowed',
    todo: 'Only public addresses may be called. An administrator can allow others with OUTBOUND_ALLOWED_CIDRS.',
  },
  REDIRECT_REFUSED: {
    title: 'The target leads elsewhere',
    todo: 'Redirects are not followed here. Use the address it leads to.',
  },
  TOO_MANY_REDIRECTS: {
    title: 'The target leads in circles',
    todo: 'Use the address it should lead to in the end.',
  },
  BODY_UNREADABLE: {
    title: 'The answer could not be read',
    todo: 'The target says its answer is encoded in a way that it is not. Mend the target.',
  },
  EXIT_CODE: {
    title: 'The script failed',
    todo: 'The end of its output, in the log, usually says why.',
  },
  EXIT_SIGNAL: {
    title: 'The script was killed',
    todo: 'Nobody here did that: the machine may have run out of memory. Look at its system log.',
  },
  COMMAND_NOT_FOUND: {
    title: 'The program is not there',
    todo: 'Install it on the worker, or correct the command of the job.',
  },
  COMMAND_NOT_EXECUTABLE: {
    title: 'The program may not be run',
    todo: 'Make it executable on the worker (chmod +x).',
  },
  COMMAND_NOT_ALLOWED: {
    title: 'The program is not allowed',
    todo: 'An administrator can allow it with SCRIPT_ALLOWED_COMMANDS.',
  },
  SCRIPTS_OFF: {
    title: 'Scripts are switched off',
    todo: 'An administrator can switch them on with SCRIPT_JOBS.',
  },
  INVALID_PAYLOAD: {
    title: 'The payload is not right',
    todo: 'Correct the payload of the job, then retry.',
  },
  HANDLER_NOT_FOUND: {
    title: 'No worker has this handler',
    todo: 'Deploy the handler with the workers, or correct its name in the job.',
  },
  HANDLER_THREW: {
    title: 'The handler threw an error',
    todo: 'The message is its own. Mend the handler, or what it was given.',
  },
  PERMANENT: {
    title: 'The handler gave up',
    todo: 'It says that trying again is of no use. Mend what it complains of, then retry.',
  },
  EMAIL_NOT_CONFIGURED: {
    title: 'No e-mail can be sent',
    todo: 'An administrator sets the SMTP server of the workers with SMTP_HOST and SMTP_FROM.',
  },
  SMTP_CONNECTION: {
    title: 'The mail server could not be reached',
    todo: 'Check SMTP_HOST and SMTP_PORT, and that the worker can reach it.',
  },
  SMTP_RESPONSE: {
    title: 'The mail server refused it',
    todo: 'Its answer says why. Mostly an address is wrong, or the sender is not allowed.',
  },
  SMTP_REFUSED: {
    title: 'The e-mail could not be sent',
    todo: 'Check the addresses of the job and the account at the mail server.',
  },
  WORKER_LOST: {
    title: 'Its worker was lost',
    todo: 'The process died or was cut off. Look at the log of that worker; a job that kills it may need too much memory.',
  },
  RESULT_TOO_LARGE: {
    title: 'It returned too much',
    todo: 'Store large data elsewhere and return where they are.',
  },
  RESULT_NOT_SERIALISABLE: {
    title: 'What it returned cannot be kept',
    todo: 'Return plain values that JSON can hold.',
  },
};

const ELSE: Advice = {
  title: 'It failed',
  todo: 'The log shows how far it came.',
};

/** What an error means and what to do about it. The server's own message says what exactly happened. */
export function adviceOn({ code }: ExecutionErrorDto, type: JobType): Advice {
  if (code === 'HTTP_STATUS' && type === 'webhook') {
    return {
      title: 'The receiver did not accept it',
      todo: 'Its answer is below. Only answers of 200 to 299 count as accepted.',
    };
  }
  return ADVICE[code] ?? ELSE;
}
