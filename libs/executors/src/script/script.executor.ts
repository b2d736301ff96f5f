import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ChronosConfig } from '#config';
import {
  ABORT_GRACE_MS,
  type ExecutionContext,
  type Executor,
  failure,
  type Outcome,
  type ScriptPayload,
  scriptPayloadSchema,
} from '#contracts';
import { withTimeout } from '../attempt/with-timeout.js';
import { JobExecutor } from '../registry/job-executor.decorator.js';
import { signalGroup } from './leftover-processes.js';
import { LogBudget, OutputCapture } from './output-capture.js';
import { type ProcessEnd, type ProcessPlan, runProcess } from './run-process.js';
import { killOrphanedScripts, newProcessTag } from './process-tag.js';
import { DEFAULT_PATH, resolveCommand } from './script-command.js';
import { scriptEnvironment } from './script-environment.js';
import { withScriptHome } from './script-home.js';
import { scriptIdentity } from './script-identity.js';
import { ScriptRefused } from './script-refused.js';
import { startFault } from './start-fault.js';
import { workingDirectory } from './working-directory.js';

/**
 * Runs a program with its arguments, never a shell line. Exit code 0 is success. Its output goes to the job's logs
 * line by line while it runs, and its beginning into the result. It gets an environment of its own, a home that is
 * deleted afterwards, no rights of the worker's where the worker is root, and leaves no process behind.
 */
@JobExecutor('script')
export class ScriptExecutor implements Executor<ScriptPayload>, OnModuleInit, OnApplicationShutdown {
  readonly schema = scriptPayloadSchema;
  private readonly identity = scriptIdentity();
  private readonly logger = new Logger(ScriptExecutor.name);
  private readonly groups = new Set<number>();

  constructor(private readonly config: ChronosConfig) {}

  /**
   * Ends what workers that were killed have left running here, and sees to it that this one takes its scripts with it
   * when it ends in a hurry, by an uncaught error say.
   */
  async onModuleInit(): Promise<void> {
    if (!this.config.worker.types.includes('script')) return;
    process.once('exit', this.killAll);
    const killed = await killOrphanedScripts();
    if (killed > 0)
      this.logger.warn(`Ended what scripts of a worker that is gone had left running (${killed}).`);
  }

  onApplicationShutdown(): void {
    this.killAll();
    process.removeListener('exit', this.killAll);
  }

  async execute(payload: ScriptPayload, context: ExecutionContext): Promise<Outcome> {
    try {
      return await withScriptHome(this.identity, (home) =>
        withTimeout(context.signal, payload.timeout, async (signal) => {
          const plan = await this.plan(payload, context, home);
          return this.run(plan, payload.command, { ...context, signal });
        }),
      );
    } catch (error) {
      if (error instanceof ScriptRefused) return failure(error.code, error.message, { retryable: false });
      throw error;
    }
  }

  private async plan(payload: ScriptPayload, context: ExecutionContext, home: string): Promise<ProcessPlan> {
    const { policy, root, allowedCommands } = this.config.script;
    if (policy === 'off') {
      throw new ScriptRefused(
        'SCRIPTS_OFF',
        'Script jobs are switched off on this worker; set SCRIPT_JOBS to admin or all to run them.',
      );
    }
    // oxlint-disable-next-line node/no-process-env -- the machine's PATH, no setting of ours
    const path = process.env['PATH'] ?? DEFAULT_PATH;
    const tag = await newProcessTag();
    const cwd = await workingDirectory(root, payload.cwd, this.identity);
    const file = await resolveCommand(payload.command, cwd, payload.env, { path, allowed: allowedCommands });
    const env = scriptEnvironment(context, payload.env, { path, home, tag });
    const { args = [], stdin = '' } = payload;
    return { file, args, cwd, env, stdin, tag, identity: this.identity };
  }

  private async run(plan: ProcessPlan, command: string, context: ExecutionContext): Promise<Outcome> {
    const { logger, signal } = context;
    const budget = new LogBudget(() =>
      logger.warn('The output goes on, but no more of it is logged for this attempt.'),
    );
    const stdout = new OutputCapture(budget, (line) => logger.info(line));
    const stderr = new OutputCapture(budget, (line) => logger.warn(line));
    const end = await runProcess(plan, {
      signal,
      graceMs: ABORT_GRACE_MS,
      onStdout: (chunk) => stdout.write(chunk),
      onStderr: (chunk) => stderr.write(chunk),
      onGroup: (groupId, isAlive) => void (isAlive ? this.groups.add(groupId) : this.groups.delete(groupId)),
    }).catch((error: unknown) => {
      throw startFault(error, command, this.identity);
    });
    return outcomeOf(end, command, stdout, stderr);
  }

  private readonly killAll = () => {
    for (const groupId of this.groups) signalGroup(groupId, 'SIGKILL');
  };
}

function outcomeOf(end: ProcessEnd, command: string, stdout: OutputCapture, stderr: OutputCapture): Outcome {
  const out = stdout.end();
  const err = stderr.end();
  const result = {
    ...end,
    stdout: out.text,
    stderr: err.text,
    stdoutTruncated: out.isTruncated,
    stderrTruncated: err.isTruncated,
  };
  if (end.exitCode === 0) return { status: 'completed', result };
  return end.signal === null
    ? failure('EXIT_CODE', `${command} exited with code ${end.exitCode}`, { retryable: true, result })
    : failure('EXIT_SIGNAL', `${command} was ended by ${end.signal}`, { retryable: true, result });
}
