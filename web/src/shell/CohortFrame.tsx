import { Outlet, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { keepCohort, useMe } from '../api/session';
import { NotFoundPage } from '../ui/NotFound';

/** The pages of one cohort. A cohort that is not mine looks like one that does not exist. */
export function CohortFrame() {
  const me = useMe();
  const { cohortId } = useParams({ from: '/shell/c/$cohortId' });
  const mine = me.memberships.some((membership) => membership.cohortId === cohortId);
  useEffect(() => {
    if (mine) keepCohort(cohortId);
  }, [mine, cohortId]);
  if (mine || me.isAdmin) return <Outlet />;
  return <NotFoundPage />;
}
