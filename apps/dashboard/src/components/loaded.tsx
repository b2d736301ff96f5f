import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState, StaleNotice } from './error-state.js';

interface LoadedProps<Data> {
  query: UseQueryResult<Data>;
  /** In the shape of what is coming, so that nothing jumps. */
  skeleton: ReactNode;
  children: (data: Data) => ReactNode;
}

/** The data of a query in whichever state it is: a skeleton, an error, or the data, with a word where they are old ones. */
export function Loaded<Data>({ query, skeleton, children }: LoadedProps<Data>) {
  const { data, error, isFetching, refetch, dataUpdatedAt } = query;
  if (data === undefined) {
    if (!error) return skeleton;
    return <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  return (
    <>
      {error && <StaleNotice error={error} at={dataUpdatedAt} />}
      {children(data)}
    </>
  );
}
