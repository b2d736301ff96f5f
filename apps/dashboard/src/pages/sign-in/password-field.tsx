import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, useState } from 'react';

/** A password field that says when Caps Lock is on. */
export function PasswordField(props: PasswordInputProps) {
  const [isCapsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent | MouseEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <PasswordInput
      {...props}
      onKeyDown={look}
      onKeyUp={look}
      onClick={look}
      onBlur={() => setCapsLock(false)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={isCapsLock ? <output>Caps Lock is on.</output> : props.description}
    />
  );
}
