import { Tabs } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useBooks, useMe, useMembership } from '../../api/session';
import { useZone } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { PageHeader } from '../../ui/page/PageHeader';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { CoachTabs, type FellowTab } from './CoachingTabs';
import { Count } from './load/Count';
import { FreeSlots } from './booking/FreeSlots';
import { MyActions } from './notes/MyActions';
import { DAYS_AHEAD } from './booking/SlotDays';
import { SessionList, useComing } from './sessions/SessionList';
import { useLiveCoaching, useMyActions, useMyFellows } from './queries';

const LoadBoard = lazyPart(() => import('./load/LoadBoard'));

/** What the address says: the tab, the coach to begin with and the start of a slot of theirs, and the fellow for whom a coach or staff book (`?tab=slots&for=<id>`). */
interface Search {
  tab?: FellowTab | undefined;
  coach?: string | undefined;
  at?: string | undefined;
  for?: string | undefined;
  /** The request for help that was accepted: its words are the need. */
  request?: string | undefined;
  /** The question of the forum that waits for an answer: it is the need, and help desks are looked at first. */
  topic?: string | undefined;
}

/** Whoever made the link: of what is no id nothing is asked. */
const idIn = (text: string | undefined) => (/^[0-9a-f]{24}$/.test(text ?? '') ? text : undefined);

/** Coaching as a fellow, a coach or staff see it. */
export default function CoachingPage() {
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/coaching' });
  const role = useMembership()?.role;
  const books = useBooks();
  useLiveCoaching(cohortId);
  if (role === 'coach') return <CoachSide cohortId={cohortId} />;
  return <FellowSide cohortId={cohortId} books={books} isStaff={role === 'staff'} />;
}

function CoachSide({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const search: Search = useSearch({ strict: false });
  const coming = useComing(cohortId);
  const fellows = useMyFellows(cohortId);
  const fellow = fellows.data?.find((one) => one.person.id === search.for);
  return (
    <div className="page">
      <PageHeader
        title={search.for ? t('book.forFellow', { name: fellow?.person.name ?? '…' }) : t('title')}
        lead={
          search.for ? t('book.ownTime') : coming === undefined ? <p>&nbsp;</p> : t('lead.coach', { count: coming })
        }
      />
      <CoachTabs cohortId={cohortId} at="sessions" />
      {search.for ? (
        <FreeSlots cohortId={cohortId} coachId={me.id} forUserId={search.for} />
      ) : (
        <SessionList
          cohortId={cohortId}
          empty={
            <ButtonLink to="/c/$cohortId/coaching/availability" params={{ cohortId }}>
              {t('empty.sessions.coach')}
            </ButtonLink>
          }
        />
      )}
    </div>
  );
}

const TABS: readonly FellowTab[] = ['slots', 'sessions', 'actions', 'load'];

function FellowSide({ cohortId, books, isStaff }: { cohortId: string; books: boolean; isStaff: boolean }) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const navigate = useNavigate();
  const search: Search = useSearch({ strict: false });
  const role = useMembership()?.role;
  const tab = TABS.find((one) => one === search.tab) ?? (books ? 'slots' : 'sessions');
  const coming = useComing(cohortId);
  const actions = useMyActions();
  const go = (to: FellowTab) =>
    void navigate({ to: '/c/$cohortId/coaching', params: { cohortId }, search: { tab: to }, replace: true });
  return (
    <div className="page">
      <PageHeader title={t('title')} lead={books ? t('lead.slots', { days: DAYS_AHEAD, zone }) : t('lead.sessions')}>
        {role !== 'host' && (
          <ButtonLink to="/c/$cohortId/coaching/goals" params={{ cohortId }}>
            {t('tabs.goals')}
          </ButtonLink>
        )}
        {(role === 'fellow' || isStaff) && (
          <ButtonLink to="/c/$cohortId/coaching/cycles" params={{ cohortId }}>
            {t('tabs.cycles')}
          </ButtonLink>
        )}
        {role !== 'host' && (
          <ButtonLink to="/c/$cohortId/coaching/requests" params={{ cohortId }}>
            {t('tabs.requests')}
          </ButtonLink>
        )}
      </PageHeader>
      <Tabs mt="md" value={tab} onChange={(to) => go(to as FellowTab)}>
        <Tabs.List aria-label={t('title')}>
          {books && <Tabs.Tab value="slots">{t('tabs.slots')}</Tabs.Tab>}
          <Tabs.Tab value="sessions">
            {t(isStaff ? 'tabs.all' : 'tabs.sessions')} <Count of={coming} />
          </Tabs.Tab>
          {isStaff && <Tabs.Tab value="load">{t('tabs.load')}</Tabs.Tab>}
          <Tabs.Tab value="actions">
            {t('tabs.actions')} <Count of={actions.data?.length} />
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab}>
          {tab === 'slots' && (
            <FreeSlots
              cohortId={cohortId}
              firstCoachId={search.coach}
              firstAt={search.at}
              forUserId={search.for}
              requestId={idIn(search.request)}
              topicId={idIn(search.topic)}
              withTheirEyes={isStaff}
            />
          )}
          {tab === 'sessions' && (
            <SessionList
              cohortId={cohortId}
              empty={
                books && (
                  <ButtonLink
                    variant="filled"
                    to="/c/$cohortId/coaching"
                    params={{ cohortId }}
                    search={{ tab: 'slots' } as never}
                  >
                    {t('empty.sessions.act')}
                  </ButtonLink>
                )
              }
            />
          )}
          {tab === 'actions' && <MyActions />}
          {tab === 'load' && isStaff && (
            <Part>
              <LoadBoard cohortId={cohortId} />
            </Part>
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
