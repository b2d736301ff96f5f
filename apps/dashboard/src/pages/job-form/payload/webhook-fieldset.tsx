import { TextInput } from '@mantine/core';
import { JsonInput } from '../../../components/json-input.js';
import { field, type SectionProps, textOf } from '../field.js';
import type { WebhookFields } from '../model/form-values.js';
import { PairsInput } from '../pairs-input.js';
import { SecretInput } from '../secret-input.js';
import { AttemptTimeout } from './attempt-timeout.js';
import { isSecretHeader } from './is-secret-header.js';

/** The payload of a webhook job. */
export function WebhookFieldset({ values, onChange, faultOf }: SectionProps<WebhookFields>) {
  return (
    <>
      <TextInput
        required
        placeholder="https://api.example.com/webhook"
        inputMode="url"
        spellCheck={false}
        {...field('payload.url', faultOf)}
        value={values.url}
        onChange={(event) => onChange({ url: textOf(event) })}
      />
      <SecretInput
        description="The receiver verifies the signature with it. whsec_... is taken as base64."
        {...field('payload.secret', faultOf)}
        value={values.secret}
        onChange={(secret) => onChange({ secret })}
      />
      <JsonInput
        {...field('payload.data', faultOf)}
        value={values.data}
        onChange={(data) => onChange({ data })}
      />
      <PairsInput
        label="Headers"
        one="header"
        field="payload.headers"
        faultOf={faultOf}
        pairs={values.headers}
        onChange={(headers) => onChange({ headers })}
        isSecret={isSecretHeader}
      />
      <AttemptTimeout
        value={values.timeout}
        onChange={(timeout) => onChange({ timeout })}
        faultOf={faultOf}
      />
    </>
  );
}
