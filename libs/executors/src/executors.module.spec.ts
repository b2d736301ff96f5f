import { Test } from '@nestjs/testing';
import { expect, it } from 'vitest';
import { ConfigModule } from '#config';
import { JOB_TYPES, PAYLOAD_SCHEMAS } from '#contracts';
import { testConfig } from '#testing';
import { HandlerCatalog } from './custom/handler-catalog.service.js';
import { ExecutorsModule } from './executors.module.js';
import { ExecutorRegistry } from './registry/executor-registry.service.js';

it('holds an executor for every type of job, and the sample handler', async () => {
  const app = await Test.createTestingModule({
    imports: [ConfigModule.forRoot(testConfig()), ExecutorsModule],
  }).compile();
  await app.init();
  const registry = app.get(ExecutorRegistry);
  for (const type of JOB_TYPES) expect(registry.get(type).schema).toBe(PAYLOAD_SCHEMAS[type]);
  expect(app.get(HandlerCatalog).list()).toEqual([expect.objectContaining({ name: 'processData' })]);
  await app.close();
});
