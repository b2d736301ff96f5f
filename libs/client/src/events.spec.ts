import { expect, it } from 'vitest';
import { createChronosClient } from './chronos-client.js';
import { type ExecutionEvent, followExecution } from './events.js';

/** A client whose server sends one text a connection, in pieces, and notes where each connection goes on from. */
function streaming(...connections: string[]) {
  const from: (string | null)[] = [];
  const client = createChronosClient({
    baseUrl: 'http://chronos.test',
    fetch: (request) => {
      from.push(request.headers.get('last-event-id'));
      const text = connections[from.length - 1];
      if (text === undefined) return Promise.resolve(Response.json({}, { status: 500 }));
      const pieces = text.match(/[^]{1,7}/g) ?? [];
      const body = ReadableStream.from(pieces).pipeThrough(new TextEncoderStream());
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    },
  });
  return { client, from };
}

const log = (id: string) => `event: log\nid: ${id}\ndata: {"id":"${id}"}\n\n`;
const end = (reason: string) => `event: end\ndata: {"reason":"${reason}"}\n\n`;

async function follow(...connections: string[]) {
  const { client, from } = streaming(...connections);
  const lost: string[] = [];
  const events: ExecutionEvent[] = [];
  for await (const event of followExecution(client, 'e', { onLost: (reason) => lost.push(reason) })) {
    events.push(event);
  }
  return { events: events.map(({ event, data }) => [event, data]), from, lost };
}

it('events are read to the end, comments left out, across the borders of chunks', async () => {
  const { events, from, lost } = await follow(`retry: 0\n\n: beat\n\n${log('1')}${end('execution_over')}`);
  expect(events).toEqual([
    ['log', { id: '1' }],
    ['end', { reason: 'execution_over' }],
  ]);
  expect([from, lost]).toEqual([[null], []]);
});

it('a stream that breaks off, or whose server stops, goes on where it was', async () => {
  const { events, from, lost } = await follow(
    `retry: 0\n\n${log('1')}`,
    `retry: 0\n\n${log('2')}${end('shutdown')}`,
    `${log('3')}${end('execution_over')}`,
  );
  expect(events.map(([event]) => event)).toEqual(['log', 'log', 'log', 'end']);
  expect(from).toEqual([null, '1', '2']);
  expect(lost).toEqual(['the connection was closed', 'the server ended it (shutdown)']);
});

it('a stream begins after the event that is named', async () => {
  const { client, from } = streaming(`${log('8')}${end('execution_over')}`);
  const events = [];
  for await (const event of followExecution(client, 'e', { lastEventId: '7' })) events.push(event);
  expect([from, events.length]).toEqual([['7'], 2]);
});

it('each opening is told, and a stream that has gone silent is opened again', async () => {
  let connections = 0;
  const client = createChronosClient({
    baseUrl: 'http://chronos.test',
    fetch: ({ signal }) => {
      connections += 1;
      const isFirst = connections === 1;
      const body = new ReadableStream<Uint8Array>({
        start: (stream) => {
          stream.enqueue(
            new TextEncoder().encode(isFirst ? `retry: 0\n\n${log('1')}` : end('execution_over')),
          );
          if (isFirst) signal.addEventListener('abort', () => stream.error(signal.reason));
          else stream.close();
        },
      });
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    },
  });
  const told: string[] = [];
  const options = {
    silenceMs: 20,
    onOpened: () => told.push('opened'),
    onLost: (reason: string) => told.push(reason),
  };
  for await (const { event } of followExecution(client, 'e', options)) told.push(event);
  expect(told).toEqual(['opened', 'log', 'nothing was heard any more', 'opened', 'end']);
});

it('what the server refuses for a reason is thrown', async () => {
  const client = createChronosClient({
    baseUrl: 'http://chronos.test',
    fetch: () =>
      Promise.resolve(
        Response.json(
          { success: false, error: { code: 'NOT_FOUND', message: 'No.', details: [], requestId: 'r' } },
          { status: 404 },
        ),
      ),
  });
  await expect(followExecution(client, 'e').next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
