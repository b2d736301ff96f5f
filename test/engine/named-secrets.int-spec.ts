import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonValue } from '#contracts';
import { NamedSecrets } from '#secrets';
import { type Behaviour, type Engine, scriptedJob, startEngine } from './engine-fixture.js';

/** Jobs whose payload is a template; the handler they name records what it was given. */
describe('templates of payloads', () => {
  let engine: Engine;
  let secrets: NamedSecrets;
  let given: string[];
  let echo: Behaviour;

  beforeAll(async () => {
    engine = await startEngine('postgres');
    engine.behaviours.get = (name) => {
      given.push(name);
      return (context) => {
        context.logger.info(`got ${name}`, { name });
        return echo(context);
      };
    };
    await engine.startWorker();
    secrets = new NamedSecrets(engine.dataSource, engine.config);
  });

  beforeEach(() => {
    given = [];
    echo = () => ({ got: given.at(-1) ?? '' });
  });

  afterAll(() => engine.stop());

  const secret = async (value = randomBytes(9).toString('base64url')) => {
    const name = `S_${randomBytes(6).toString('hex')}`;
    await secrets.create(engine.actor.id, { name, value });
    return { name, value };
  };
  const job = (data: JsonValue, more = {}) =>
    engine.create.create(engine.actor, {
      ...scriptedJob('x', { maxRetries: 2, ...more }),
      payload: { handler: 'scripted', data },
    });
  const logsOf = (jobId: string) =>
    engine.rows<{ message: string }>('SELECT message, data FROM job_logs WHERE job_id = $1', [jobId]);
  const kept = (jobId: string) =>
    engine.rows(
      `SELECT e.result, e.error, e.payload_override, a.error AS attempt_error, v.definition
       FROM executions e JOIN execution_attempts a ON a.execution_id = e.id
       JOIN job_versions v ON v.job_id = e.job_id WHERE e.job_id = $1`,
      [jobId],
    );

  it('are filled in for the run, and nothing of the secret is kept', async () => {
    const { name, value } = await secret('p&ss "w/ord"');
    const { id } = await job(
      `{{ jobName }}/{{ attempt }}/{{ scheduledFor }}/{{ executionId }}/{{ jobId }}/{{ secrets.${name} }}/{{ secrets.${name} | base64_encode }}`,
    );
    const run = await engine.untilExecution(id, 'completed');
    expect(given).toEqual([`x/1/${run.scheduledFor}/${run.id}/${id}/${value}/${btoa(value)}`]);
    expect(run.result).toEqual({
      got: `x/1/${run.scheduledFor}/${run.id}/${id}/[redacted]/[redacted]`,
    });
    const everything = JSON.stringify([await kept(id), await logsOf(id)]);
    expect(everything).toContain('got x/1/');
    for (const form of [value, btoa(value), encodeURIComponent(value)])
      expect(everything).not.toContain(form);
    expect((await secrets.get(engine.actor.id, name)).lastUsedAt).toBeInstanceOf(Date);
  });

  it('are kept out of errors', async () => {
    const { name, value } = await secret();
    echo = () => {
      throw new Error(`refused ${given.at(-1)}`);
    };
    const { id } = await job(`{{ secrets.${name} }}`, { maxRetries: 0 });
    const run = await engine.untilExecution(id, 'failed');
    expect(run.error?.message).toBe('refused [redacted]');
    expect(JSON.stringify([await kept(id), await logsOf(id)])).not.toContain(value);
  });

  it('have each attempt’s own value of a secret', async () => {
    const { name, value } = await secret();
    echo = async ({ attempt }) => {
      if (attempt > 1) return 'done';
      await secrets.update(engine.actor.id, name, { value: 'renewed-value' });
      throw new Error('again');
    };
    const { id } = await job(`{{ secrets.${name} }}`);
    await engine.untilExecution(id, 'completed');
    expect(given).toEqual([value, 'renewed-value']);
  });

  it('fail without a retry when a secret is gone', async () => {
    const { name } = await secret();
    const { id } = await job(`{{ secrets.${name} }}`, {
      scheduleType: 'scheduled',
      scheduledAt: new Date('2040-01-01'),
    });
    await secrets.delete(engine.actor.id, name, { force: true });
    await engine.run.trigger(engine.actor, id, {});
    const run = await engine.untilExecution(id, 'failed');
    expect(run).toMatchObject({ attempt: 1, error: { code: 'SECRET_MISSING', retryable: false } });
    expect(run.error?.message).toContain(name);
    expect(given).toEqual([]);
  });

  it('fail without a retry when they cannot be rendered', async () => {
    const { id } = await job('{{ attempt.nothing }}');
    const run = await engine.untilExecution(id, 'failed');
    expect(run).toMatchObject({ attempt: 1, error: { code: 'TEMPLATE_FAILED', retryable: false } });
  });

  it('give what the schema of the payload then checks', async () => {
    const { name } = await secret('not a handler!');
    const { id } = await engine.create.create(engine.actor, {
      ...scriptedJob('x'),
      payload: { handler: `{{ secrets.${name} }}` },
    });
    const run = await engine.untilExecution(id, 'failed');
    expect(run).toMatchObject({ attempt: 1, error: { code: 'INVALID_PAYLOAD' } });
    expect(JSON.stringify(run)).not.toContain('not a handler!');
  });

  it('leave raw blocks, and all braces of payloads from before there were templates', async () => {
    const raw = await job('{% raw %}{{ theirs }}{% endraw %}');
    await engine.untilExecution(raw.id, 'completed');
    const old = await job('plain', { scheduleType: 'scheduled', scheduledAt: new Date('2040-01-01') });
    await engine.dataSource.query(
      `UPDATE job_versions SET definition = jsonb_set(definition - 'usedSecrets', '{payload,data}', '"{{ old }}"')
       WHERE job_id = $1`,
      [old.id],
    );
    await engine.run.trigger(engine.actor, old.id, {});
    await engine.untilExecution(old.id, 'completed');
    expect(given).toEqual(['{{ theirs }}', '{{ old }}']);
  });
});
