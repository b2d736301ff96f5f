/** A script that this worker will not or cannot start; no retry mends it. The message says what would. */
export class ScriptRefused extends Error {
  override readonly name = 'ScriptRefused';

  constructor(
    readonly code:
      | 'SCRIPTS_OFF'
      | 'COMMAND_NOT_ALLOWED'
      | 'COMMAND_NOT_FOUND'
      | 'COMMAND_NOT_EXECUTABLE'
      | 'ARGUMENTS_TOO_LONG'
      | 'ENV_NOT_ALLOWED'
      | 'CWD_NOT_FOUND'
      | 'CWD_OUTSIDE_ROOT'
      | 'CWD_INACCESSIBLE'
      | 'USER_UNAVAILABLE',
    message: string,
  ) {
    super(message);
  }
}
