import { TagsInput } from '@mantine/core';
import { field, type SectionProps } from '../field.js';
import classes from '../job-form.module.css';
import type { PayloadValues } from '../model/form-values.js';
import own from './fieldset.module.css';

/** What of a payload few jobs need: open where one does. */
export function More({ values, onChange, faultOf }: SectionProps<PayloadValues>) {
  const { type, isRaw, http, secretFields } = values;
  const hasStatus = type === 'http' && !isRaw;
  const isSet = secretFields.length > 0 || (hasStatus && http.expectedStatus.length > 0);
  const hasFaults = [faultOf('secretFields'), faultOf('payload.expectedStatus')].some(Boolean);
  return (
    <details className={own.details} open={isSet || hasFaults}>
      <summary>{hasStatus ? 'Expected status, further secrets' : 'Further secrets'}</summary>
      <div className={classes.fields}>
        {hasStatus && (
          <TagsInput
            description="What counts as success. None: 200 to 299."
            {...field('payload.expectedStatus', faultOf)}
            value={http.expectedStatus}
            onChange={(expectedStatus) => onChange({ http: { ...http, expectedStatus } })}
          />
        )}
        <TagsInput
          description="Paths in the payload, as body.apiKey: stored encrypted, shown to nobody."
          {...field('secretFields', faultOf)}
          value={secretFields}
          onChange={(next) => onChange({ secretFields: next })}
        />
      </div>
    </details>
  );
}
