import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { ScriptRefused } from './script-refused.js';

/** Where programs are looked for when the worker itself has no PATH. */
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Variables that make an allowed program load or run something else. They matter only where there is a list. */
const HIJACKING_VARIABLE =
  /^(PATH|IFS|ENV|PS4|SHELLOPTS|LD_\w+|DYLD_\w+|BASH\w*|NODE_\w+|PYTHON\w+|PERL\w+|RUBY\w+|JAVA_\w+|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|GIT_\w+|PHPRC|PHP_\w+)$/;

export interface CommandRules {
  /** The worker's PATH; a script's own PATH does not decide which program is started. */
  path: string;
  /** Names or absolute paths; undefined: any. */
  allowed: string[] | undefined;
}

/**
 * The absolute path of the program to start: `command` as an absolute path, relative to `cwd` where it has a
 * slash, otherwise looked up on the worker's PATH. A list of allowed commands is compared with the command as
 * written and with the path it stands for, and shuts out variables that would make it run something else.
 *
 * @throws ScriptRefused when it is not allowed or not there.
 */
export async function resolveCommand(
  command: string,
  cwd: string,
  env: Record<string, string> | undefined,
  rules: CommandRules,
): Promise<string> {
  const file = command.includes('/') ? resolve(cwd, command) : await onPath(command, rules.path);
  if (rules.allowed) {
    const isNamed = !command.includes('/') && rules.allowed.includes(command);
    if (!isNamed && !(file && rules.allowed.includes(file))) {
      throw new ScriptRefused(
        'COMMAND_NOT_ALLOWED',
        `"${command}" is not among SCRIPT_ALLOWED_COMMANDS (${rules.allowed.join(', ') || 'empty'}).`,
      );
    }
    const hijacking = Object.keys(env ?? {}).find((name) => HIJACKING_VARIABLE.test(name));
    if (hijacking) {
      throw new ScriptRefused(
        'ENV_NOT_ALLOWED',
        `payload.env.${hijacking} could make "${command}" run something else, which is not allowed where SCRIPT_ALLOWED_COMMANDS is set.`,
      );
    }
  }
  if (!file) {
    throw new ScriptRefused(
      'COMMAND_NOT_FOUND',
      `"${command}" is not on this worker's PATH; install it there or give an absolute path. A command is one program, not a shell line: its arguments go into payload.args.`,
    );
  }
  return file;
}

async function onPath(command: string, path: string): Promise<string | undefined> {
  for (const directory of path.split(delimiter)) {
    // An empty entry means the current directory, which is the worker's and not the script's.
    if (!directory) continue;
    const file = join(directory, command);
    const isExecutable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isExecutable) return file;
  }
  return undefined;
}
