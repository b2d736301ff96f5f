import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format as oxfmt } from 'oxfmt';
import { root } from './paths.mjs';

/**
 * A generated text as `npm run format` would leave it; `fileName` tells its language.
 * @throws Error what the formatter could not read
 */
export async function format(fileName, text) {
  const settings = JSON.parse(readFileSync(join(root, '.oxfmtrc.json'), 'utf8'));
  const { code, errors } = await oxfmt(fileName, text, settings);
  if (errors.length > 0) throw new Error(`${fileName}: ${errors.map(({ message }) => message).join('; ')}`);
  return code;
}
