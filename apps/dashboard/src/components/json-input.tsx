import { Input, Textarea } from '@mantine/core';
import { Component, lazy, type ReactNode, Suspense, useId } from 'react';

const JsonEditor = lazy(() => import('./json-editor.js'));

interface JsonInputProps {
  label: string;
  description?: ReactNode;
  error?: string | undefined;
  value: string;
  onChange: (text: string) => void;
  'data-field'?: string;
}

/** JSON in an editor that colours and checks it; until that is loaded, and where it cannot be, in a plain field. */
export function JsonInput({ label, description, error, value, onChange, ...props }: JsonInputProps) {
  const id = useId();
  const field = props['data-field'];
  const plain = (
    <Textarea
      id={id}
      aria-label={label}
      data-field={field}
      error={error !== undefined}
      autosize
      minRows={4}
      maxRows={20}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
  return (
    <Input.Wrapper id={id} label={label} description={description} error={error} labelElement="div">
      <PlainWhereItFails plain={plain}>
        <Suspense fallback={plain}>
          <JsonEditor
            label={label}
            field={field}
            describedBy={error === undefined ? undefined : `${id}-error`}
            value={value}
            onChange={onChange}
          />
        </Suspense>
      </PlainWhereItFails>
    </Input.Wrapper>
  );
}

/** An editor whose code cannot be loaded must not take what was typed with it. */
class PlainWhereItFails extends Component<{ plain: ReactNode; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? this.props.plain : this.props.children;
  }
}
