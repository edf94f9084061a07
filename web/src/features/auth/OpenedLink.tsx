import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../api/http';
import { Problem } from '../../api/problem';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

interface OpenedLinkProps<View> {
  /** The path of the API that says what the link of a mail leads to. */
  path: string;
  tab: string;
  /** For a link that leads nowhere any more. */
  over: ReactNode;
  children: (view: View) => ReactNode;
}

/** What the link of a mail leads to; while that is not known yet, or cannot be asked, a page that says so. */
export function OpenedLink<View>({ path, tab, over, children }: OpenedLinkProps<View>) {
  const query = useQuery({
    queryKey: ['link', path],
    queryFn: () => api.get<View>(path),
    staleTime: Infinity,
  });
  if (query.data !== undefined) return children(query.data);
  if (query.error instanceof Problem && !query.error.temporary) return over;
  return (
    <AuthFrame title={tab} aside={<Road />}>
      <div className="mt24 stackv g16">
        {query.error ? (
          <ProblemAlert error={query.error} ns="auth" onRetry={() => void query.refetch()} />
        ) : (
          [1, 2, 3].map((field) => <Skeleton key={field} height={44} />)
        )}
      </div>
    </AuthFrame>
  );
}
