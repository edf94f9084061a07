import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isMissing } from '../../api/problem';
import { NotFound } from './NotFound';
import { ProblemAlert } from './ProblemAlert';
import { RowSkeleton } from './RowSkeleton';

interface QueryBoundaryProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error'> & { refetch: () => unknown };
  /** In the size of what comes; rows by default. */
  loading?: ReactNode;
  ns?: string;
  /** What is shown where there is nothing; the page that leads back into the app by default. */
  missing?: ReactNode;
  children: (data: T) => ReactNode;
}

/** A fetched part of a page: its skeleton, or what went wrong with a way to ask again, or the data. */
export function QueryBoundary<T>({ query, loading, ns, missing, children }: QueryBoundaryProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (isMissing(query.error)) return missing ?? <NotFound />;
  if (query.error) {
    return (
      <div className="mt16">
        <ProblemAlert error={query.error} ns={ns} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  return loading ?? <RowSkeleton />;
}
