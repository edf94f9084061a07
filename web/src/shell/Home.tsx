import { Navigate, useParams } from '@tanstack/react-router';
import { currentCohortId, useMe } from '../api/session';
import { Part } from '../ui/forms/Part';
import { lazyPart } from '../ui/page/lazy-part';

// Few people see it: what it asks for does not come with every page.
const NoCohort = lazyPart(() => import('./NoCohort'));

/** The front door: to the week of my cohort; an admin without one to the installation. */
export function Home() {
  const me = useMe();
  const params = useParams({ strict: false });
  const cohortId = currentCohortId(me, params.cohortId);
  // An admin who is no member of it has no week there.
  if (cohortId && me.isAdmin && !me.memberships.some((one) => one.cohortId === cohortId))
    return <Navigate to="/c/$cohortId/board" params={{ cohortId }} replace />;
  if (cohortId) return <Navigate to="/c/$cohortId/week" params={{ cohortId }} replace />;
  if (me.isAdmin) return <Navigate to="/admin" replace />;
  return (
    <Part>
      <NoCohort />
    </Part>
  );
}
