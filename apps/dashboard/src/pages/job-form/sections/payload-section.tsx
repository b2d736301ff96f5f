import { Button, Group, Select } from '@mantine/core';
import { memo, useRef } from 'react';
import type { FieldFaultDto, JobType } from '#client';
import { Card } from '../../../components/card.js';
import { JsonInput } from '../../../components/json-input.js';
import { field, type SectionProps } from '../field.js';
import { InsertValue } from '../insert-value.js';
import classes from '../job-form.module.css';
import type { ParentValues, PayloadValues } from '../model/form-values.js';
import { fromPayload } from '../model/from-payload.js';
import { print } from '../model/json-text.js';
import { toPayload } from '../model/to-payload.js';
import { CustomFieldset } from '../payload/custom-fieldset.js';
import { EmailFieldset } from '../payload/email-fieldset.js';
import { HttpFieldset } from '../payload/http-fieldset.js';
import { More } from '../payload/more.js';
import { ScriptFieldset } from '../payload/script-fieldset.js';
import { WebhookFieldset } from '../payload/webhook-fieldset.js';

const TYPES: { value: JobType; label: string }[] = [
  { value: 'http', label: 'HTTP: call an address' },
  { value: 'webhook', label: 'Webhook: call it with a signature' },
  { value: 'script', label: 'Script: run a program' },
  { value: 'email', label: 'E-mail: send one' },
  { value: 'custom', label: 'Custom: run a handler of yours' },
];

interface PayloadProps extends SectionProps<PayloadValues> {
  /** Whose job it is; undefined: of who is signed in. */
  ownerId: string | undefined;
  /** Jobs it runs after: their results can be used. */
  parents: ParentValues[];
}

/** What the job does. */
export const PayloadSection = memo(({ values, onChange, faultOf, ownerId, parents }: PayloadProps) => {
  const { type, isRaw, raw } = values;
  const typedIn = useRef<HTMLElement>(null);
  return (
    <Card title="What it does">
      <div
        className={classes.fields}
        onFocus={({ target }) => {
          if (isText(target)) typedIn.current = target;
        }}
      >
        <Select
          data={TYPES}
          allowDeselect={false}
          {...field('type', faultOf)}
          value={type}
          onChange={(next) => onChange({ type: next as JobType, isRaw: false })}
        />
        {isRaw ? (
          <JsonInput
            {...field('payload', faultOf)}
            value={raw}
            onChange={(next) => onChange({ raw: next })}
          />
        ) : (
          <Fieldset values={values} onChange={onChange} faultOf={faultOf} />
        )}
        <More values={values} onChange={onChange} faultOf={faultOf} />
        <Group justify="space-between">
          <InsertValue target={typedIn} ownerId={ownerId} parents={parents} />
          <ModeButton values={values} onChange={onChange} />
        </Group>
      </div>
    </Card>
  );
});

/** Can something be typed in there? Lists to choose from are inputs, too. */
function isText(element: HTMLElement): boolean {
  if (element instanceof HTMLInputElement)
    return !element.readOnly && element.getAttribute('role') !== 'combobox';
  return element instanceof HTMLTextAreaElement || element.isContentEditable;
}

function Fieldset({ values, onChange, faultOf }: SectionProps<PayloadValues>) {
  const { type } = values;
  /** Changes the fields of the type that is shown. */
  const change = (patch: object) => onChange({ [type]: { ...values[type], ...patch } });
  const shared = { onChange: change, faultOf };
  switch (type) {
    case 'http':
      return <HttpFieldset values={values.http} {...shared} />;
    case 'webhook':
      return <WebhookFieldset values={values.webhook} {...shared} />;
    case 'script':
      return <ScriptFieldset values={values.script} {...shared} />;
    case 'email':
      return <EmailFieldset values={values.email} {...shared} />;
    case 'custom':
      return <CustomFieldset values={values.custom} {...shared} />;
  }
}

/** From fields to JSON and back; back only where fields can say what the JSON does. */
function ModeButton({ values, onChange }: Pick<SectionProps<PayloadValues>, 'values' | 'onChange'>) {
  const faults: FieldFaultDto[] = [];
  const payload = toPayload(values, faults);
  if (!values.isRaw) {
    const edit = () => onChange({ isRaw: true, raw: print(payload) });
    return (
      // What cannot be read yet would be lost on the way.
      <Button size="compact-sm" variant="subtle" disabled={faults.length > 0} onClick={edit}>
        Edit as JSON
      </Button>
    );
  }
  const fields = faults.length === 0 ? fromPayload(values.type, payload) : undefined;
  return (
    <Button size="compact-sm" variant="subtle" disabled={!fields} onClick={() => onChange({ ...fields })}>
      {fields ? 'Edit in fields' : 'Fields cannot show this'}
    </Button>
  );
}
