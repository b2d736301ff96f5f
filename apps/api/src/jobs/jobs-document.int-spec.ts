import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJob, storeExecution, storeLog, type TestJob, WEEKLY_REPORT } from '../testing/job-fixtures.js';
import { createTestApi, type TestAccount, type TestApi } from '../testing/test-api.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Each route with the statuses it can answer beside 401, 429, 500 and 503, which all can. */
const ROUTES: [line: string, statuses: number[]][] = [
  ['post /jobs', [201, 400, 403, 413, 415, 422]],
  ['get /jobs', [200, 400]],
  ['get /jobs/{id}', [200, 400, 404]],
  ['put /jobs/{id}', [200, 400, 403, 404, 409, 413, 415]],
  ['patch /jobs/{id}', [200, 400, 403, 404, 409, 413, 415]],
  ['delete /jobs/{id}', [204, 400, 404, 409]],
  ['post /jobs/{id}/pause', [200, 400, 404, 409, 413, 415]],
  ['post /jobs/{id}/resume', [200, 400, 404, 409, 413, 415]],
  ['post /jobs/{id}/cancel', [200, 400, 404, 409]],
  ['post /jobs/{id}/reschedule', [200, 400, 403, 404, 409, 413, 415]],
  ['post /jobs/{id}/trigger', [202, 400, 403, 404, 409, 413, 415, 422]],
  ['post /jobs/{id}/backfill', [200, 202, 400, 404, 409, 413, 415, 422]],
  ['get /jobs/{id}/backfills', [200, 400, 404]],
  ['get /backfills/{id}', [200, 400, 404]],
  ['post /backfills/{id}/cancel', [200, 400, 404, 409]],
  ['get /catchup', [200, 400, 403]],
  ['post /catchup/release', [200, 400, 403, 413, 415]],
  ['post /catchup/drop', [200, 400, 403, 413, 415]],
  ['post /catchup/{jobId}/release', [200, 400, 403, 404, 409, 413, 415]],
  ['post /catchup/{jobId}/drop', [200, 400, 403, 404, 409, 413, 415]],
  ['get /jobs/{id}/ledger', [200, 400, 404]],
  ['get /jobs/{id}/chain', [200, 400, 404]],
  ['get /jobs/{id}/executions', [200, 400, 404]],
  ['get /jobs/{id}/logs', [200, 400, 404]],
  ['get /executions/{id}', [200, 400, 404]],
  ['post /executions/{id}/cancel', [200, 400, 404, 409]],
  ['post /executions/{id}/retry', [202, 400, 404, 409]],
  ['post /schedules/preview', [200, 400, 404, 413, 415]],
  ['post /schedules/simulate', [200, 400, 404, 413, 415]],
  ['get /handlers', [200]],
];

describe('the document of the job routes', () => {
  let api: TestApi;
  let admin: TestAccount;
  let document: OpenAPIObject;

  beforeAll(async () => {
    api = await createTestApi();
    admin = await api.createAccount('admin');
    document = (await api.app.inject({ url: '/api/docs-json' })).json();
  });

  afterAll(() => api.close());

  const operationOf = (line: string): Operation | undefined => {
    const [method, path] = line.split(' ') as ['get', string];
    return document.paths[`/api/v1${path}`]?.[method];
  };
  const propertiesOf = (name: string): string[] => {
    const schema = document.components?.schemas?.[name] ?? {};
    return 'properties' in schema ? Object.keys(schema.properties ?? {}).toSorted() : [];
  };
  const get = (path: string) => api.request(`GET ${path}`, { token: admin.accessToken });
  const keysOf = (value: unknown) => Object.keys(value as object).toSorted();

  it.each(ROUTES)('%s names its answers, tag and security', (line, statuses) => {
    const operation = operationOf(line);
    expect(Object.keys(operation?.responses ?? {}).toSorted()).toEqual(
      [...statuses, 401, 429, 500, 503].map(String).toSorted(),
    );
    expect(operation?.summary).toEqual(expect.any(String));
    expect(operation?.tags).toHaveLength(1);
    expect(operation?.security).toEqual([{ bearer: [] }]);
  });

  it('tells what lists and changes can be asked for', () => {
    const namesOf = (line: string) =>
      (operationOf(line)?.parameters ?? []).flatMap((parameter) =>
        'name' in parameter ? [parameter.name] : [],
      );
    expect(namesOf('get /jobs').toSorted()).toEqual(
      [
        'cursor',
        'limit',
        'owner',
        'page',
        'scheduleType',
        'search',
        'sort',
        'status',
        'tag',
        'type',
      ].toSorted(),
    );
    expect(namesOf('get /jobs/{id}/executions').toSorted()).toEqual(
      ['cursor', 'from', 'id', 'limit', 'page', 'status', 'to', 'trigger'].toSorted(),
    );
    expect(namesOf('patch /jobs/{id}')).toEqual(expect.arrayContaining(['id', 'If-Match']));
    expect(namesOf('post /jobs/{id}/trigger')).toEqual(expect.arrayContaining(['id', 'Idempotency-Key']));
  });

  it('requires of a job what the service requires', () => {
    const schema = document.components?.schemas?.['CreateJobDto'];
    expect(schema).toMatchObject({ required: ['name', 'type', 'payload', 'scheduleType'] });
    expect(document.components?.schemas?.['ChangeJobDto']).not.toHaveProperty('required');
  });

  it('has the fields that are answered', async () => {
    const job = await createJob(api, admin.accessToken, WEEKLY_REPORT);
    const id = await storeExecution(api.dataSource, job.id, { attempts: 1 });
    await storeLog(api.dataSource, job.id, { message: 'x' });
    expect(keysOf(job)).toEqual(propertiesOf('JobDto'));
    const execution = (await get(`/executions/${id}`)).body.data as { attempts: unknown[] };
    expect(keysOf(execution)).toEqual(propertiesOf('ExecutionWithAttemptsDto'));
    expect(keysOf(execution.attempts[0])).toEqual(propertiesOf('AttemptDto'));
    const { body: executions } = await get(`/jobs/${job.id}/executions`);
    expect(keysOf(executions.data[0])).toEqual(propertiesOf('ExecutionDto'));
    const { body: logs } = await get(`/jobs/${job.id}/logs`);
    expect(keysOf(logs.data[0])).toEqual(propertiesOf('LogLineDto'));
  });

  it('shows examples that work when pasted', async () => {
    const body = operationOf('post /jobs')?.requestBody;
    const examples = body && 'content' in body ? body.content['application/json']?.examples : undefined;
    const values = Object.values(examples ?? {}).map(
      (example) => ('value' in example ? example.value : {}) as TestJob,
    );
    expect(values.map(({ type }) => type)).toEqual([
      'http',
      'webhook',
      'script',
      'email',
      'custom',
      'custom',
    ]);
    for (const value of values) {
      const answer = await api.request('POST /jobs', { token: admin.accessToken, body: value });
      expect([value.name, answer.status]).toEqual([value.name, 201]);
    }
  });
});
