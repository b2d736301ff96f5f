import { ActionIcon, Button, Input, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import type { ChainCondition } from '#client';
import { CONDITIONS } from '../../components/chain-conditions.js';
import { JobPicker } from './job-picker.js';
import type { FaultOf } from './model/faults.js';
import { LABELS } from './model/labels.js';
import type { ParentValues } from './model/form-values.js';
import classes from './parents-input.module.css';
import { useRowIds } from './use-row-ids.js';

interface ParentsInputProps {
  parents: ParentValues[];
  onChange: (parents: ParentValues[]) => void;
  faultOf: FaultOf;
  /** The job itself cannot be among them, and its owner has to be theirs. */
  job: { id: string; ownerId: string } | undefined;
}

const ENDS = Object.entries(CONDITIONS).map(([value, label]) => ({ value, label }));
const NONE: ParentValues = { jobId: '', on: 'completed' };
const MOST = 50;

/** The jobs that a chained one runs after, and how each must have ended. */
export function ParentsInput({ parents, onChange, faultOf, job }: ParentsInputProps) {
  const list = useRef<HTMLDivElement>(null);
  // There is always a row to begin with.
  const rows = parents.length === 0 ? [NONE] : parents;
  const { ids, ...keyed } = useRowIds(rows.length);
  const taken = rows.map((row) => row.jobId);
  const set = (index: number, patch: Partial<ParentValues>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...patch } : row)));
  const add = () => {
    onChange([...rows, NONE]);
    keyed.add();
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>('[data-row]:last-of-type input')?.focus(),
    );
  };
  const remove = (index: number) => {
    onChange(rows.filter((_row, at) => at !== index));
    if (rows.length > 1) keyed.remove(index);
  };
  return (
    <Input.Wrapper
      label={LABELS.after}
      description="It runs once all of these have ended so."
      error={faultOf('after')}
      labelElement="div"
    >
      <div className={classes.rows} ref={list} data-field="after" role="group" aria-label={LABELS.after}>
        {rows.map((row, index) => (
          <div key={ids[index]} className={classes.row} data-row>
            <JobPicker
              label={`Job ${index + 1} to run after`}
              field={`after.${index}.jobId`}
              error={faultOf(`after.${index}.jobId`)}
              value={row.jobId}
              onChange={(next) => set(index, { jobId: next })}
              ownerId={job?.ownerId}
              isOffered={(id) => id !== job?.id && (id === row.jobId || !taken.includes(id))}
            />
            <Select
              aria-label={`How job ${index + 1} must have ended`}
              data={ENDS}
              allowDeselect={false}
              value={row.on}
              onChange={(next) => set(index, { on: next as ChainCondition })}
            />
            <ActionIcon size={36} aria-label={`Remove job ${index + 1}`} onClick={() => remove(index)}>
              <IconTrash size={16} />
            </ActionIcon>
          </div>
        ))}
        {rows.length < MOST && (
          <div>
            <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
              Add job
            </Button>
          </div>
        )}
      </div>
    </Input.Wrapper>
  );
}
