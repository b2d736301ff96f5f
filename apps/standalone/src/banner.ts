export interface BannerFacts {
  host: string;
  port: number;
  adminEmail: string;
  /** Shown once, when it was just made. */
  newAdminPassword: string | undefined;
  /** Where the password is kept, when we made it; undefined: the operator chose it. */
  secretsPath: string | undefined;
  dataDir: string;
  /** Where the database and the queue are, in words. */
  storage: string;
  logDir: string | undefined;
  seconds: string;
}

/** The block that ends a start: what to open, how to sign in, where the data are. */
export function banner(facts: BannerFacts): string {
  const base = `http://${displayHost(facts.host)}:${facts.port}`;
  const rows: [string, string][] = [
    ['Dashboard', base],
    ['API', `${base}/api/v1`],
    ['API docs', `${base}/api/docs`],
    ['Sign in', signIn(facts)],
    ['Data', `${facts.dataDir} (${facts.storage})`],
    ['Logs', facts.logDir ?? 'standard output'],
  ];
  return [
    '',
    `Chronos is ready (${facts.seconds} s). Ctrl-C stops it.`,
    '',
    ...rows.map(([name, value]) => `  ${name.padEnd(11)}${value}`),
    '',
    '',
  ].join('\n');
}

function signIn({ adminEmail, newAdminPassword, secretsPath }: BannerFacts): string {
  if (newAdminPassword !== undefined)
    return `${adminEmail} / ${newAdminPassword} (shown once; kept in ${secretsPath})`;
  if (secretsPath !== undefined)
    return `${adminEmail}, password as first shown (adminPassword in ${secretsPath})`;
  return `${adminEmail} and your ADMIN_PASSWORD`;
}

function displayHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
