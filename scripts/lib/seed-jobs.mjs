/**
 * Jobs to try Chronos out with: of every type and schedule, some of which fail. They call nothing but the instance
 * itself. `run`: once at once; `pause`: held back.
 */
export function seedJobs(url) {
  const alive = `${url}/health/live`;
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const recurring = (cronExpression, timezone = 'UTC') => ({
    scheduleType: 'recurring',
    cronExpression,
    timezone,
  });
  const immediate = { scheduleType: 'immediate' };
  const soon = { retryDelay: 1_000, backoff: { strategy: 'fixed' } };
  return [
    job('Is the API alive?', 'http', ['monitoring'], recurring('*/5 * * * *'), { url: alive }, { run: true }),
    job(
      'Weekly report',
      'http',
      ['reports'],
      recurring('0 9 * * 1', 'America/New_York'),
      { url: alive },
      { run: true },
    ),
    job(
      'Month-end closing',
      'http',
      ['finance'],
      recurring('0 0 1 * *', 'Europe/Berlin'),
      { url: alive },
      { pause: 'The auditors are in' },
    ),
    job('Import the old price feed', 'http', ['imports'], immediate, { url: `${url}/api/v1/price-feed` }),
    job(
      'Poll a supplier that never says 201',
      'http',
      ['imports'],
      recurring('*/15 * * * *'),
      { url: alive, expectedStatus: 201 },
      { run: true, maxRetries: 1, ...soon },
    ),
    job(
      'Announce the release',
      'webhook',
      ['releases'],
      immediate,
      {
        url: `${url}/hooks/releases`,
        data: { event: 'released', version: '1.0.0' },
        secret: 'seed-webhook-secret',
      },
      { maxRetries: 1, ...soon },
    ),
    job(
      'Disk space',
      'script',
      ['monitoring'],
      recurring('0 * * * *'),
      { command: 'df', args: ['-h', '/'] },
      { run: true },
    ),
    job(
      'Rebuild the search index',
      'script',
      ['search'],
      recurring('30 3 * * *', 'Asia/Tokyo'),
      {
        command: 'node',
        args: ['-e', 'for (let n = 1; n <= 5; n += 1) console.log(`shard ${n} of 5 rebuilt`)'],
      },
      { run: true },
    ),
    job(
      'Compress last week',
      'script',
      ['backups'],
      immediate,
      { command: 'node', args: ['-e', 'console.error("disk full"); process.exit(3)'] },
      { maxRetries: 2, ...soon },
    ),
    job('Daily digest', 'email', ['mail'], recurring('0 8 * * 1-5', 'Europe/London'), {
      to: 'team@example.com',
      subject: 'Your day',
      text: 'Nothing is on fire.',
    }),
    job(
      'Checksum of the catalogue',
      'custom',
      ['catalogue'],
      recurring('*/10 * * * *'),
      { handler: 'processData', data: { input: { articles: 1200 } } },
      { run: true },
    ),
    job(
      'Maintenance window',
      'custom',
      ['operations'],
      { scheduleType: 'scheduled', scheduledAt: tomorrow },
      { handler: 'processData', data: { input: 'maintenance' } },
    ),
  ];
}

function job(name, type, tags, schedule, payload, { run = false, pause, ...more } = {}) {
  return { body: { name, type, tags: ['seed', ...tags], ...schedule, payload, ...more }, run, pause };
}
