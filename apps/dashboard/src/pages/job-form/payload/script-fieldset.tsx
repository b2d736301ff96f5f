import { Alert, Textarea, TextInput } from '@mantine/core';
import { useIsAdmin } from '../../../shell/use-session.js';
import { field, type SectionProps, textOf } from '../field.js';
import classes from '../job-form.module.css';
import type { ScriptFields } from '../model/form-values.js';
import { PairsInput } from '../pairs-input.js';
import { AttemptTimeout } from './attempt-timeout.js';

const isSecret = () => true;

/** The payload of a script job. */
export function ScriptFieldset({ values, onChange, faultOf }: SectionProps<ScriptFields>) {
  const isAdmin = useIsAdmin();
  return (
    <>
      {!isAdmin && (
        <Alert color="gray" title="Script jobs are for administrators">
          This installation refuses yours unless it was set up to take them from everybody.
        </Alert>
      )}
      <TextInput
        description="A program, not a line for a shell."
        required
        placeholder="node"
        className={classes.mono}
        spellCheck={false}
        {...field('payload.command', faultOf)}
        value={values.command}
        onChange={(event) => onChange({ command: textOf(event) })}
      />
      <Textarea
        description="One a line, without quotes."
        autosize
        minRows={2}
        maxRows={12}
        className={classes.mono}
        spellCheck={false}
        {...field('payload.args', faultOf)}
        value={values.args}
        onChange={(event) => onChange({ args: textOf(event) })}
      />
      <TextInput
        placeholder="The worker's"
        className={classes.mono}
        spellCheck={false}
        {...field('payload.cwd', faultOf)}
        value={values.cwd}
        onChange={(event) => onChange({ cwd: textOf(event) })}
      />
      <PairsInput
        label="Environment"
        description="The program gets these and no others. Values are kept secret."
        one="variable"
        field="payload.env"
        faultOf={faultOf}
        pairs={values.env}
        onChange={(env) => onChange({ env })}
        isSecret={isSecret}
      />
      <Textarea
        autosize
        minRows={1}
        maxRows={12}
        className={classes.mono}
        {...field('payload.stdin', faultOf)}
        value={values.stdin}
        onChange={(event) => onChange({ stdin: textOf(event) })}
      />
      <AttemptTimeout
        value={values.timeout}
        onChange={(timeout) => onChange({ timeout })}
        faultOf={faultOf}
      />
    </>
  );
}
