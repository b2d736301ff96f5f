import type { FaultOf } from './model/faults.js';
import { type FieldName, LABELS } from './model/labels.js';

export interface SectionProps<Values> {
  values: Values;
  onChange: (patch: Partial<Values>) => void;
  faultOf: FaultOf;
}

/** Ties an input to the field of the API it sets: what it is called, its fault, and the name by which the list of faults finds it. */
export function field(name: FieldName, faultOf: FaultOf) {
  return { label: LABELS[name], 'data-field': name, error: faultOf(name) };
}

/** What a typed-in text input tells. */
export function textOf({ currentTarget }: { currentTarget: { value: string } }): string {
  return currentTarget.value;
}
