import { Button } from '@mantine/core';
import { IconExternalLink, IconPlus, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { useMe } from '../../api/session';
import type { Cohort, Page } from '../../api/types';
import { bringWords } from '../../i18n/i18n';
import { markOf } from '../../shell/mark';
import { useLocale } from '../../time/clock';
import { formatMonths } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { Empty } from '../../ui/page/Empty';
import { Group } from '../../ui/page/Group';
import { Icon } from '../../ui/Icon';
import { NotFoundPage } from '../../ui/page/NotFound';
import { PageHeader } from '../../ui/page/PageHeader';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { Tag } from '../../ui/page/State';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import classes from './admin.module.css';
import { cohortsKey } from './key';
import { FollowUps } from './FollowUps';
import { OperationState } from './OperationState';

const NewCohort = lazyPart(async () => {
  const [dialog] = await Promise.all([import('./NewCohort'), bringWords('reminders')]);
  return dialog;
});

/** How the installation is doing, and all its cohorts, for its admins. */
export default function AdminPage() {
  const { t } = useTranslation('admin');
  const me = useMe();
  const [making, setMaking] = useState(false);
  const query = useInfiniteQuery({
    queryKey: cohortsKey,
    queryFn: ({ signal, pageParam }) => api.get<Page<Cohort>>('/cohorts', { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    enabled: me.isAdmin,
  });
  if (!me.isAdmin) return <NotFoundPage />;
  const cohorts = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={t('lead')}>
        <ButtonLink to="/admin/people" leftSection={<Icon of={IconUsers} />}>
          {t('people.title')}
        </ButtonLink>
        <Button component="a" href="/admin/queues" leftSection={<Icon of={IconExternalLink} />}>
          {t('queues')}
        </Button>
        <Button
          variant={query.data && cohorts.length === 0 ? 'default' : 'filled'}
          leftSection={<Icon of={IconPlus} />}
          onClick={() => setMaking(true)}
        >
          {t('new')}
        </Button>
      </PageHeader>
      <OperationState />
      <FollowUps />
      {making && (
        <Part lost="over">
          <NewCohort onClose={() => setMaking(false)} />
        </Part>
      )}
      <Group title={t('cohorts')} count={query.data ? cohorts.length : undefined}>
        {query.error ? (
          <div className="mt16">
            <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
          </div>
        ) : query.isPending ? (
          <RowSkeleton rows={4} face />
        ) : cohorts.length === 0 ? (
          <Empty
            title={t('none')}
            act={
              <Button variant="filled" leftSection={<Icon of={IconPlus} />} onClick={() => setMaking(true)}>
                {t('first')}
              </Button>
            }
          >
            {t('noneHint')}
          </Empty>
        ) : (
          <ul className="list">
            {cohorts.map((cohort) => (
              <CohortRow key={cohort.id} cohort={cohort} />
            ))}
          </ul>
        )}
      </Group>
      {query.hasNextPage && (
        <div className="row mt16">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common:more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function CohortRow({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('admin');
  const locale = useLocale();
  const { counts, id: cohortId } = cohort;
  return (
    <li className="wrap" data-cohort={cohort.color}>
      <span className={classes.mark} aria-hidden="true">
        {markOf(cohort.name)}
      </span>
      <div className="grow">
        <Link className="title" to="/c/$cohortId/settings" params={{ cohortId }}>
          {cohort.name}
        </Link>{' '}
        {cohort.state === 'closed' && <Tag>{t('common:nav.closedCohort')}</Tag>}
        <div className="meta">
          <span>{formatMonths(cohort.startsOn, cohort.endsOn, locale)}</span>
          <span>{t('counts', counts)}</span>
          <span>{cohort.timeZone}</span>
        </div>
      </div>
      {cohort.abilities.invite && (
        <ButtonLink size="sm" to="/c/$cohortId/people/import" params={{ cohortId }} search={{ tab: 'one' } as never}>
          {t('inviteStaff')}
        </ButtonLink>
      )}
    </li>
  );
}
