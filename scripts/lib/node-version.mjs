import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Ends the process with advice where Node is older than package.json asks for. */
export function checkNodeVersion() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = /(\d+)\.(\d+)\.(\d+)/.exec(engines.node).slice(1).map(Number);
  const found = process.versions.node.split('.').map(Number);
  const difference = wanted.map((part, index) => found[index] - part).find((part) => part !== 0) ?? 0;
  if (difference < 0) {
    process.stderr.write(
      `Chronos needs Node ${wanted.join('.')} or newer; this is ${process.versions.node}. ` +
        'Install a newer one from https://nodejs.org and start again.\n',
    );
    process.exit(1);
  }
}
