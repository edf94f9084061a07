import { Button, SegmentedControl } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMembership } from '../../api/session';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { CoachTabs } from '../coaching/CoachingTabs';
import { GoalRow } from './GoalRow';
import { useGoals, useLiveGoals } from './queries';
import { SetButton } from './SetButton';

interface Search {
  state?: 'ended' | undefined;
}

/** The goals that I may read: mine, and those that were opened to me. */
export default function GoalsPage() {
  const { t } = useTranslation('goals');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/coaching/goals' });
  const role = useMembership()?.role;
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  useLiveGoals(cohortId);
  const state = search.state === 'ended' ? 'ended' : 'open';
  const query = useGoals(cohortId, state);
  const go = (to: string) =>
    void navigate({
      to: '/c/$cohortId/coaching/goals',
      params: { cohortId },
      search: (to === 'ended' ? { state: to } : {}) as never,
      replace: true,
    });
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        crumbs={
          role === 'coach'
            ? undefined
            : [
                { label: t('coaching'), link: { to: '/c/$cohortId/coaching', params: { cohortId } } },
                { label: t('title') },
              ]
        }
      >
        <SetButton cohortId={cohortId} />
      </PageHeader>
      {role === 'coach' && <CoachTabs cohortId={cohortId} at="goals" />}
      <SegmentedControl
        mt="md"
        aria-label={t('which')}
        value={state}
        data={(['open', 'ended'] as const).map((value) => ({ value, label: t(`lists.${value}`) }))}
        onChange={go}
      />
      <QueryBoundary query={query}>
        {({ pages }) => {
          const goals = pages.flatMap((page) => page.items);
          if (goals.length === 0) return <Empty title={t(`empty.${state}`)}>{t('empty.what')}</Empty>;
          return (
            <ul className="list mt16">
              {goals.map((goal) => (
                <GoalRow key={goal.id} goal={goal} />
              ))}
            </ul>
          );
        }}
      </QueryBoundary>
      {query.hasNextPage && (
        <Button mt="md" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:more')}
        </Button>
      )}
    </div>
  );
}
