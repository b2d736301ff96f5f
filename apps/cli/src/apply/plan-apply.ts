import type { JobDto } from '#client';
import { usageError } from '../exit-code.js';
import { inChainOrder, inDeletionOrder, JobNames } from './chain-order.js';
import { changesOf, type ComparedJob, type FieldChange, fieldsOf } from './field-changes.js';
import { MANAGED_TAG, type WantedJob } from './read-jobs.js';

/** What is to be done with one job, and what is sent for it. */
export type PlannedJob = { name: string; changes: FieldChange[] } & (
  | { action: 'create'; body: WantedJob }
  | { action: 'update'; id: string; version: number; body: Record<string, unknown> }
  | { action: 'unchanged' | 'delete'; id: string }
);

export interface ApplyOptions {
  /** Delete the jobs that were applied before and are no longer in the file. */
  prune: boolean;
  /** Send payloads and notifications also where they look equal, for the secrets in them. */
  rewrite: boolean;
}

/**
 * What makes the jobs of an account what a file says, in the order of the file, but each after those it runs after;
 * deletions last. Links are told by the names of jobs (`JobNames.withIds` makes what the server takes of them).
 * @param own all jobs of the account
 * @throws CliError where a name of the file means more than one job, or as `inChainOrder`
 */
export function planApply(
  wanted: WantedJob[],
  own: JobDto[],
  { prune, rewrite }: ApplyOptions,
): PlannedJob[] {
  const ofName = (wantedName: string) => own.filter(({ name }) => name === wantedName);
  refuseAmbiguous(wanted, ofName);
  const inFile = new Set(wanted.map(({ name }) => name));
  const dropped = prune
    ? own.filter(({ name, tags }) => !inFile.has(name) && tags.includes(MANAGED_TAG))
    : [];
  const names = new JobNames(own);
  return [
    ...inChainOrder(wanted, names).map((job) =>
      planOne(withNamedLinks(job, names), namedLinksOf(ofName(job.name)[0], names), rewrite),
    ),
    ...inDeletionOrder(dropped).map(({ id, name }): PlannedJob => ({
      action: 'delete',
      id,
      name,
      changes: [],
    })),
  ];
}

function withNamedLinks(wanted: WantedJob, names: JobNames): WantedJob {
  return wanted['after'] === undefined ? wanted : { ...wanted, after: names.named(wanted['after']) };
}

function namedLinksOf(job: JobDto | undefined, names: JobNames): ComparedJob | undefined {
  return job && { ...job, after: names.named(job.after) };
}

function planOne(wanted: WantedJob, job: ComparedJob | undefined, rewrite: boolean): PlannedJob {
  const tagged = withTag(wanted, job?.tags ?? []);
  const { name } = wanted;
  if (!job) return { action: 'create', name, changes: fieldsOf(tagged), body: tagged };
  const { id, version } = job;
  const changes = changesOf(tagged, job);
  const fields = new Set(changes.map(({ field }) => field.split('.', 1)[0] ?? field));
  // What is secret in a payload depends on both, and a secret can be sealed anew only where its value is sent.
  if (fields.has('type') || fields.has('secretFields')) fields.add('payload');
  if (rewrite) for (const field of ['payload', 'notifications']) fields.add(field);
  const body = Object.fromEntries(Object.entries(tagged).filter(([field]) => fields.has(field)));
  if (Object.keys(body).length === 0) return { action: 'unchanged', id, name, changes };
  return { action: 'update', id, version, name, changes, body };
}

/** Tags the file does not give stay as they are. What is no list is for the server to refuse. */
function withTag(wanted: WantedJob, stored: string[]): WantedJob {
  const { tags = stored } = wanted;
  if (!Array.isArray(tags)) return wanted;
  return { ...wanted, tags: [...new Set<unknown>(tags).add(MANAGED_TAG)] };
}

function refuseAmbiguous(wanted: WantedJob[], ofName: (name: string) => JobDto[]): void {
  const ambiguous = wanted.flatMap(({ name }) => {
    const jobs = ofName(name);
    return jobs.length > 1 ? [`"${name}" (${jobs.map(({ id }) => id).join(', ')})`] : [];
  });
  if (ambiguous.length > 0) {
    throw usageError(
      `You have more than one job of the same name: ${ambiguous.join('; ')}.`,
      'Rename or delete the others; nothing was done.',
    );
  }
}
