import { TagsInput, Textarea, TextInput } from '@mantine/core';
import { MailProblem } from '../../../notifications/mail-problem.js';
import { field, type SectionProps, textOf } from '../field.js';
import classes from '../job-form.module.css';
import type { EmailFields } from '../model/form-values.js';

const BETWEEN = [',', ';', ' '];

/** The payload of an email job. */
export function EmailFieldset({ values, onChange, faultOf }: SectionProps<EmailFields>) {
  const recipients = (key: 'to' | 'cc' | 'bcc') => (
    <TagsInput
      required={key === 'to'}
      acceptValueOnBlur
      splitChars={BETWEEN}
      {...field(`payload.${key}`, faultOf)}
      value={values[key]}
      onChange={(next) => onChange({ [key]: next })}
    />
  );
  return (
    <>
      <MailProblem />
      {recipients('to')}
      <div className={classes.pair}>
        {recipients('cc')}
        {recipients('bcc')}
      </div>
      <TextInput
        required
        maxLength={998}
        {...field('payload.subject', faultOf)}
        value={values.subject}
        onChange={(event) => onChange({ subject: textOf(event) })}
      />
      <Textarea
        autosize
        minRows={4}
        maxRows={20}
        {...field('payload.text', faultOf)}
        value={values.text}
        onChange={(event) => onChange({ text: textOf(event) })}
      />
      <Textarea
        description="Instead of the text, or beside it."
        autosize
        minRows={2}
        maxRows={20}
        className={classes.mono}
        spellCheck={false}
        {...field('payload.html', faultOf)}
        value={values.html}
        onChange={(event) => onChange({ html: textOf(event) })}
      />
    </>
  );
}
