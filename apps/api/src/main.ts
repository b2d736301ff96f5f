import { Logger } from '@nestjs/common';
import { type ChronosConfig, exitWithParent, loadConfig, reportReady } from '#config';
import { startFailure, stopOnSignals } from '#monitoring';
import { createApp } from './create-app.js';

let config: ChronosConfig | undefined;
try {
  config = loadConfig();
  const app = await createApp(config);
  exitWithParent(stopOnSignals(app, config.worker.shutdownGraceMs), config.worker.shutdownGraceMs);
  await app.listen(config.http.port, config.http.host);
  Logger.log(`The API listens on ${config.http.host}:${config.http.port}`, 'Main');
  reportReady();
} catch (error) {
  process.stderr.write(`${startFailure('api', error, config)}\n`);
  process.exit(1);
}
