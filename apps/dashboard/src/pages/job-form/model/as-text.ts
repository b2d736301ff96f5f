import { stringify } from 'yaml';
import { print } from './json-text.js';
import { masked } from './masked.js';
import { type JobRequest, withoutDefaults } from './to-request.js';

/** The call that does what the form does, for a shell. The key comes from the environment, secrets are masked. */
export function asCurl(origin: string, request: JobRequest, jobId?: string): string {
  const method = jobId === undefined ? 'POST' : 'PATCH';
  const path = jobId === undefined ? '/api/v1/jobs' : `/api/v1/jobs/${jobId}`;
  // A change keeps what a mask stands for, and what is not said stays.
  const body = masked(jobId === undefined ? withoutDefaults(request) : request, request);
  return [
    `curl -X ${method} ${quote(origin + path)}`,
    '-H "Authorization: Bearer $CHRONOS_API_KEY"',
    "-H 'Content-Type: application/json'",
    `--data ${quote(print(body))}`,
  ].join(' \\\n  ');
}

/** The job as `chronos apply -f` takes it, secrets masked. One that is there already keeps what is not said: all is said. */
export function asYaml(request: JobRequest, jobId?: string): string {
  return stringify(masked(jobId === undefined ? withoutDefaults(request) : request, request));
}

/** Within single quotes a shell takes everything as it is. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
