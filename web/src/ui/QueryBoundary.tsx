import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../api/problem';
import { NotFound } from './NotFound';
import { ProblemAlert } from './ProblemAlert';
import { RowSkeleton } from './RowSkeleton';

interface QueryBoundaryProps<T> {
  query: UseQueryResult<T>;
  /** In the size of what comes; rows by default. */
  loading?: ReactNode;
  ns?: string;
  children: (data: T) => ReactNode;
}

/** A fetched part of a page: its skeleton, or what went wrong with a way to ask again, or the data. */
export function QueryBoundary<T>({ query, loading, ns, children }: QueryBoundaryProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  if (query.error) {
    return (
      <div className="mt16">
        <ProblemAlert error={query.error} ns={ns} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  return loading ?? <RowSkeleton />;
}
