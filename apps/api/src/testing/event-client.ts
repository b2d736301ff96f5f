import { waitFor } from '#testing';

export interface ReceivedEvent {
  event: string;
  id: string | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts on what it got, whatever its shape
  data: any;
}

/** A reader of server-sent events over a real connection. */
export interface EventClient {
  status: number;
  headers: Headers;
  /** Everything received so far, comments left out. */
  events: ReceivedEvent[];
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  /** Waits until an event of this name has come; answers the first that fits. */
  until(event: string, fits?: (received: ReceivedEvent) => boolean): Promise<ReceivedEvent>;
  leave(): void;
}

export async function readEvents(
  url: string,
  { token, lastEventId }: { token: string; lastEventId?: string },
): Promise<EventClient> {
  const abort = new AbortController();
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: abort.signal,
  });
  const events: ReceivedEvent[] = [];
  const ended = collect(answer, events).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return {
    status: answer.status,
    headers: answer.headers,
    events,
    ended,
    until: (event, fits = () => true) =>
      waitFor(() => events.find((received) => received.event === event && fits(received)), {
        what: `an event ${event}`,
        progress: () => events,
      }),
    leave: () => abort.abort(),
  };
}

async function collect(answer: Response, events: ReceivedEvent[]): Promise<void> {
  let text = '';
  for await (const chunk of (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = parse(text.slice(0, end));
      if (event) events.push(event);
      text = text.slice(end + 2);
    }
  }
}

function parse(block: string): ReceivedEvent | undefined {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const event = field('event');
  return event === undefined
    ? undefined
    : { event, id: field('id'), data: JSON.parse(field('data') ?? 'null') as unknown };
}
