import { TextInput } from '@mantine/core';
import { VIEWER_ZONE, zoneName } from '../time/zone.js';
import classes from './custom-range.module.css';

interface CustomRangeProps {
  from: string | undefined;
  to: string | undefined;
  onChange: (patch: { from?: string | undefined; to?: string | undefined }) => void;
}

/** Two moments by the clock of this computer, which is what the browser's own fields take. */
export function CustomRange({ from, to, onChange }: CustomRangeProps) {
  return (
    <>
      <Moment label="From" value={from} onChange={(next) => onChange({ from: next })} />
      <Moment label="To" value={to} onChange={(next) => onChange({ to: next })} />
    </>
  );
}

function Moment({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      className={classes.moment}
      aria-label={`${label} (${zoneName(VIEWER_ZONE)} time)`}
      leftSection={<span className={classes.label}>{label}</span>}
      leftSectionWidth={44}
      // Keyed by its value: a field that is half typed must not be written over by each keystroke.
      key={value ?? ''}
      defaultValue={value === undefined ? '' : localText(value)}
      onBlur={({ currentTarget }) => {
        const next = currentTarget.value === '' ? undefined : new Date(currentTarget.value).toISOString();
        if (next !== value) onChange(next);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

/** `2026-11-23T14:05` */
function localText(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
