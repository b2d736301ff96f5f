import { Injectable, type Provider, Scope } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ChronosConfig } from '#config';
import type { Executor, JobType, Outcome } from '#contracts';
import { ExecutorRegistry } from './executor-registry.service.js';
import { JobExecutor } from './job-executor.decorator.js';

class Completing implements Executor {
  readonly schema = z.unknown();
  async execute(): Promise<Outcome> {
    return { status: 'completed', result: null };
  }
}

@JobExecutor('http')
class FirstHttp extends Completing {}

@JobExecutor('http')
class SecondHttp extends Completing {}

@JobExecutor('email')
class Email extends Completing {}

@JobExecutor('fax' as JobType)
class Fax extends Completing {}

@JobExecutor('script')
class WithoutExecute {
  readonly schema = z.unknown();
}

@JobExecutor('script')
class WithoutSchema {
  async execute(): Promise<Outcome> {
    return { status: 'cancelled' };
  }
}

@JobExecutor('script')
@Injectable({ scope: Scope.REQUEST })
class PerRequest extends Completing {}

async function start(types: JobType[], ...executors: Provider[]): Promise<ExecutorRegistry> {
  const config = Object.assign(new ChronosConfig(), { worker: { types } });
  const builder = Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [{ provide: ChronosConfig, useValue: config }, ExecutorRegistry, ...executors],
  });
  const app = await builder.compile();
  await app.init();
  return app.get(ExecutorRegistry);
}

describe('ExecutorRegistry', () => {
  it('finds each decorated provider by its type', async () => {
    const registry = await start(['http', 'email'], FirstHttp, Email);
    expect(registry.get('http')).toBeInstanceOf(FirstHttp);
    expect(registry.get('email')).toBeInstanceOf(Email);
    expect(() => registry.get('script')).toThrow('no executor of type "script"');
  });

  it('finds one that a factory provides', async () => {
    const registry = await start(['http'], { provide: FirstHttp, useFactory: () => new FirstHttp() });
    expect(registry.get('http')).toBeInstanceOf(FirstHttp);
  });

  it('needs an executor only for the types that the worker runs', async () => {
    await expect(start(['http'], FirstHttp)).resolves.toBeDefined();
    await expect(start(['http', 'webhook', 'custom'], FirstHttp)).rejects.toThrow(
      /no executor for type "webhook".*WORKER_TYPES[\s\S]*no executor for type "custom"/,
    );
  });

  it.each<[string, Provider[], RegExp]>([
    [
      'two of a type',
      [FirstHttp, SecondHttp],
      /SecondHttp and FirstHttp are both decorated with @JobExecutor\('http'\)/,
    ],
    [
      'a type that is none',
      [FirstHttp, Fax],
      /Fax is decorated with @JobExecutor\("fax"\), which is no type of job/,
    ],
    [
      'one without execute',
      [FirstHttp, WithoutExecute],
      /WithoutExecute has no execute\(payload, context\) method/,
    ],
    ['one without schema', [FirstHttp, WithoutSchema], /WithoutSchema has no schema/],
    ['one per request', [FirstHttp, PerRequest], /PerRequest is request-scoped/],
  ])('does not start with %s', async (_name, providers, message) => {
    await expect(start(['http'], ...providers)).rejects.toThrow(message);
  });
});
