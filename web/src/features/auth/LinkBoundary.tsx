import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isMissing } from '../../api/problem';
import { signedIn } from '../../api/session';
import { useStore } from '../../api/store';
import { ButtonLink } from '../../ui/ButtonLink';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { AuthFrame } from './AuthFrame';
import { Road } from './Road';

interface LinkBoundaryProps<T> {
  query: UseQueryResult<T>;
  ns: string;
  /** What the link is for, until that has come. */
  title: string;
  /** What is said where it leads nowhere (any more): why that may be, and what one does instead. */
  dead: { title: string; body: string };
  children: (data: T) => ReactNode;
}

/** What the link of a mail opens, in the frame of the pages in front of the door whatever comes of it. */
export function LinkBoundary<T>({ query, ns, title, dead, children }: LinkBoundaryProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (isMissing(query.error)) return <DeadLink {...dead} />;
  return (
    <AuthFrame title={title} aside={<Road />}>
      <div className="mt24">
        <QueryBoundary query={query} ns={ns}>
          {() => null}
        </QueryBoundary>
      </div>
    </AuthFrame>
  );
}

function DeadLink({ title, body }: { title: string; body: string }) {
  const { t } = useTranslation('auth');
  const isIn = useStore(signedIn) === 'in';
  return (
    <AuthFrame title={title} lead={body} aside={<Road />}>
      <div className="row mt24">
        <ButtonLink to={isIn ? '/' : '/sign-in'} variant="filled" size="lg">
          {t(isIn ? 'enter' : 'signIn.act')}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}
