import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChronosConfig } from '#config';
import type { ExecutionContext, JsonValue } from '#contracts';
import {
  describeExecutorConformance,
  type TempDir,
  tempDir,
  testConfig,
  testContext,
  waitFor,
} from '#testing';
import { ATTEMPT_LIMITS, runAttempt } from '../attempt/run-attempt.js';
import { CustomHandler } from './custom-handler.decorator.js';
import { CustomExecutor } from './custom.executor.js';
import { HandlerCatalog } from './handler-catalog.service.js';
import { ProcessDataHandler } from './process-data.handler.js';

/** What `running` holds is at work now. */
const running = new Set<string>();

@CustomHandler('waitForAbort')
class WaitForAbort {
  run(_data: JsonValue, { executionId, signal }: ExecutionContext): Promise<void> {
    running.add(executionId);
    return new Promise((_resolve, reject) => {
      const stop = () => {
        running.delete(executionId);
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', stop, { once: true });
    });
  }
}

@CustomHandler('greet', { description: 'Greets.', schema: { type: 'object', required: ['name'] } })
class Greet {
  private readonly greeting = 'hello';
  run(data: { name: string }): string {
    return `${this.greeting} ${data.name}`;
  }
}

@CustomHandler('greet')
class GreetAgain extends Greet {}

@CustomHandler('no spaces, please')
class BadName extends Greet {}

@CustomHandler('idle')
class WithoutRun {}

@CustomHandler('misspelt', { schema: { type: 'strng' } })
class BadSchema extends Greet {}

const MODULES = {
  'failing.mjs': `
    export default { name: 'failing', run() { throw new Error('the target is down'); } };
    export const permanent = {
      name: 'permanent',
      run() { throw Object.assign(new Error('no such customer'), { name: 'PermanentError' }); },
    };
    export const coded = {
      name: 'coded',
      async run() { throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }); },
    };`,
  'results.js': `
    module.exports = {
      cycle: { name: 'cycle', run() { const value = {}; value.self = value; return value; } },
      big: { name: 'big', run: () => 'x'.repeat(300 * 1024) },
      nothing: { name: 'nothing', run() {} },
      echo: { name: 'echo', description: 'Gives back.', run: (data) => data },
      helper() {},
    };`,
  'stubborn.mjs': `
    export const stubborn = { name: 'stubborn', run: () => new Promise((resolve) => setTimeout(resolve, 300)) };`,
  'README.md': 'not a module',
  '.hidden.js': 'throw new Error("not imported");',
};

async function catalogOf(dir: string | undefined, ...handlers: Provider[]): Promise<HandlerCatalog> {
  const config = testConfig({ customHandlers: { dir } });
  const app = await Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [{ provide: ChronosConfig, useValue: config }, HandlerCatalog, ...handlers],
  }).compile();
  await app.init();
  return app.get(HandlerCatalog);
}

async function folderOf(files: Record<string, string>): Promise<TempDir> {
  const folder = await tempDir('handlers');
  for (const [name, source] of Object.entries(files)) await writeFile(join(folder.path, name), source);
  return folder;
}

describeExecutorConformance('CustomExecutor', {
  type: 'custom',
  runAttempt,
  badPayloads: [
    [{}, 'payload.handler'],
    [{ handler: 'not a name' }, 'payload.handler'],
    [{ handler: 'processData' }, 'payload.data'],
    [{ handler: 'processData', data: {} }, 'payload.data.input'],
    [{ handler: 'processData', data: { input: 1, more: 2 } }, 'payload.data.more'],
  ],
  async start() {
    const folder = await folderOf(MODULES);
    const catalog = await catalogOf(folder.path, ProcessDataHandler, WaitForAbort);
    return {
      executor: new CustomExecutor(catalog),
      success: {
        payload: { handler: 'processData', data: { input: 'value' } },
        result: { type: 'string', size: 5 },
      },
      failure: {
        payload: { handler: 'failing', data: { key: 'data-secret' } },
        code: 'HANDLER_THREW',
        retryable: true,
      },
      hang: {
        payload: { handler: 'waitForAbort' },
        started: ({ executionId }) =>
          waitFor(() => running.has(executionId), { what: 'the handler to run' }).then(() => undefined),
      },
      oversized: {
        payload: { handler: 'big' },
        end: { status: 'failed', error: { code: 'RESULT_TOO_LARGE', retryable: false } },
      },
      unserialisable: { payload: { handler: 'cycle' } },
      secrets: ['data-secret'],
      leftovers: () => [...running],
      stop: () => folder.remove(),
    };
  },
});

describe('CustomExecutor', () => {
  let folder: TempDir;
  let executor: CustomExecutor;
  beforeAll(async () => {
    folder = await folderOf(MODULES);
    executor = new CustomExecutor(await catalogOf(folder.path, Greet, WaitForAbort));
  });
  afterAll(() => folder.remove());

  const run = (payload: unknown, test = testContext(), limits = ATTEMPT_LIMITS) =>
    runAttempt(executor, payload, test.context, limits);

  it('runs providers with what they were given by injection', async () => {
    expect(await run({ handler: 'greet', data: { name: 'you' } })).toEqual({
      status: 'completed',
      result: 'hello you',
    });
  });

  it('runs what modules export, ES or CommonJS, by default or by name', async () => {
    expect(await run({ handler: 'echo', data: [1, { a: null }] })).toEqual({
      status: 'completed',
      result: [1, { a: null }],
    });
    expect(await run({ handler: 'echo' })).toEqual({ status: 'completed', result: null });
    expect(await run({ handler: 'nothing' })).toEqual({ status: 'completed', result: null });
  });

  it.each([
    ['failing', { code: 'HANDLER_THREW', message: 'the target is down', retryable: true }],
    ['coded', { code: 'ECONNREFUSED', message: 'refused', retryable: true }],
    ['permanent', { code: 'PERMANENT', message: 'no such customer', retryable: false }],
  ])('%s: a throw is a failure', async (handler, error) => {
    expect(await run({ handler })).toEqual({ status: 'failed', error });
  });

  it('says which handlers there are when the one that is named is not', async () => {
    expect(await run({ handler: 'prosessData' })).toEqual({
      status: 'failed',
      error: {
        code: 'HANDLER_NOT_FOUND',
        message:
          'This worker has no handler "prosessData". It has big, coded, cycle, echo, failing, greet, nothing, permanent, stubborn, waitForAbort.',
        retryable: false,
      },
    });
  });

  it('leaves a handler alone that does not obey its signal', async () => {
    const test = testContext();
    const attempt = run({ handler: 'stubborn' }, test, { ...ATTEMPT_LIMITS, abandonAfterMs: 20 });
    test.abort('timeout');
    expect(await attempt).toMatchObject({ status: 'timed_out' });
    expect(test.lines).toEqual([
      { level: 'warn', message: expect.stringContaining('did not stop within 20 ms') as string },
    ]);
  });
});

describe('HandlerCatalog', () => {
  it('lists names, descriptions and schemas for clients', async () => {
    const folder = await folderOf({ 'one.mjs': "export default { name: 'alone', run() {} };" });
    const catalog = await catalogOf(folder.path, Greet);
    expect(catalog.list()).toEqual([
      { name: 'alone' },
      { name: 'greet', description: 'Greets.', schema: { type: 'object', required: ['name'] } },
    ]);
    await folder.remove();
  });

  it('imports nothing on a worker that runs no custom jobs', async () => {
    const folder = await folderOf({ 'bad.mjs': 'throw new Error("imported");' });
    const config = testConfig({ customHandlers: { dir: folder.path }, worker: { types: ['http'] } });
    const app = await Test.createTestingModule({
      imports: [DiscoveryModule],
      providers: [{ provide: ChronosConfig, useValue: config }, HandlerCatalog],
    }).compile();
    await app.init();
    expect(app.get(HandlerCatalog).list()).toEqual([]);
    await folder.remove();
  });

  it('leaves folders to what the modules share', async () => {
    const folder = await folderOf({
      'one.mjs': "import { name } from './shared/name.mjs'; export default { name, run() {} };",
    });
    await mkdir(join(folder.path, 'shared'));
    await writeFile(join(folder.path, 'shared', 'name.mjs'), "export const name = 'shared-name';");
    expect((await catalogOf(folder.path)).list()).toEqual([{ name: 'shared-name' }]);
    await folder.remove();
  });

  it.each<[string, string, RegExp]>([
    ['a syntax error', 'export default {', /bad\.mjs: cannot be imported: .*syntax/i],
    ['a throw', "throw new Error('no database');", /bad\.mjs: cannot be imported: Error: no database/],
    ['a missing import', "import './nowhere.mjs';", /bad\.mjs: cannot be imported: .*nowhere\.mjs/],
    ['no handler', 'export const helper = 1;', /bad\.mjs: exports no handler; write "export default/],
    ['a bad name', "export default { name: 'a b', run() {} };", /bad\.mjs: the name "a b" must be a letter/],
    ['no name', 'export default { run() {} };', /bad\.mjs: the name undefined must be/],
    [
      'no function',
      "export default { name: 'a', run: 'echo' };",
      /bad\.mjs: the handler "a" has no function run/,
    ],
    [
      'a schema that is none',
      "export default { name: 'a', schema: 'x', run() {} };",
      /not a JSON Schema object/,
    ],
    [
      'a schema that cannot be used',
      "export default { name: 'a', schema: { type: 'object', requird: [] }, run() {} };",
      /bad\.mjs: the schema of the handler "a" cannot be used: .*requird/,
    ],
    [
      'a name that is taken',
      "export default { name: 'greet', run() {} };",
      /bad\.mjs: the handler "greet" is already defined by Greet/,
    ],
  ])('does not start with a module with %s', async (_name, source, message) => {
    const folder = await folderOf({ 'bad.mjs': source });
    await expect(catalogOf(folder.path, Greet)).rejects.toThrow(message);
    await folder.remove();
  });

  it('does not start with a folder that is not there', async () => {
    await expect(catalogOf('/no/such/folder')).rejects.toThrow(
      /CUSTOM_HANDLERS_DIR cannot be read: .*ENOENT/,
    );
  });

  it.each<[string, Provider[], RegExp]>([
    [
      'twice the same name',
      [Greet, GreetAgain],
      /GreetAgain: the handler "greet" is already defined by Greet/,
    ],
    ['a bad name', [BadName], /BadName: the name "no spaces, please"/],
    ['no run', [WithoutRun], /WithoutRun: the handler "idle" has no function run/],
    ['a bad schema', [BadSchema], /BadSchema: the schema of the handler "misspelt" cannot be used/],
  ])('does not start with providers of %s', async (_name, providers, message) => {
    await expect(catalogOf(undefined, ...providers)).rejects.toThrow(message);
  });

  it('lists every fault at once', async () => {
    const folder = await folderOf({ 'a.mjs': 'export {};', 'b.mjs': 'export {};' });
    await expect(catalogOf(folder.path, BadName)).rejects.toThrow(
      /- a\.mjs: .*\n {2}- b\.mjs: .*\n {2}- BadName: /,
    );
    await folder.remove();
  });
});
