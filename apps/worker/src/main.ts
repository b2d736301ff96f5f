import { Logger } from '@nestjs/common';
import { type ChronosConfig, exitWithParent, loadConfig, reportReady } from '#config';
import { startFailure, stopOnSignals } from '#monitoring';
import { createWorker } from './create-worker.js';

/** What ends with the drain: the last heartbeat, connections. */
const CLOSING_MS = 10_000;

let config: ChronosConfig | undefined;
try {
  config = loadConfig();
  const graceMs = config.worker.shutdownGraceMs + CLOSING_MS;
  const app = await createWorker(config);
  exitWithParent(stopOnSignals(app, graceMs), graceMs);
  await app.listen(config.http.workerPort, config.http.host);
  Logger.log(`The worker answers probes on ${config.http.host}:${config.http.workerPort}`, 'Main');
  reportReady();
} catch (error) {
  process.stderr.write(`${startFailure('worker', error, config)}\n`);
  process.exit(1);
}
