import type { Command } from 'commander';
import { type ChronosClient, createChronosClient, dataOf, type UserDto } from '#client';
import { CliError, EXIT } from './exit-code.js';
import { CredentialsFile, credentialsPath } from './settings/credentials-file.js';
import { DEFAULT_SERVER, serverUrl } from './settings/server-url.js';
import { Output } from './terminal/output.js';
import { Progress } from './terminal/progress.js';
import { Prompt } from './terminal/prompt.js';

export interface GlobalOptions {
  server?: string;
  json?: boolean;
  color: boolean;
}

/** A rate limit counts by the minute: longer than this none lasts. */
const MAX_RATE_LIMIT_WAIT_MS = 60_000;

/** What every command stands on: the server and who is signed in there, the terminal, the options given to all. */
export class Cli {
  readonly credentials: CredentialsFile;
  readonly prompt = new Prompt(process.stdin, process.stderr);
  #output: Output | undefined;

  constructor(
    private readonly program: Command,
    readonly env: NodeJS.ProcessEnv,
  ) {
    this.credentials = new CredentialsFile(credentialsPath(env));
  }

  get output(): Output {
    const { json = false, color } = this.#options;
    this.#output ??= new Output({
      stdout: process.stdout,
      stderr: process.stderr,
      isJson: json,
      mayColour: color && !this.env['NO_COLOR'] && this.env['TERM'] !== 'dumb',
    });
    return this.#output;
  }

  /** `--server`, `CHRONOS_URL`, the server signed in on last, or this machine. */
  async server(): Promise<string> {
    const named = this.#options.server ?? (this.env['CHRONOS_URL'] || undefined);
    return serverUrl(named ?? (await this.credentials.current()) ?? DEFAULT_SERVER);
  }

  /** `CHRONOS_API_KEY`, which goes before what `chronos login` has kept. */
  get apiKeyOfEnvironment(): string | undefined {
    return this.env['CHRONOS_API_KEY'] || undefined;
  }

  /**
   * A client that is signed in.
   * @throws CliError where nobody is
   */
  async client(): Promise<ChronosClient> {
    const server = await this.server();
    if (this.apiKeyOfEnvironment) return this.clientOf(server, { apiKey: this.apiKeyOfEnvironment });
    const account = await this.credentials.account(server);
    if (!account) {
      throw new CliError(
        `You are not signed in on ${server}.`,
        EXIT.denied,
        'Sign in with `chronos login`, or set CHRONOS_API_KEY.',
      );
    }
    return this.clientOf(
      server,
      account.apiKey === undefined ? { tokens: this.credentials.tokens(server) } : { apiKey: account.apiKey },
    );
  }

  clientOf(
    baseUrl: string,
    credentials: Pick<Parameters<typeof createChronosClient>[0], 'apiKey' | 'tokens'>,
  ): ChronosClient {
    return createChronosClient({
      baseUrl,
      ...credentials,
      maxRateLimitWaitMs: MAX_RATE_LIMIT_WAIT_MS,
      onRateLimitWait: (ms) =>
        this.output.note(`The server asks to go slower; going on in ${Math.ceil(ms / 1000)} s.`),
    });
  }

  me(client: ChronosClient): Promise<UserDto> {
    return dataOf(client.GET('/api/v1/auth/me'));
  }

  progress(what: string, total: number): Progress {
    return new Progress(process.stderr, what, total);
  }

  /**
   * Asks before something that cannot be undone.
   * @throws CliError where the answer is no, or nobody can be asked
   */
  async confirm(question: string, isSure: boolean | undefined): Promise<void> {
    if (isSure) return;
    if (!this.prompt.isInteractive) {
      throw new CliError('Nobody is here to be asked.', EXIT.usage, 'Say --yes if you are sure.');
    }
    if (!(await this.prompt.confirm(question))) throw new CliError('Nothing was done.');
  }

  get #options(): GlobalOptions {
    return this.program.opts<GlobalOptions>();
  }
}
