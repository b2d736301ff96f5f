/** A job of the demonstration and how it must end. */
export interface DemoJob {
  label: string;
  body: Record<string, unknown>;
  /** How many of its executions are waited for. */
  runs: number;
  /** Attempts each execution must take. */
  attempts: number;
}

export interface Targets {
  httpPort: number;
}

/** Runs for a few seconds and says which process runs it: its parent is the worker, which we are going to kill. */
const VICTIM = 'console.log(`worker pid ${process.ppid}`); setTimeout(() => console.log("done"), 4000);';

export function demoJobs({ httpPort }: Targets): DemoJob[] {
  const url = `http://127.0.0.1:${httpPort}`;
  const inTwoSeconds = new Date(Date.now() + 2_000).toISOString();
  const once = { runs: 1, attempts: 1 };
  return [
    {
      label: 'call an address',
      ...once,
      body: job('http', { url: `${url}/hello`, method: 'POST', body: { hi: 1 } }),
    },
    {
      label: 'signed webhook',
      ...once,
      body: job('webhook', { url: `${url}/hook`, data: { id: 7 }, secret: 'demo-key' }),
    },
    {
      label: 'script',
      ...once,
      body: job('script', { command: 'node', args: ['-e', 'console.log(6 * 7)'] }),
    },
    {
      label: 'e-mail',
      ...once,
      body: job('email', { to: 'you@example.com', subject: 'Demo', text: 'It works.' }),
    },
    {
      label: 'own handler',
      ...once,
      body: job('custom', { handler: 'processData', data: { input: 'value' } }),
    },
    {
      label: 'two seconds ahead',
      ...once,
      body: { ...job('http', { url: `${url}/later` }), scheduleType: 'scheduled', scheduledAt: inTwoSeconds },
    },
    {
      label: 'every two seconds',
      runs: 3,
      attempts: 1,
      body: {
        ...job('http', { url: `${url}/tick` }),
        scheduleType: 'recurring',
        cronExpression: '*/2 * * * * *',
      },
    },
    {
      label: 'fails twice',
      runs: 1,
      attempts: 3,
      body: { ...job('http', { url: `${url}/flaky` }), retryDelay: 300, backoff: { strategy: 'fixed' } },
    },
  ];
}

/** Its worker is killed while it runs; another takes it over. */
export function victimJob(): DemoJob {
  return {
    label: 'worker killed',
    runs: 1,
    attempts: 2,
    body: job('script', { command: 'node', args: ['-e', VICTIM] }),
  };
}

function job(type: string, payload: Record<string, unknown>): Record<string, unknown> {
  return { name: `demo ${type}`, type, scheduleType: 'immediate', payload };
}
