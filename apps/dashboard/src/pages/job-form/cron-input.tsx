import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { cronInWords } from '../../components/schedule-in-words.js';
import classes from './cron-input.module.css';
import { textOf } from './field.js';

interface CronInputProps {
  label: string;
  value: string;
  onChange: (expression: string) => void;
  error: string | undefined;
  'data-field': string;
}

const PRESETS: [name: string, expression: string][] = [
  ['Every 15 min', '*/15 * * * *'],
  ['Hourly', '0 * * * *'],
  ['Daily at 9', '0 9 * * *'],
  ['Weekdays at 9', '0 9 * * 1-5'],
  ['Mondays at 9', '0 9 * * 1'],
  ['First of the month', '0 9 1 * *'],
  ['Last of the month', '0 9 L * *'],
];

interface Part {
  name: string;
  allows: string;
}

const FIVE: Part[] = [
  { name: 'minute', allows: '0-59' },
  { name: 'hour', allows: '0-23' },
  { name: 'day of month', allows: '1-31, L' },
  { name: 'month', allows: '1-12, JAN-DEC' },
  { name: 'day of week', allows: '0-7, SUN-SAT, 1#2' },
];
const SIX: Part[] = [{ name: 'second', allows: '0-59' }, ...FIVE];

/** A cron expression: what it says in words, which part is which, and the usual ones to take. */
export function CronInput({ label, value, onChange, error, 'data-field': field }: CronInputProps) {
  const [caret, setCaret] = useState<number>();
  const words = cronInWords(value);
  const isUnderstood = words !== value && value.trim() !== '';
  return (
    <div>
      <TextInput
        label={label}
        required
        className={classes.input}
        data-field={field}
        error={error}
        maxLength={250}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(textOf(event))}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? undefined)}
        onBlur={() => setCaret(undefined)}
      />
      <output className={classes.words}>{isUnderstood ? words : ''}</output>
      <Parts expression={value} caret={caret} />
      <div className={classes.presets} role="group" aria-label="Usual expressions">
        {PRESETS.map(([name, expression]) => (
          <Button
            key={expression}
            size="compact-xs"
            variant={expression === value ? 'light' : 'default'}
            onClick={() => onChange(expression)}
          >
            {name}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** The parts by name, the one at the caret with what it allows. */
function Parts({ expression, caret }: { expression: string; caret: number | undefined }) {
  const texts = expression.trim().split(/\s+/);
  if (expression.trim().startsWith('@') || texts.length > 6) return null;
  const parts = texts.length === 6 ? SIX : FIVE;
  const at = caret === undefined ? -1 : expression.slice(0, caret).trimStart().split(/\s+/).length - 1;
  return (
    <dl className={classes.parts}>
      {parts.map(({ name, allows }, index) => (
        <div key={name} className={classes.part} data-current={index === at || undefined}>
          <dt>{name}</dt>
          <dd>{index === at ? allows : texts[index] || '\u2013'}</dd>
        </div>
      ))}
    </dl>
  );
}
