import { it } from 'vitest';
import { waitFor } from '#testing';
import { takeShots, useDashboard } from './harness/index.js';

const dashboard = useDashboard();

const SCRIPT = `
echo "Exporting invoices (attempt $CHRONOS_ATTEMPT)"
for n in 1 2 3 4 5 6; do printf '\\033[32mok\\033[0m   batch %s of 9 written\\n' $n; done
[ "$CHRONOS_ATTEMPT" = 3 ] && { echo '9 batches, 1,204 invoices'; exit 0; }
printf '\\033[31merror\\033[0m batch 7: connection reset by ledger-db\\n' >&2
exit 1`;

it('execution', async () => {
  const admin = await dashboard.admin();
  const job = await admin.api.post('/jobs', {
    name: 'Invoice export',
    type: 'script',
    scheduleType: 'recurring',
    cronExpression: '0 6 * * *',
    timezone: 'Europe/Berlin',
    tags: ['billing'],
    maxRetries: 2,
    retryDelay: 1_500,
    payload: { command: 'sh', args: ['-c', SCRIPT] },
  });
  const run = await admin.api.post(`/jobs/${job.body.data.id}/trigger`);
  const path = `/executions/${run.body.data.id}`;
  await waitFor(async () => (await admin.api.get(path)).body.data.status === 'completed', {
    what: 'the run to complete',
    timeoutMs: 60_000,
  });
  await takeShots(dashboard, {
    name: 'execution',
    path,
    as: admin,
    ready: (page) => page.getByText('9 batches, 1,204 invoices').first().waitFor(),
  });
});
