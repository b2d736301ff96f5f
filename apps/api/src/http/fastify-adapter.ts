import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { withAuditOrigin } from '#audit';
import type { HttpConfig } from '#config';
import { ChronosError } from '#contracts';
import { parseCalendarText } from './calendar-text.js';
import { errorBody } from './error-body.js';
import { inputFault } from './input-fault.js';
import { MAX_BODY_BYTES, parseJsonBody } from './json-body.js';
import { refuseUnknownMethods } from './method-not-allowed.js';
import { requestIdOf } from './request-id.js';
import { toWireError } from './to-chronos-error.js';

/** A request that trickles in holds a connection no longer than this. */
const RECEIVE_WITHIN_MS = 30_000;

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i;

/**
 * Fastify as Chronos runs it: a request id on every request and answer, bodies of JSON only, within the limits of
 * DESIGN.md section 6 before any of our code sees them, and errors of its own in our envelope.
 */
export function createHttpAdapter({ trustedProxies }: Pick<HttpConfig, 'trustedProxies'>): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: RECEIVE_WITHIN_MS,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    requestIdHeader: false,
    genReqId: requestIdOf,
    // What the router refuses before any hook runs: a malformed URL, a parameter without end.
    frameworkErrors: (thrown: Error, request: FastifyRequest, reply: FastifyReply) => {
      const { status, error } = toWireError(thrown);
      void reply.code(status).header('x-request-id', request.id).send(errorBody(error, request.id));
    },
  });
  const instance = adapter.getInstance();
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser(JSON_TYPE, { parseAs: 'buffer' }, (_request, bytes, done) => {
    try {
      done(null, parseJsonBody(bytes as Buffer));
    } catch (error) {
      done(error as Error, undefined);
    }
  });
  parseCalendarText(instance);
  adapter.setOnRequestHook((request, reply, done) => {
    // pino-http reads the id of the raw request, so one id names the request everywhere.
    Object.assign(request.raw, { id: request.id });
    void reply.header('x-request-id', request.id);
    const fault = inputFault(request.query) ?? inputFault(request.params);
    done(fault && ChronosError.invalid(fault.field, fault.message));
  });
  // Once the body is in: reading it leaves the context an earlier hook would have set.
  instance.addHook('preValidation', ({ id, ip }, _reply, done) => {
    withAuditOrigin({ requestId: id, address: ip }, done);
  });
  refuseUnknownMethods(instance);
  closeAfterAnswer(instance);
  return adapter;
}

/**
 * Ends each connection with the answer it is waiting for once the server is closing. Node itself closes only those
 * that are idle at that moment, and waits for the others until their clients hang up. It does not count those as idle
 * that have asked for nothing yet, as browsers open them ahead of need.
 */
function closeAfterAnswer(instance: FastifyInstance): void {
  let isClosing = false;
  const connections = new Set<Socket>();
  instance.server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  instance.addHook('preClose', (done) => {
    isClosing = true;
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy();
    done();
  });
  instance.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) void reply.header('connection', 'close');
    done(null, payload);
  });
}
