import { Outlet, useLocation, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLeftCohort } from '../../api/left';
import { keepCohort, useMe } from '../../api/session';
import { LeftCohort } from '../LeftCohort';
import { NotFoundPage } from '../../ui/page/NotFound';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { isOpenFromOutside } from './nav';

const FromOutside = lazyPart(() => import('../FromOutside'));

/** The pages of one cohort. A cohort that is not mine looks like one that does not exist; an admin sees it from outside and can come in. */
export function CohortFrame() {
  const me = useMe();
  const { cohortId } = useParams({ from: '/shell/c/$cohortId' });
  const mine = me.memberships.some((membership) => membership.cohortId === cohortId);
  useEffect(() => {
    if (mine) keepCohort(cohortId);
  }, [mine, cohortId]);
  const left = useLeftCohort(cohortId);
  const { pathname } = useLocation();
  if (left) return <LeftCohort {...left} />;
  if (mine) return <Outlet />;
  if (!me.isAdmin) return <NotFoundPage />;
  return (
    <Part>
      <FromOutside cohortId={cohortId} isOpen={isOpenFromOutside(pathname)}>
        <Outlet />
      </FromOutside>
    </Part>
  );
}
