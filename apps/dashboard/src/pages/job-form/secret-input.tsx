import { Button, Input, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { textOf } from './field.js';
import { MASK } from './model/form-values.js';
import classes from './secret-input.module.css';

interface SecretInputProps {
  label: string;
  description?: string;
  /** For a row of a list, whose head names it. */
  isLabelHidden?: boolean;
  placeholder?: string;
  error?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  'data-field'?: string;
}

/** A secret. One that is stored is not shown: it is kept until another one is given. */
export function SecretInput({ isLabelHidden = false, ...props }: SecretInputProps) {
  const { label, description, error, value, onChange, placeholder, 'data-field': field } = props;
  const id = useId();
  const [wasKept, setWasKept] = useState(value === MASK);
  const isKept = value === MASK;
  if (isKept && !wasKept) setWasKept(true);
  const shownLabel = isLabelHidden ? undefined : label;

  if (isKept) {
    return (
      <Input.Wrapper label={shownLabel} description={description} error={error} labelElement="div">
        <div className={classes.kept}>
          <IconLock size={16} aria-hidden="true" />
          <span>Kept secret</span>
          <Button
            id={id}
            size="compact-xs"
            variant="default"
            data-field={field}
            aria-label={`Replace ${label}`}
            onClick={() => onChange('')}
          >
            Replace
          </Button>
        </div>
      </Input.Wrapper>
    );
  }
  return (
    <div className={classes.line}>
      <PasswordInput
        className={classes.input}
        label={shownLabel}
        aria-label={isLabelHidden ? label : undefined}
        description={description}
        placeholder={placeholder}
        error={error}
        data-field={field}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(textOf(event))}
      />
      {wasKept && (
        <Button variant="subtle" onClick={() => onChange(MASK)}>
          Keep the old one
        </Button>
      )}
    </div>
  );
}
