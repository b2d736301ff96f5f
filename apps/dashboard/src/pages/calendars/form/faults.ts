import type { DescribedError } from '../../../api/describe-error.js';

/** What is wrong with a field, by its name in the API; `dates.2.to` for one in a list. */
export type Faults = (field: string) => string | undefined;

export function faultsOf(error: DescribedError | undefined): Faults {
  const byField = new Map(error?.fields.map(({ field, message }) => [field, message]));
  return (field) => byField.get(field);
}
