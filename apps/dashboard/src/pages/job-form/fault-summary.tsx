import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type Ref } from 'react';
import type { Faults } from './model/faults.js';
import { labelOf, placeOf } from './model/labels.js';
import classes from './fault-summary.module.css';

/** All that is wrong, at once; each leads to its field. The only place where a fault is told that belongs to no field here. */
export function FaultSummary({ faults, ref }: { faults: Faults; ref: Ref<HTMLDivElement> }) {
  const list = Object.entries(faults).toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  return (
    <Alert
      ref={ref}
      tabIndex={-1}
      role="alert"
      color="danger"
      icon={<IconAlertTriangle size={18} />}
      title={list.length === 1 ? 'One thing needs another look' : `${list.length} things need another look`}
    >
      <ul className={classes.list}>
        {list.map(([field, message]) => (
          <li key={field}>
            <button type="button" className={classes.link} onClick={() => focusField(field)}>
              {labelOf(field)}
            </button>
            : {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** The input of a field, or of what it is a part of: `payload.headers` for `payload.headers.accept`. */
function focusField(field: string): void {
  const places = field.split('.').map((_part, index, parts) => parts.slice(0, index + 1).join('.'));
  for (const place of places.toReversed()) {
    const element = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(place)}"]`);
    if (!element) continue;
    element.scrollIntoView({ block: 'center' });
    const input = element.matches(INPUTS) ? element : element.querySelector<HTMLElement>(INPUTS);
    input?.focus({ preventScroll: true });
    return;
  }
}

const INPUTS = 'input, textarea, button, [contenteditable="true"]';
