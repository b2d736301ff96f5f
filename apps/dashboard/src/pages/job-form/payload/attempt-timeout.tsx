import { DurationInput } from '../../../components/duration-input.js';
import { field } from '../field.js';
import type { FaultOf } from '../model/faults.js';

interface AttemptTimeoutProps {
  value: number | null;
  onChange: (ms: number | null) => void;
  faultOf: FaultOf;
}

/** A time-out within the payload, for jobs that came with one: the shorter of it and the job's own counts. */
export function AttemptTimeout({ value, onChange, faultOf }: AttemptTimeoutProps) {
  if (value === null) return null;
  return (
    <DurationInput
      description="The shorter of this and the job's own counts. Empty it to drop it."
      {...field('payload.timeout', faultOf)}
      value={value}
      onChange={onChange}
    />
  );
}
