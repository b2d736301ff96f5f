import { Writable } from 'node:stream';
import { pinoHttp } from 'pino-http';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { loggerOptions } from './logging.js';

/** A logger as the processes have it, and the lines it has written. */
function memoryLogger() {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()));
      done();
    },
  });
  const options = loggerOptions({ log: { level: 'info', dir: undefined } }, 'api');
  return { logger: pinoHttp(options, stream).logger, lines };
}

describe('the log', () => {
  it('is JSON with the process, the level by name and the time in UTC', () => {
    const { logger, lines } = memoryLogger();
    logger.info('hello');
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        app: 'api',
        pid: process.pid,
        msg: 'hello',
      },
    ]);
  });

  it.each([
    { password: 'hunter2' },
    { body: { currentPassword: 'hunter2', newPassword: 'hunter2' } },
    { tokens: { accessToken: 'hunter2', refreshToken: 'hunter2' } },
    { req: { headers: { authorization: 'Bearer hunter2', cookie: 'a=hunter2' } } },
    { res: { headers: { 'set-cookie': 'hunter2' } } },
  ])('holds no secret: %j', (object) => {
    const { logger, lines } = memoryLogger();
    logger.info(object, 'a line');
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('tells which statement failed, not what it was given', () => {
    const { logger, lines } = memoryLogger();
    const error = new QueryFailedError('INSERT INTO users', ['hunter2'], new Error('no such column'));
    logger.error({ err: error }, 'INTERNAL');
    expect(JSON.stringify(lines)).toContain('INSERT INTO users');
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });
});
