import type { JobDto } from '#client';
import { CliError, usageError } from '../exit-code.js';
import type { WantedJob } from './read-jobs.js';

/** A link as files and differences have it: by the name of the job, or by its id where the name says too little. */
type NamedLink = { on: string } & ({ job: string } | { jobId: string });

/** A job that is to run after one that is not there: its own fault, and none of the next job. */
export class MissingParentError extends CliError {}

/** Names and ids of the jobs that others can run after: those of the account, and those of the file. */
export class JobNames {
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #ambiguous = new Set<string>();

  constructor(own: JobDto[]) {
    for (const { id, name } of own) {
      if (this.#ids.has(name)) this.#ambiguous.add(name);
      this.#ids.set(name, id);
      this.#names.set(id, name);
    }
  }

  /** A job that was just made. */
  add(name: string, id: string): void {
    this.#ids.set(name, id);
    this.#names.set(id, name);
  }

  isAmbiguous(name: string): boolean {
    return this.#ambiguous.has(name);
  }

  /**
   * What a client says of links, by names where that is clear, so that a file and the server can be compared. What is no
   * link is left for the server to refuse.
   */
  named(links: unknown): unknown {
    if (!Array.isArray(links) || !links.every(isLink)) return links;
    const named = links.map(({ on = 'completed', ...link }): NamedLink => {
      const name = 'job' in link ? link.job.trim() : this.#names.get(link.jobId);
      if (name !== undefined && !this.#ambiguous.has(name)) return { job: name, on };
      return 'jobId' in link ? { jobId: link.jobId, on } : { ...link, on };
    });
    return named.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  /**
   * The same as the server takes it.
   * @throws MissingParentError where a job is not there, because it could not be made
   */
  withIds(links: unknown): unknown {
    if (!Array.isArray(links) || !links.every(isLink)) return links;
    return links.map((link) => {
      if (!('job' in link)) return link;
      const jobId = this.#ids.get(link.job);
      if (jobId === undefined)
        throw new MissingParentError(`It runs after "${link.job}", which is not there.`);
      return { jobId, on: link.on };
    });
  }

  has(name: string): boolean {
    return this.#ids.has(name);
  }
}

/**
 * The jobs of a file, those that others run after before them, else as they stand.
 * @throws CliError where one runs after what is neither in the file nor there, or a name means two jobs, or in a circle
 */
export function inChainOrder(wanted: WantedJob[], names: JobNames): WantedJob[] {
  const byName = new Map(wanted.map((job) => [job.name, job]));
  const ordered = new Set<WantedJob>();
  const visit = (job: WantedJob, path: string[]) => {
    if (ordered.has(job)) return;
    if (path.includes(job.name)) {
      const circle = [...path.slice(path.indexOf(job.name)), job.name].map(quoted).join(' after ');
      throw usageError(`Jobs run after each other in a circle: ${circle}.`, 'Nothing was done.');
    }
    for (const name of parentNames(job)) {
      const parent = byName.get(name);
      if (parent) visit(parent, [...path, job.name]);
      else refuseUnknown(job, name, names);
    }
    ordered.add(job);
  };
  for (const job of wanted) visit(job, []);
  return [...ordered];
}

/** Jobs to be deleted, each before those it runs after. */
export function inDeletionOrder(dropped: JobDto[]): JobDto[] {
  const byId = new Map(dropped.map((job) => [job.id, job]));
  const ordered = new Set<JobDto>();
  const visit = (job: JobDto) => {
    for (const { jobId } of job.after) {
      const parent = byId.get(jobId);
      if (parent && !ordered.has(parent)) visit(parent);
    }
    ordered.add(job);
  };
  for (const job of dropped) visit(job);
  return [...ordered].toReversed();
}

function parentNames({ after }: WantedJob): string[] {
  if (!Array.isArray(after)) return [];
  return after.filter(isLink).flatMap((link) => ('job' in link ? [link.job.trim()] : []));
}

function refuseUnknown(job: WantedJob, name: string, names: JobNames): void {
  if (!names.has(name)) {
    throw usageError(
      `${quoted(job.name)} runs after ${quoted(name)}, which is neither in the file nor a job of yours.`,
      'Nothing was done.',
    );
  }
  if (names.isAmbiguous(name)) {
    throw usageError(
      `${quoted(job.name)} runs after ${quoted(name)}, and you have more than one job of that name.`,
      'Give the id of the one that is meant: { jobId: ... }. Nothing was done.',
    );
  }
}

function isLink(value: unknown): value is { on?: string } & ({ job: string } | { jobId: string }) {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value).toSorted().join(' ');
  const { job, jobId, on = '' } = value as { job?: unknown; jobId?: unknown; on?: unknown };
  if (typeof on !== 'string') return false;
  return /^job( on)?$/.test(keys)
    ? typeof job === 'string'
    : /^jobId( on)?$/.test(keys) && typeof jobId === 'string';
}

function keyOf(link: NamedLink): string {
  return 'job' in link ? link.job : link.jobId;
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
