import { useCallback, useEffect, useMemo, useState } from 'react';
import type { FieldFaultDto } from '#client';
import { type Faults, faultsOf, standing } from './model/faults.js';
import type { FormValues, SectionName } from './model/form-values.js';
import { type JobRequest, toRequest } from './model/to-request.js';

type FindFaults = (values: FormValues) => FieldFaultDto[];
type Changers = { [Name in SectionName]: (patch: Partial<FormValues[Name]>) => void };

const NONE: Faults = {};

export interface JobFormState {
  values: FormValues;
  /** A stable function for each section. */
  change: Changers;
  faults: Faults;
  /** The request, or undefined where something is wrong; from then on faults are shown as one types. */
  check: () => JobRequest | undefined;
  /** Puts what the server found wrong beside its fields, until they are changed. */
  blame: (faults: readonly FieldFaultDto[]) => void;
}

/** What is in the form and what is wrong with it. */
export function useJobForm(initial: FormValues): JobFormState {
  const [values, setValues] = useState(initial);
  const [isChecked, setChecked] = useState(false);
  const [found, setFound] = useState<{ faults: Faults; values: FormValues }>();
  const findFaults = useFindFaults();

  const change = useMemo(() => changers(setValues), []);
  const faults = useMemo(() => {
    const own = isChecked ? faultsOf(findFaults(values)) : NONE;
    return found ? { ...own, ...standing(found.faults, found.values, values) } : own;
  }, [isChecked, findFaults, found, values]);

  const check = useCallback(() => {
    setChecked(true);
    return findFaults(values).length === 0 ? toRequest(values).request : undefined;
  }, [findFaults, values]);
  const blame = useCallback(
    (list: readonly FieldFaultDto[]) => setFound({ faults: faultsOf(list), values }),
    [values],
  );
  return { values, change, faults, check, blame };
}

function changers(setValues: (update: (before: FormValues) => FormValues) => void): Changers {
  const changer =
    <Name extends SectionName>(name: Name) =>
    (patch: Partial<FormValues[Name]>) =>
      setValues((before) => ({ ...before, [name]: { ...before[name], ...patch } }));
  return {
    basics: changer('basics'),
    schedule: changer('schedule'),
    payload: changer('payload'),
    retries: changer('retries'),
    policies: changer('policies'),
    notifications: changer('notifications'),
  };
}

/** The schemas come after the page. Until they are there, and where they cannot be loaded, the server alone judges. */
function useFindFaults(): FindFaults {
  const [find, setFind] = useState<FindFaults>(() => (values: FormValues) => toRequest(values).faults);
  useEffect(() => {
    let isGone = false;
    import('./model/validate.js').then(
      ({ findFaults }) => {
        if (!isGone) setFind(() => findFaults);
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, []);
  return find;
}
