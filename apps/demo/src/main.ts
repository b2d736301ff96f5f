import { type Api, startInstance } from './instance.js';
import { startHttpReceiver, startSmtpReceiver } from './receivers.js';
import { type DemoJob, demoJobs, victimJob } from './scenario.js';
import { table } from './table.js';
import { type Finding, watch, workerPidOf } from './watch.js';

const PATIENCE_MS = 60_000;

/**
 * Shows the whole product at work: a private instance, a job of each type, a schedule, retries, and a worker killed in
 * the middle of a job. Ends with 0 only if everything ended as it must.
 */
async function main(): Promise<boolean> {
  const [http, smtp] = await Promise.all([startHttpReceiver(), startSmtpReceiver()]);
  say(`Starting a private instance, queue on ${process.env['REDIS_URL'] ? 'Redis' : 'PostgreSQL'} ...`);
  const instance = await startInstance({
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(smtp.port),
    SMTP_FROM: 'chronos@example.com',
    MIN_SCHEDULE_INTERVAL_SECONDS: '1',
    LEASE_MS: '3000',
    RECONCILE_INTERVAL_MS: '500',
  });
  try {
    const { api } = instance;
    const findings = await Promise.all(demoJobs({ httpPort: http.port }).map((job) => play(api, job)));
    findings.push(await playVictim(api));
    say(`\n${table(findings.flat())}\n`);
    say(`The targets received ${http.received()} calls and ${smtp.received()} mail.`);
    return findings.flat().every(({ fault }) => fault === undefined);
  } finally {
    say('Stopping the private instance ...');
    await instance.stop();
    await Promise.all([http.close(), smtp.close()]);
  }
}

async function play(api: Api, job: DemoJob): Promise<Finding[]> {
  const { id } = await api.post<{ id: string }>('/jobs', job.body);
  const findings = await watch(api, job, id, PATIENCE_MS);
  if (job.body['scheduleType'] === 'recurring') await api.post(`/jobs/${id}/cancel`);
  report(job, findings);
  return findings;
}

async function playVictim(api: Api): Promise<Finding[]> {
  const job = victimJob();
  const { id } = await api.post<{ id: string }>('/jobs', job.body);
  const pid = await workerPidOf(api, id);
  process.kill(pid, 'SIGKILL');
  say(`  worker ${pid} killed while it runs "${job.label}"; waiting for the take-over ...`);
  const findings = await watch(api, job, id, PATIENCE_MS);
  report(job, findings);
  return findings;
}

function report(job: DemoJob, findings: Finding[]): void {
  for (const { execution, fault } of findings) {
    say(`  ${fault ? 'WRONG' : 'ok   '}  ${job.label}: ${fault ?? execution?.status ?? '-'}`);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  const isGood = await main();
  say(isGood ? 'Everything ended as it must.' : 'Not everything ended as it must: see the table.');
  process.exit(isGood ? 0 : 1);
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`The demonstration failed: ${text}\n`);
  process.exit(1);
}
