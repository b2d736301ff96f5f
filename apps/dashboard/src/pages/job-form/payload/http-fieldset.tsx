import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { JsonInput } from '../../../components/json-input.js';
import { field, type SectionProps, textOf } from '../field.js';
import classes from '../job-form.module.css';
import type { HttpFields } from '../model/form-values.js';
import { PairsInput } from '../pairs-input.js';
import { AttemptTimeout } from './attempt-timeout.js';
import own from './fieldset.module.css';
import { isSecretHeader } from './is-secret-header.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** The payload of an http job. */
export function HttpFieldset({ values, onChange, faultOf }: SectionProps<HttpFields>) {
  const { method, url, headers, timeout } = values;
  return (
    <>
      <div className={own.request}>
        <Select
          data={METHODS}
          allowDeselect={false}
          withCheckIcon={false}
          {...field('payload.method', faultOf)}
          value={method}
          onChange={(next) => onChange({ method: next ?? method })}
        />
        <TextInput
          required
          placeholder="https://api.example.com/reports"
          inputMode="url"
          spellCheck={false}
          {...field('payload.url', faultOf)}
          value={url}
          onChange={(event) => onChange({ url: textOf(event) })}
        />
      </div>
      <PairsInput
        label="Headers"
        one="header"
        field="payload.headers"
        faultOf={faultOf}
        pairs={headers}
        onChange={(next) => onChange({ headers: next })}
        isSecret={isSecretHeader}
      />
      <Body values={values} onChange={onChange} faultOf={faultOf} />
      <AttemptTimeout value={timeout} onChange={(next) => onChange({ timeout: next })} faultOf={faultOf} />
    </>
  );
}

const BODIES = [
  { value: 'none', label: 'No body' },
  { value: 'json', label: 'JSON' },
  { value: 'text', label: 'Text' },
];

function Body({ values: { bodyKind, body }, onChange, faultOf }: SectionProps<HttpFields>) {
  return (
    <div className={own.body}>
      <SegmentedControl
        aria-label="Kind of body"
        size="xs"
        data={BODIES}
        value={bodyKind}
        onChange={(next) => onChange({ bodyKind: next as HttpFields['bodyKind'] })}
      />
      {bodyKind === 'json' && (
        <JsonInput
          {...field('payload.body', faultOf)}
          value={body}
          onChange={(next) => onChange({ body: next })}
        />
      )}
      {bodyKind === 'text' && (
        <Textarea
          autosize
          minRows={3}
          maxRows={16}
          className={classes.mono}
          {...field('payload.body', faultOf)}
          value={body}
          onChange={(event) => onChange({ body: textOf(event) })}
        />
      )}
    </div>
  );
}
