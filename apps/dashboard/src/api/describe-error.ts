import { ChronosApiError, ChronosUnreachableError, type FieldFaultDto } from '#client';

export interface DescribedError {
  /** What happened, in a few words. */
  title: string;
  /** What that means and what to do, in a sentence or two. */
  message: string;
  /** Which fields were at fault; for the form to show beside them. */
  fields: FieldFaultDto[];
  /** What the operator finds the request by. */
  requestId?: string;
  /** May trying the very same again succeed? */
  isTemporary: boolean;
}

const TITLES: Partial<Record<ChronosApiError['code'], string>> = {
  VALIDATION_FAILED: 'That was not accepted',
  UNAUTHENTICATED: 'Your session has ended',
  FORBIDDEN: 'Not allowed',
  NOT_FOUND: 'Not found',
  INVALID_STATE: 'Not possible right now',
  ALREADY_RUNNING: 'It is already running',
  VERSION_CONFLICT: 'Changed by somebody else meanwhile',
  PAYLOAD_TOO_LARGE: 'Too large',
  RATE_LIMITED: 'Too many requests',
  ACCOUNT_LOCKED: 'Locked for a while',
  DEPENDENCY_DOWN: 'A part of Chronos is down',
  INTERNAL: 'Something broke in Chronos',
  UNEXPECTED_ANSWER: 'An unexpected answer',
};

/** Any error as people can use it: the server's own sentence where it has one, and what to do where it does not say. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof ChronosApiError) return describeAnswer(error);
  if (error instanceof ChronosUnreachableError) {
    return {
      title: 'Chronos cannot be reached',
      message:
        'The server does not answer. It may be starting again, or your connection is down; what you see is kept.',
      fields: [],
      isTemporary: true,
    };
  }
  return {
    title: 'This page broke',
    message: error instanceof Error ? error.message : String(error),
    fields: [],
    isTemporary: false,
  };
}

function describeAnswer({ code, status, message, details, requestId }: ChronosApiError): DescribedError {
  const isTemporary = status >= 500 || status === 429;
  const unplaced = details.filter(({ field }) => field === 'body' || field === '');
  return {
    title: TITLES[code] ?? 'That did not work',
    message: [message, ...unplaced.map((fault) => `${fault.field} ${fault.message}.`)].join(' '),
    fields: details,
    ...(requestId !== undefined && { requestId }),
    isTemporary,
  };
}
