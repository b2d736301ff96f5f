import { useState } from 'react';

/** Keys for the rows of a list that people add to and take from: a row keeps what it holds of its own when one above it goes. */
export function useRowIds(count: number) {
  const [ids, setIds] = useState(() => Array.from({ length: count }, (_, index) => index));
  return {
    ids,
    add: () => setIds([...ids, Math.max(-1, ...ids) + 1]),
    remove: (index: number) => setIds(ids.filter((_id, at) => at !== index)),
  };
}
