import { Button, SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../../../src/contracts/chat/reports';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Page } from '../../api/types';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { ReportItem } from './ReportItem';

const STATES = ['open', 'closed'] as const;

/** The messages that were handed over to the programme team: to decide, and decided. */
export default function ReportsPage() {
  const { t } = useTranslation('reports');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/reports' });
  const asked: { state?: unknown } = useSearch({ strict: false });
  const state = asked.state === 'closed' ? 'closed' : 'open';
  const navigate = useNavigate();
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        crumbs={[
          { label: t('common:nav.board'), link: { to: '/c/$cohortId/board', params: { cohortId } } },
          { label: t('title') },
        ]}
      />
      <SegmentedControl
        className="mt16"
        aria-label={t('state')}
        value={state}
        data={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
        onChange={(next) => void navigate({ to: '.', search: { state: next } as never, replace: true })}
      />
      <List key={state} cohortId={cohortId} state={state} />
    </div>
  );
}

interface ListProps {
  cohortId: string;
  state: (typeof STATES)[number];
}

function List({ cohortId, state }: ListProps) {
  const { t } = useTranslation('reports');
  const query = useInfiniteQuery({
    queryKey: keys.in(cohortId, 'reports', state),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Report>>(`/cohorts/${cohortId}/reports`, { query: { state, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (query.isPending) return <RowSkeleton rows={4} />;
  if (query.error) return <ProblemAlert error={query.error} ns="reports" onRetry={() => void query.refetch()} />;
  const reports = query.data.pages.flatMap(({ items }) => items);
  if (reports.length === 0) return <Empty title={t(`empty.${state}.title`)}>{t(`empty.${state}.body`)}</Empty>;
  return (
    <>
      <ul>
        {reports.map((report) => (
          <ReportItem key={report.id} report={report} cohortId={cohortId} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button className="mt16" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </>
  );
}
