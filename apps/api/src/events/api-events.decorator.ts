import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiProduces, ApiResponse } from '@nestjs/swagger';

/** Documents an answer of server-sent events. */
export function ApiEvents(description: string, example: string): MethodDecorator {
  return applyDecorators(
    ApiProduces('text/event-stream'),
    ApiHeader({
      name: 'Last-Event-ID',
      required: false,
      description: 'The id of the last event the client has, to go on from there.',
    }),
    ApiResponse({
      status: 200,
      description: `${description} Lines beginning with \`:\` keep the connection alive. \`end\` says why the stream ends: session_ended, shutdown, or what the stream was about is over.`,
      content: { 'text/event-stream': { schema: { type: 'string' }, example } },
    }),
  );
}
