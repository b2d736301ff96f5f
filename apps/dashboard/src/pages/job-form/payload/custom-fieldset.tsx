import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { dataOf } from '../../../api/ask.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/query-keys.js';
import { JsonInput } from '../../../components/json-input.js';
import { JsonView } from '../../../components/json-view.js';
import { field, type SectionProps } from '../field.js';
import classes from '../job-form.module.css';
import type { CustomFields } from '../model/form-values.js';
import own from './fieldset.module.css';

const SchemaCheck = lazy(() => import('./schema-check.js'));

/** The payload of a custom job: a handler that a worker knows, and the data it is given. */
export function CustomFieldset({ values, onChange, faultOf }: SectionProps<CustomFields>) {
  const { data: handlers } = useQuery({
    queryKey: keys.handlers(),
    queryFn: ({ signal }) => dataOf(api.GET('/api/v1/handlers', { signal })),
  });
  const handler = handlers?.find(({ name }) => name === values.handler.trim());
  return (
    <>
      <Autocomplete
        required
        description={
          handlers?.length === 0 ? 'No worker runs that could say what it knows. Type the name.' : undefined
        }
        data={handlers?.map(({ name }) => name) ?? []}
        {...field('payload.handler', faultOf)}
        value={values.handler}
        onChange={(next) => onChange({ handler: next })}
      />
      {handler?.description !== undefined && <p className={classes.hint}>{handler.description}</p>}
      <JsonInput
        description="JSON, or nothing."
        {...field('payload.data', faultOf)}
        value={values.data}
        onChange={(data) => onChange({ data })}
      />
      {handler?.schema && (
        <>
          <Suspense>
            <SchemaCheck schema={handler.schema} data={values.data} />
          </Suspense>
          <details className={own.details}>
            <summary>The data {handler.name} takes</summary>
            <JsonView value={handler.schema} />
          </details>
        </>
      )}
    </>
  );
}
