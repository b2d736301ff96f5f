import { Skeleton } from '@mantine/core';
import classes from './page-skeleton.module.css';

/** Stands in while a page is loaded. Pages with a shape of their own bring their own skeleton for their data. */
export function PageSkeleton() {
  return (
    <div className={classes.page} aria-busy="true">
      <output className="visually-hidden">Loading</output>
      <Skeleton height={28} width={220} />
      <Skeleton height={120} />
      <Skeleton height={280} />
    </div>
  );
}
