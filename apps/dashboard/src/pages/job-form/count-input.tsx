import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useTypedNumber } from '../../components/use-typed-number.js';

interface CountInputProps extends Omit<NumberInputProps, 'value' | 'onChange'> {
  /** Null: nothing is given. */
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A number, or nothing. */
export function CountInput({ value, onChange, ...props }: CountInputProps) {
  const typed = useTypedNumber(value, onChange);
  return <NumberInput allowNegative={false} allowDecimal={false} hideControls {...props} {...typed} />;
}
