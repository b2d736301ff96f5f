import type { ScriptIdentity } from './script-identity.js';
import { ScriptRefused } from './script-refused.js';

/**
 * What a failed `spawn` means. A program that cannot be started as it is is refused for good; a worker short of
 * processes, memory or file descriptors, or an abort, is thrown on as it came.
 */
export function startFault(error: unknown, command: string, identity: ScriptIdentity | undefined): unknown {
  switch ((error as { code?: unknown } | null)?.code) {
    case 'ENOENT':
      return new ScriptRefused(
        'COMMAND_NOT_FOUND',
        `"${command}" does not exist on this worker, or the interpreter that its first line names does not.`,
      );
    case 'EACCES':
      return new ScriptRefused(
        'COMMAND_NOT_EXECUTABLE',
        identity
          ? `"${command}" cannot be run by user ${identity.uid}, which scripts run as because the worker is root. Make it and the folders above it readable and executable for others.`
          : `"${command}" cannot be run by the worker's user. Make it executable (chmod +x).`,
      );
    case 'E2BIG':
      return new ScriptRefused(
        'ARGUMENTS_TOO_LONG',
        `The arguments and variables of "${command}" are too long.`,
      );
    case 'EPERM':
    case 'EINVAL':
      return identity ? userUnavailable(identity) : error;
    default:
      return error;
  }
}

/** Root in a container may lack the right to change users (CAP_SETUID, CAP_CHOWN), or the user to change to. */
export function userUnavailable(identity: ScriptIdentity): ScriptRefused {
  return new ScriptRefused(
    'USER_UNAVAILABLE',
    `The worker is root but may not run scripts as user ${identity.uid}. Start it as another user than root, or give its container CAP_SETUID, CAP_SETGID, CAP_CHOWN and CAP_KILL.`,
  );
}
