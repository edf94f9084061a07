import { Navigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { currentCohortId, useMe } from '../api/session';
import { Empty } from '../ui/page/Empty';
import { PageHeader } from '../ui/page/PageHeader';

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
  return <NoCohort />;
}

function NoCohort() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <PageHeader title={t('noCohort.title')} />
      <Empty title={t('noCohort.body')} />
    </div>
  );
}
