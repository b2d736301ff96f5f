import type { Command } from 'commander';
import { dataOf } from '#client';
import type { Cli } from '../cli.js';
import { usageError } from '../exit-code.js';

interface LoginOptions {
  email?: string;
  passwordStdin?: boolean;
  apiKey?: string | true;
}

export function addAccountCommands(program: Command, cli: Cli): void {
  program
    .command('login')
    .description('sign in and stay signed in')
    .option('--email <address>', 'asked for on a terminal if left out')
    .option('--password-stdin', 'read the password from standard input')
    .option('--api-key [key]', 'use an API key; without a value CHRONOS_API_KEY, or asked for')
    .addHelpText(
      'after',
      `
Credentials are kept in chronos/credentials.json of the XDG configuration directory, readable by you only.

Examples:
  $ chronos login --server https://chronos.example.com
  $ chronos login --email me@example.com --password-stdin < password.txt
  $ chronos login --api-key`,
    )
    .action((options: LoginOptions) => login(cli, options));
  program
    .command('logout')
    .description('end the session and forget the credentials of this server')
    .addHelpText('after', '\nExample:\n  $ chronos logout')
    .action(() => logout(cli));
  program
    .command('whoami')
    .description('who is signed in, and where')
    .addHelpText('after', '\nExample:\n  $ chronos whoami --json')
    .action(async () => {
      const user = await cli.me(await cli.client());
      const server = await cli.server();
      cli.output.result({ server, ...user }, () => `${user.email} (${user.role}) on ${server}`);
    });
}

async function login(cli: Cli, options: LoginOptions): Promise<void> {
  const server = await cli.server();
  const user =
    options.apiKey === undefined
      ? await withPassword(cli, server, options)
      : await withKey(cli, server, options);
  cli.output.result({ server, ...user }, () => `Signed in as ${user.email} (${user.role}) on ${server}.`);
}

async function withKey(cli: Cli, server: string, options: LoginOptions) {
  const given = typeof options.apiKey === 'string' ? options.apiKey : cli.apiKeyOfEnvironment;
  const apiKey = given ?? (await secret(cli, 'API key: ', 'Set CHRONOS_API_KEY.'));
  const user = await cli.me(cli.clientOf(server, { apiKey }));
  await cli.credentials.signIn(server, { email: user.email, apiKey });
  return user;
}

async function withPassword(cli: Cli, server: string, { email: given, passwordStdin }: LoginOptions) {
  if (given === undefined && !cli.prompt.isInteractive) {
    throw usageError('Nobody is here to be asked.', 'Give --email and --password-stdin, or --api-key.');
  }
  const email = given ?? (await cli.prompt.ask('E-mail: ')).trim();
  const password = passwordStdin
    ? (await cli.prompt.readAll()).replace(/\r?\n$/, '')
    : await secret(cli, 'Password: ', 'Give --password-stdin.');
  const answer = cli.clientOf(server, {}).POST('/api/v1/auth/login', { body: { email, password } });
  const { user, accessToken, refreshToken } = await dataOf(answer);
  await cli.credentials.signIn(server, { email: user.email, tokens: { accessToken, refreshToken } });
  return user;
}

function secret(cli: Cli, question: string, hint: string): Promise<string> {
  if (!cli.prompt.isInteractive) throw usageError('Nobody is here to be asked.', hint);
  return cli.prompt.askHidden(question);
}

async function logout(cli: Cli): Promise<void> {
  const server = await cli.server();
  const account = await cli.credentials.account(server);
  if (account?.tokens) {
    // What is over already needs no end; the tokens are forgotten either way.
    const client = cli.clientOf(server, { tokens: cli.credentials.tokens(server) });
    try {
      await client.POST('/api/v1/auth/logout');
    } finally {
      await cli.credentials.signOut(server);
    }
  } else if (account) {
    await cli.credentials.signOut(server);
  }
  cli.output.result({ server }, () =>
    account ? `Signed out of ${server}.` : `Nobody was signed in on ${server}.`,
  );
}
