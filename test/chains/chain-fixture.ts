import { waitFor } from '#testing';
import { startTimeBench, type TimeBench } from '../time/time-fixture.js';

/** An execution as the API tells it. */
export interface ToldExecution {
  id: string;
  status: string;
  reason: string | null;
  trigger: string;
  scheduledFor: string;
  latenessMs: number | null;
  result: unknown;
  error: { code: string; message: string } | null;
  parents: { executionId: string; jobName: string; status: string }[];
  children: { executionId: string; jobName: string; status: string; reason: string | null }[];
}

/** Jobs in chains, made and asked about over the API; workers and planners as the test starts them. */
export interface ChainBench extends TimeBench {
  /** A job that runs after others, by their ids; answers its id. */
  chained(
    after: (string | { jobId: string; on: string })[],
    more?: Record<string, unknown>,
    behaviour?: string,
  ): Promise<string>;
  /** A job that runs only when it is triggered. */
  root(name: string, behaviour?: string, more?: Record<string, unknown>): Promise<string>;
  /** Runs a job now; answers the execution's id. */
  trigger(jobId: string, body?: Record<string, unknown>): Promise<string>;
  execution(id: string): Promise<ToldExecution>;
  /** All executions of a job, oldest first: of one nominal time in the order they were made. */
  executionsOf(jobId: string): Promise<ToldExecution[]>;
  /** Waits until the job has so many executions that are over. */
  untilOver(jobId: string, count?: number): Promise<ToldExecution[]>;
  /** Waits until nothing of a chain is yet to be decided or to run. */
  untilQuiet(): Promise<void>;
}

const OVER = new Set(['completed', 'failed', 'timed_out', 'cancelled', 'skipped', 'missed']);

export async function startChainBench(backend?: Parameters<typeof startTimeBench>[0]): Promise<ChainBench> {
  const bench = await startTimeBench(backend);
  const execution = async (id: string) =>
    (await bench.send(`GET /executions/${id}`)).body.data as ToldExecution;
  const executionsOf = async (jobId: string) => {
    const rows = await bench.engine.rows<{ id: string }>(
      'SELECT id FROM executions WHERE job_id = $1 ORDER BY scheduled_for, created_at, id',
      [jobId],
    );
    return Promise.all(rows.map(({ id }) => execution(id)));
  };
  return {
    ...bench,
    chained: (after, more = {}, behaviour) =>
      bench.create(
        {
          scheduleType: 'chained',
          after: after.map((link) => (typeof link === 'string' ? { jobId: link } : link)),
          ...more,
        },
        behaviour,
      ),
    root: (name, behaviour, more = {}) =>
      bench.create(
        { name, scheduleType: 'recurring', cronExpression: '0 0 1 1 *', maxRetries: 0, ...more },
        behaviour,
      ),
    trigger: async (jobId, body) => {
      const answer = await bench.send(`POST /jobs/${jobId}/trigger`, body);
      if (answer.status !== 202) throw new Error(`Not triggered: ${JSON.stringify(answer.body)}`);
      return (answer.body as { data: { id: string } }).data.id;
    },
    execution,
    executionsOf,
    untilOver: (jobId, count = 1) =>
      waitFor(
        async () => {
          const found = await executionsOf(jobId);
          return found.filter(({ status }) => OVER.has(status)).length >= count ? found : undefined;
        },
        { what: `${count} executions of job ${jobId} to be over`, progress: () => executionsOf(jobId) },
      ),
    untilQuiet: async () => {
      await waitFor(
        async () => {
          const [row] = await bench.engine.rows<{ open: number }>(
            'SELECT count(*)::int AS open FROM executions WHERE finished_at IS NULL OR chain_at IS NOT NULL',
          );
          return row?.open === 0;
        },
        { what: 'all chains to come to their ends' },
      );
    },
  };
}
