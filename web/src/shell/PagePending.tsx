import { Skeleton } from '@mantine/core';
import { RowSkeleton } from '../ui/page/RowSkeleton';

/** A page whose script is on its way: a head and rows in their size. */
export function PagePending() {
  return (
    <div className="page">
      <Skeleton width={180} height={22} my={3} />
      <div className="mt24">
        <RowSkeleton />
      </div>
    </div>
  );
}
