import { Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCycles } from '../cycles/queries';
import { useRequests } from '../requests/queries';
import { Count } from './load/Count';
import { useMyFellows } from './queries';
import { useComing } from './sessions/SessionList';

export type CoachTab = 'sessions' | 'fellows' | 'goals' | 'cycles' | 'requests' | 'availability';
export type FellowTab = 'slots' | 'sessions' | 'actions' | 'load';

const COACH_PAGES = {
  sessions: '/c/$cohortId/coaching',
  fellows: '/c/$cohortId/coaching/fellows',
  goals: '/c/$cohortId/coaching/goals',
  cycles: '/c/$cohortId/coaching/cycles',
  requests: '/c/$cohortId/coaching/requests',
  availability: '/c/$cohortId/coaching/availability',
} as const;

const TABS = ['sessions', 'fellows', 'goals', 'cycles', 'requests', 'availability'] as const;

/** A coach's six pages. */
export function CoachTabs({ cohortId, at }: { cohortId: string; at: CoachTab }) {
  const { t } = useTranslation('coaching');
  const navigate = useNavigate();
  const counts = {
    sessions: useComing(cohortId),
    fellows: useMyFellows(cohortId).data?.length,
    cycles: useCycles(cohortId, 'open').data?.length,
    requests: useRequests(cohortId, 'for_me', 'waiting').data?.length,
  };
  return (
    <Tabs
      mt="md"
      value={at}
      onChange={(to) => void navigate({ to: COACH_PAGES[to as CoachTab], params: { cohortId } })}
    >
      <Tabs.List aria-label={t('title')}>
        {TABS.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {t(`tabs.coach.${tab}`)} {tab in counts && <Count of={counts[tab as keyof typeof counts]} />}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {/* Each tab is a page of its own: what it shows stands below. */}
      <Tabs.Panel value={at}>{null}</Tabs.Panel>
    </Tabs>
  );
}
