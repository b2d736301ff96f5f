import { parseAllDocuments } from 'yaml';
import { usageError } from '../exit-code.js';

/** On every job that `chronos apply` made or changed: what `--prune` goes by. */
export const MANAGED_TAG = 'managed';

/** A job as its file says it is to be. What the fields may hold is for the server to judge. */
export interface WantedJob {
  /** What it is found again by. */
  name: string;
  [field: string]: unknown;
}

/**
 * The jobs of a YAML or JSON file: documents with one job or a list of jobs each.
 * @throws CliError where it is no such file, a job has no name, or two have the same
 */
export function readJobs(text: string, file: string): WantedJob[] {
  const jobs = documentsOf(text, file)
    .flat()
    .map((item, index) => jobOf(item, `${file}: job ${index + 1}`));
  if (jobs.length === 0) throw usageError(`${file} holds no job.`);
  const names = jobs.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  if (twice.length > 0) {
    throw usageError(
      `${file} has more than one job of the same name: ${twice.map((name) => `"${name}"`).join(', ')}.`,
      'Jobs are found again by their names: give each its own.',
    );
  }
  return jobs;
}

function documentsOf(text: string, file: string): unknown[] {
  try {
    return [...parseAllDocuments(text)].flatMap((document) => {
      const [fault] = document.errors;
      if (fault) throw fault;
      // As JSON carries it: what differs from that would differ at every apply.
      const value: unknown = JSON.parse(JSON.stringify(document.toJS() ?? null));
      return value === null ? [] : [value];
    });
  } catch (error) {
    throw usageError(`${file}: ${(error as Error).message}`);
  }
}

function jobOf(item: unknown, where: string): WantedJob {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw usageError(`${where} is not an object with the fields of a job.`);
  }
  const job = item as Record<string, unknown>;
  const { name } = job;
  if (typeof name !== 'string' || name.trim() === '') throw usageError(`${where} has no name.`);
  // The server takes the spaces off, too.
  return { ...job, name: name.trim() };
}
