import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorBody, errorHeaders } from './error-body.js';
import { toWireError } from './to-chronos-error.js';

/**
 * The one way out for errors: whatever was thrown, the client gets the error envelope. Faults of ours are logged
 * with their cause and the request id the client was given; the client learns nothing of their insides.
 */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  readonly #logger = new Logger(ErrorFilter.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { status, error, isFault } = toWireError(thrown);
    if (isFault) {
      const log = {
        requestId: request.id,
        err: error.cause ?? error,
        msg: `${error.code}: ${error.message}`,
      };
      if (status === 503) this.#logger.warn(log);
      else this.#logger.error(log);
    }
    const { httpAdapter } = this.adapterHost;
    if (httpAdapter.isHeadersSent(reply)) return;
    for (const [name, value] of Object.entries(errorHeaders(error)))
      httpAdapter.setHeader(reply, name, value);
    httpAdapter.reply(reply, errorBody(error, request.id), status);
  }
}
