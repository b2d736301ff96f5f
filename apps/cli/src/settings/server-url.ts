import { usageError } from '../exit-code.js';

export const DEFAULT_SERVER = 'http://localhost:3000';

/**
 * The address of a server as it is kept: origin and path, without `/api/v1` or a slash at the end.
 * @throws CliError where it is no http address
 */
export function serverUrl(text: string): string {
  const hint = `Write it like ${DEFAULT_SERVER}.`;
  if (!URL.canParse(text)) throw usageError(`"${text}" is not the address of a server.`, hint);
  const { protocol, origin, pathname, username, password } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') throw usageError(`"${text}" is no http address.`, hint);
  if (username || password) throw usageError('The address must not hold a password; use `chronos login`.');
  return `${origin}${pathname}`.replace(/\/+$/, '').replace(/\/api(\/v1)?$/, '');
}
