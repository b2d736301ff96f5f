import { Menu } from '@mantine/core';
import { formatTime, offsetName } from '../time/format-time.js';
import { useNow } from '../time/use-now.js';
import { VIEWER_ZONE, type ZoneChoice, zoneName } from '../time/zone.js';
import { usePreference } from './preferences.js';
import classes from './zone-menu.module.css';

/** Chooses by whose clock times are shown. */
export function ZoneMenu() {
  const [zone, setZone] = usePreference('zone');
  const now = useNow();
  const choices: { value: ZoneChoice; label: string; hint: string }[] = [
    { value: 'mine', label: 'My time', hint: `${zoneName(VIEWER_ZONE)}, ${offsetName(now, VIEWER_ZONE)}` },
    { value: 'job', label: "Each job's time", hint: 'The zone its schedule is written in' },
    { value: 'utc', label: 'UTC', hint: formatTime(now, 'UTC', 'short', now) },
  ];
  const shown = { mine: offsetName(now, VIEWER_ZONE), job: 'Job time', utc: 'UTC' }[zone];
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className={classes.button} aria-label={`Times are shown in: ${shown}`}>
          {shown}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Show times in</Menu.Label>
        <Menu.RadioGroup value={zone} onChange={(value) => setZone(value as ZoneChoice)}>
          {choices.map(({ value, label, hint }) => (
            <Menu.RadioItem key={value} value={value}>
              {label}
              <span className={classes.hint}>{hint}</span>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
