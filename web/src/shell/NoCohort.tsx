import { Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMyApplications } from '../features/apply/mine/queries';
import { useMyReviews } from '../features/reviews/queries';
import { Empty } from '../ui/page/Empty';
import { ProblemAlert } from '../ui/page/ProblemAlert';
import { PageHeader } from '../ui/page/PageHeader';
import { PagePending } from './PagePending';

/** Whoever belongs to no cohort: a juror is led to what they read, who applied to their files, all others are told what puts them where they belong. */
export default function NoCohort() {
  const { t } = useTranslation();
  const [reviews, applications] = [useMyReviews(), useMyApplications()];
  if (reviews.isPending || applications.isPending) return <PagePending />;
  if (reviews.data?.isJuror) return <Navigate to="/reviews" replace />;
  if (applications.data?.items.length) return <Navigate to="/applications" replace />;
  const failed = [reviews, applications].find(({ isError }) => isError);
  if (failed)
    return (
      <div className="page">
        <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />
      </div>
    );
  return (
    <div className="page">
      <PageHeader title={t('noCohort.title')} />
      <Empty title={t('noCohort.body')} />
    </div>
  );
}
