import { useState } from 'react';

type Typed = number | string;

/**
 * What a number field shows and tells. On the way to `1.5` stands `1.`, which is the number 1 already: what was typed stays as it
 * is for as long as it means the value.
 */
export function useTypedNumber(value: number | null, onChange: (value: number | null) => void) {
  const [typed, setTyped] = useState<Typed>('');
  return {
    value: numberOf(typed) === value ? typed : (value ?? ''),
    onChange: (next: Typed) => {
      setTyped(next);
      onChange(numberOf(next));
    },
  };
}

function numberOf(typed: Typed): number | null {
  const number = typed === '' ? NaN : Number(typed);
  return Number.isFinite(number) ? number : null;
}
