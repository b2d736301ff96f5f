import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { textOf } from './field.js';
import type { FaultOf } from './model/faults.js';
import { MASK, type Pair } from './model/form-values.js';
import classes from './pairs-input.module.css';
import { SecretInput } from './secret-input.js';
import { useRowIds } from './use-row-ids.js';

interface PairsInputProps {
  label: string;
  description?: string;
  /** What one is called: "header". */
  one: string;
  /** Of the API: a pair is at fault as `payload.headers.accept`. */
  field: string;
  faultOf: FaultOf;
  pairs: Pair[];
  onChange: (pairs: Pair[]) => void;
  /** Is the value of one with this name kept secret? */
  isSecret: (name: string) => boolean;
}

/** Names and values, a row each; values that are secret are not shown. */
export function PairsInput(props: PairsInputProps) {
  const { label, description, one, field, faultOf, pairs, onChange, isSecret } = props;
  const list = useRef<HTMLDivElement>(null);
  const rows = useRowIds(pairs.length);
  const set = (index: number, patch: Partial<Pair>) =>
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...patch } : pair)));
  const add = () => {
    onChange([...pairs, { name: '', value: '' }]);
    rows.add();
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>('[data-row]:last-of-type input')?.focus(),
    );
  };
  const remove = (index: number) => {
    onChange(pairs.filter((_pair, at) => at !== index));
    rows.remove(index);
  };
  return (
    <Input.Wrapper label={label} description={description} error={faultOf(field)} labelElement="div">
      <div className={classes.rows} ref={list} data-field={field} role="group" aria-label={label}>
        {pairs.map((pair, index) => {
          const name = `${field}.${pair.name.trim()}`;
          const what = `${one} ${index + 1}`;
          const isHidden = isSecret(pair.name) || pair.value === MASK;
          return (
            <div key={rows.ids[index]} className={classes.row} data-row>
              <TextInput
                aria-label={`Name of ${what}`}
                placeholder="Name"
                value={pair.name}
                error={faultOf(name)}
                data-field={name}
                spellCheck={false}
                onChange={(event) => set(index, { name: textOf(event) })}
              />
              {isHidden ? (
                <SecretInput
                  label={`Value of ${what}`}
                  isLabelHidden
                  placeholder="Value, kept secret"
                  value={pair.value}
                  onChange={(value) => set(index, { value })}
                />
              ) : (
                <TextInput
                  aria-label={`Value of ${what}`}
                  placeholder="Value"
                  value={pair.value}
                  spellCheck={false}
                  onChange={(event) => set(index, { value: textOf(event) })}
                />
              )}
              <ActionIcon size={36} aria-label={`Remove ${what}`} onClick={() => remove(index)}>
                <IconTrash size={16} />
              </ActionIcon>
            </div>
          );
        })}
        <div>
          <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
            Add {one}
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}
