/** The system user that scripts run as. */
export interface ScriptIdentity {
  uid: number;
  gid: number;
}

/** `nobody`, who owns nothing, on every common Linux. */
const NOBODY = 65_534;

/**
 * Who scripts run as: `nobody` where the worker is root, since a process of the worker's own user can read the
 * worker's secrets from `/proc/<pid>/environ` and memory. A worker that is not root cannot change users, so
 * its scripts share its user; run workers for script jobs as root or apart from everything they must not see.
 */
export function scriptIdentity(): ScriptIdentity | undefined {
  return process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;
}
