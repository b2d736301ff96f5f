import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

type Search = Record<string, unknown>;

/**
 * Readers of address parameters, for `validateSearch`: what is not as it should be is left out, never an error page. Name every
 * parameter, also as undefined: what is not named comes through as it was given. Give the result a type whose members are
 * optional, or every link to the page has to name them all.
 *
 *     validateSearch: (search): JobsSearch => ({ status: choice(search['status'], JOB_STATUSES), search: text(search['search']) })
 */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function choice<Choice extends string>(
  value: unknown,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((one) => one === value);
}

/** Several of them, in a list or between commas; none is undefined. */
export function choicesOf<Choice extends string>(
  value: unknown,
  choices: readonly Choice[],
): Choice[] | undefined {
  const given = (Array.isArray(value) ? value : [value]).flatMap((one) =>
    typeof one === 'string' ? one.split(',') : [],
  );
  const known = choices.filter((one) => given.includes(one));
  return known.length === 0 ? undefined : known;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function uuid(value: unknown): string | undefined {
  return typeof value === 'string' && UUID.test(value) ? value : undefined;
}

export function integer(value: unknown, { min, max }: { min: number; max: number }): number | undefined {
  const read = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof read === 'number' && Number.isInteger(read) && read >= min && read <= max ? read : undefined;
}

/**
 * Changes some parameters of the page's address and keeps the others; undefined takes one away. A step that can be gone back
 * from, unless `replace`.
 */
export function useSetSearch<Params extends object>(): (
  patch: Partial<Params>,
  options?: { replace?: boolean },
) => void {
  const navigate = useNavigate();
  return useCallback(
    (patch, { replace = false } = {}) => {
      const merge = (before: Search) =>
        Object.fromEntries(
          Object.entries({ ...before, ...patch }).filter(([, value]) => value !== undefined),
        );
      // The parameters of whichever page this is; its own `validateSearch` types them.
      void navigate({ to: '.', search: merge as never, replace });
    },
    [navigate],
  );
}
