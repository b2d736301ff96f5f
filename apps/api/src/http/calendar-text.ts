import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ChronosError } from '#contracts';
import { inputFault } from './input-fault.js';

/** Larger than other bodies: a company's calendar of some years. */
const MAX_BYTES = 1_048_576;

/** `@RouteConfig(TAKES_CALENDAR_TEXT)`: the route takes `text/calendar`, and its handler `{ ics }` with the text. */
export const TAKES_CALENDAR_TEXT = { takesCalendarText: true };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Lets routes that say so take iCalendar files as they are; all others answer 415 as to any text. */
export function parseCalendarText(instance: FastifyInstance): void {
  instance.addContentTypeParser(
    'text/calendar',
    { parseAs: 'buffer', bodyLimit: MAX_BYTES },
    (request, bytes, done) => {
      try {
        done(null, bodyOf(request, bytes as Buffer));
      } catch (error) {
        done(error as Error, undefined);
      }
    },
  );
}

function bodyOf({ routeOptions }: FastifyRequest, bytes: Buffer): { ics: string } {
  if (!('takesCalendarText' in routeOptions.config)) {
    throw new ChronosError(
      'UNSUPPORTED_MEDIA_TYPE',
      'The body must be JSON. Send "Content-Type: application/json".',
    );
  }
  const body = { ics: decode(bytes) };
  const fault = inputFault(body);
  if (fault) throw ChronosError.invalid(fault.field, fault.message);
  return body;
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    const message = 'is not valid UTF-8';
    throw new ChronosError('VALIDATION_FAILED', `The calendar ${message}.`, {
      details: [{ field: 'ics', message }],
      cause,
    });
  }
}
