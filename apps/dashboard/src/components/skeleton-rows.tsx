import { Skeleton } from '@mantine/core';
import classes from './skeleton-rows.module.css';

/** Rows of a list that is on its way. */
export function SkeletonRows({ count = 5 }: { count?: number }) {
  return (
    <div className={classes.rows} aria-busy="true">
      <output className="visually-hidden">Loading</output>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={16} width={`${92 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  );
}
