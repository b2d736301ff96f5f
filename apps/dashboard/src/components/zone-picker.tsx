import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { offsetName } from '../time/format-time.js';
import { serverNow } from '../time/server-clock.js';
import { zoneNames } from '../time/zone-names.js';
import { VIEWER_ZONE } from '../time/zone.js';

interface ZonePickerProps extends Omit<SelectProps, 'data' | 'value' | 'onChange'> {
  value: string;
  onChange: (zone: string) => void;
}

/** More than fit into view help nobody; typing finds the others. */
const SHOWN = 60;

/** Chooses a time zone by any part of its name, `york` or `utc+5`. */
export function ZonePicker({ value, onChange, ...props }: ZonePickerProps) {
  const data = useMemo(() => {
    const now = serverNow();
    const zones = [...new Set([value, VIEWER_ZONE, ...zoneNames()])];
    return zones.filter((zone) => zone !== '').map((zone) => ({ value: zone, label: labelOf(zone, now) }));
  }, [value]);
  return (
    <Select
      searchable
      allowDeselect={false}
      limit={SHOWN}
      nothingFoundMessage="No zone is called that"
      {...props}
      data={data}
      value={value}
      onChange={(zone) => onChange(zone ?? value)}
    />
  );
}

function labelOf(zone: string, now: number): string {
  return zone === 'UTC' ? zone : `${zone.replaceAll('_', ' ')} (${offsetOf(zone, now)})`;
}

/** The server may know a zone that this browser does not. */
function offsetOf(zone: string, now: number): string {
  try {
    return offsetName(now, zone);
  } catch {
    return 'not known to this browser';
  }
}
