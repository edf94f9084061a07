import { Button, SegmentedControl } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort, useMembership } from '../../api/session';
import { Empty } from '../../ui/page/Empty';
import { Icon } from '../../ui/Icon';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { CoachTabs } from '../coaching/CoachingTabs';
import { CycleRow } from './CycleRow';
import { useCycles, useLiveCycles } from './queries';

const StartDialog = lazyPart(() => import('./StartDialog'));

interface Search {
  state?: 'ended' | undefined;
}

/** Cycles of four sessions: mine, and all of the cohort for its staff. */
export default function CyclesPage() {
  const { t } = useTranslation('cycles');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/coaching/cycles' });
  const role = useMembership()?.role;
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  useLiveCycles(cohortId);
  const state = search.state === 'ended' ? 'ended' : 'open';
  const go = (to: string) =>
    void navigate({
      to: '/c/$cohortId/coaching/cycles',
      params: { cohortId },
      search: (to === 'ended' ? { state: to } : {}) as never,
      replace: true,
    });
  const isForMe = role === 'fellow' || role === 'coach' || role === 'staff';
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
        <StartButton cohortId={cohortId} />
      </PageHeader>
      {role === 'coach' && <CoachTabs cohortId={cohortId} at="cycles" />}
      {!isForMe && role && <Empty title={t('empty.notForYou')} />}
      {isForMe && (
        <>
          <SegmentedControl
            mt="md"
            aria-label={t('which')}
            value={state}
            data={(['open', 'ended'] as const).map((value) => ({ value, label: t(`lists.${value}`) }))}
            onChange={go}
          />
          <List cohortId={cohortId} state={state} isStaff={role === 'staff'} />
        </>
      )}
    </div>
  );
}

function List({ cohortId, state, isStaff }: { cohortId: string; state: 'open' | 'ended'; isStaff: boolean }) {
  const { t } = useTranslation('cycles');
  return (
    <QueryBoundary query={useCycles(cohortId, state)}>
      {(cycles) =>
        cycles.length === 0 ? (
          <Empty title={t(`empty.${state}.${isStaff ? 'staff' : 'mine'}`)}>{t('empty.what')}</Empty>
        ) : (
          <ul className="list mt16">
            {cycles.map((cycle) => (
              <CycleRow key={cycle.id} cycle={cycle} />
            ))}
          </ul>
        )
      }
    </QueryBoundary>
  );
}

/** For the two who can: a fellow, and a coach. */
function StartButton({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('cycles');
  const [asking, setAsking] = useState(false);
  const role = useMembership()?.role;
  const isClosed = useCohort()?.state === 'closed';
  if (isClosed || (role !== 'fellow' && role !== 'coach')) return null;
  return (
    <>
      <Button variant="filled" leftSection={<Icon of={IconPlus} />} onClick={() => setAsking(true)}>
        {t('start.open')}
      </Button>
      {asking && (
        <Part lost="over">
          <StartDialog cohortId={cohortId} role={role} onClose={() => setAsking(false)} />
        </Part>
      )}
    </>
  );
}
