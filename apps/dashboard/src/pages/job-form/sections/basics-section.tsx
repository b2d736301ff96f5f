import { TagsInput, Textarea, TextInput } from '@mantine/core';
import { memo } from 'react';
import { Card } from '../../../components/card.js';
import { field, type SectionProps, textOf } from '../field.js';
import classes from '../job-form.module.css';
import type { BasicsValues } from '../model/form-values.js';

/** What the job is called. */
export const BasicsSection = memo(({ values, onChange, faultOf }: SectionProps<BasicsValues>) => (
  <Card title="Basics">
    <div className={classes.fields}>
      <TextInput
        required
        maxLength={200}
        {...field('name', faultOf)}
        value={values.name}
        onChange={(event) => onChange({ name: textOf(event) })}
      />
      <Textarea
        autosize
        minRows={1}
        maxRows={8}
        {...field('description', faultOf)}
        value={values.description}
        onChange={(event) => onChange({ description: textOf(event) })}
      />
      <TagsInput
        description="Enter or a comma ends one."
        maxTags={20}
        {...field('tags', faultOf)}
        value={values.tags}
        onChange={(tags) => onChange({ tags })}
      />
    </div>
  </Card>
));
