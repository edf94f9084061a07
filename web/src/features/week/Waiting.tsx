import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TopicSummary } from '../../../../src/contracts/forums';
import type { RequestSummary } from '../../../../src/contracts/mentoring/requests';
import type { WorkshopList } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useMe } from '../../api/session';
import { useApplyEvents } from '../../api/socket';
import type { Page, Role } from '../../api/types';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatShortDay, formatTime } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { Group } from '../../ui/page/Group';
import { useAgenda } from '../agenda/agenda';
import { useItemTitle } from '../agenda/names';
import { useCycles } from '../cycles/queries';
import { useWaitingFlags } from '../flags/flags';
import { requestEvents, useRequests } from '../requests/queries';
import { spanOf } from './span';
import classes from './week.module.css';

const LATE_HOURS = 96;
/** From two days on, an age is told in days. */
const DAYS_FROM_HOURS = 48;
const HOUR = 3_600_000;

/** What only I can do: say how a session went, answer what I know, and for staff what the cohort has left to them. */
export function Waiting({ cohortId, role }: { cohortId: string; role: Role | undefined }) {
  const { t } = useTranslation('week');
  const rows = [
    ...useUnsaid(cohortId),
    ...useHelp(cohortId, role),
    ...useClosingNotes(cohortId, role),
    ...useQuestions(cohortId, role),
    ...useFlags(cohortId, role === 'staff'),
    ...useDrafts(cohortId, role === 'staff'),
    ...useProfile(role),
  ];
  if (rows.length === 0) return null;
  return (
    <div className={classes.waits}>
      <Group title={t('waiting')} count={rows.length} className="">
        <ul className="list">{rows}</ul>
      </Group>
    </div>
  );
}

function Wait({ title, body, children }: { title: ReactNode; body?: ReactNode; children?: ReactNode }) {
  return (
    <li>
      <div className="grow">
        {title}
        {body && <p className="t2">{body}</p>}
        {children && <div className="row mt8">{children}</div>}
      </div>
    </li>
  );
}

/** Sessions I held whose outcome nobody has said. */
function useUnsaid(cohortId: string): ReactNode[] {
  const { t } = useTranslation('week');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const titleOf = useItemTitle();
  const { since, to } = spanOf(now, zone);
  return (useAgenda('mine', cohortId, since, to).data ?? [])
    .filter((item) => item.mine === 'coach' && item.status === 'scheduled' && Date.parse(item.endsAt) < now)
    .map((item) => (
      <Wait
        key={item.id}
        title={<b>{titleOf(item)}</b>}
        body={`${formatShortDay(item.startsAt, zone, locale, now)}, ${formatTime(item.startsAt, zone, locale)}`}
      >
        <ButtonLink
          size="sm"
          to="/c/$cohortId/coaching/sessions/$sessionId"
          params={{ cohortId: item.cohortId, sessionId: item.id }}
        >
          {t('sayHow')}
        </ButtonLink>
      </Wait>
    ));
}

/** Requests for help that I am to answer, own ones that were asked back or declined; for staff also those that wait for too long. */
function useHelp(cohortId: string, role: Role | undefined): ReactNode[] {
  const { t } = useTranslation('week');
  const me = useMe();
  const now = useNow();
  useApplyEvents(requestEvents);
  const isStaff = role === 'staff';
  const others = useRequests(cohortId, isStaff ? 'all' : 'for_me', 'waiting', role !== undefined && role !== 'host');
  const own = useRequests(cohortId, 'mine', 'waiting', role === 'fellow');
  const hours = ({ askedAt }: RequestSummary) => Math.floor((now - Date.parse(askedAt)) / HOUR);
  const waits = [
    ...(own.data ?? []).filter(({ abilities }) => abilities.tellMore || abilities.seeOthers),
    ...(others.data ?? []).filter(
      (one) => (one.state === 'open' && one.abilities.accept) || (isStaff && hours(one) >= LATE_HOURS),
    ),
  ];
  return waits.slice(0, 5).map((request) => (
    <Wait
      key={request.id}
      title={
        <Link
          className="title"
          to="/c/$cohortId/coaching/requests/$requestId"
          params={{ cohortId, requestId: request.id }}
        >
          {request.need.split('\n')[0]}
        </Link>
      }
      body={
        request.asker.id === me.id
          ? t(request.abilities.tellMore ? 'helpAskedBack' : 'helpStuck')
          : t(hours(request) < DAYS_FROM_HOURS ? 'helpWaits' : 'helpWaitsDays', {
              name: request.asker.name || t('common:formerMember'),
              hours: hours(request),
              days: Math.floor(hours(request) / 24),
            })
      }
    />
  ));
}

/** Cycles of mine in which all sessions were held: my closing note ends them. */
function useClosingNotes(cohortId: string, role: Role | undefined): ReactNode[] {
  const { t } = useTranslation('week');
  const cycles = useCycles(cohortId, 'open', role === 'coach');
  return (cycles.data ?? [])
    .filter(({ abilities }) => abilities.writeNote)
    .map(({ id, fellow, goal }) => (
      <Wait
        key={id}
        title={
          <Link className="title" to="/c/$cohortId/coaching/cycles/$cycleId" params={{ cohortId, cycleId: id }}>
            {t('closingNote', { name: fellow.name || t('common:formerMember') })}
          </Link>
        }
        body={goal.split('\n')[0]}
      />
    ));
}

/** Questions nobody has answered: for staff those over 96 hours, for all others those about what they give. */
function useQuestions(cohortId: string, role: Role | undefined): ReactNode[] {
  const { t } = useTranslation('week');
  const me = useMe();
  const now = useNow();
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'topics', 'waiting'),
    queryFn: ({ signal }) =>
      api.get<Page<TopicSummary>>(`/cohorts/${cohortId}/topics`, {
        query: { state: 'unanswered', limit: 50 },
        signal,
      }),
  });
  const gives = new Set(me.gives.map((words) => words.toLowerCase().replace(/\s+/g, '-')));
  const hours = (topic: TopicSummary) => Math.floor((now - Date.parse(topic.createdAt)) / HOUR);
  return (data?.items ?? [])
    .filter((topic) => topic.author.id !== me.id)
    .filter((topic) => (role === 'staff' ? hours(topic) >= LATE_HOURS : topic.tags.some((tag) => gives.has(tag))))
    .slice(0, 3)
    .map((topic) => (
      <Wait
        key={topic.id}
        title={
          <Link className="title" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: topic.id }}>
            {topic.title}
          </Link>
        }
        body={
          hours(topic) < DAYS_FROM_HOURS
            ? t('questionWaits', { hours: hours(topic) })
            : t('questionWaitsDays', { days: Math.floor(hours(topic) / 24) })
        }
      />
    ));
}

/** Posts that somebody asked staff to look at. */
function useFlags(cohortId: string, isStaff: boolean): ReactNode[] {
  const { t } = useTranslation('week');
  const { data = [] } = useWaitingFlags(cohortId, isStaff);
  return data.map((flag) => (
    <Wait
      key={flag.id}
      title={
        <Link className="title" to="/c/$cohortId/forum/flags" params={{ cohortId }}>
          {t('flag', { name: flag.post.author.name || t('common:formerMember') })}
        </Link>
      }
      body={flag.flags[0]?.reason || t('flagged', { count: flag.people })}
    />
  ));
}

/** Workshops that were proposed and wait to be published. */
function useDrafts(cohortId: string, isStaff: boolean): ReactNode[] {
  const { t } = useTranslation('week');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const { data } = useQuery({
    queryKey: keys.in(cohortId, 'workshops', 'drafts'),
    queryFn: ({ signal }) =>
      api.get<WorkshopList>(`/cohorts/${cohortId}/workshops`, { query: { drafts: 'only', limit: 30 }, signal }),
    select: (list) => list.items.filter((one) => one.abilities.publish),
    enabled: isStaff,
  });
  return (data ?? []).slice(0, 3).map((draft) => (
    <Wait
      key={draft.id}
      title={
        <Link className="title" to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId: draft.id }}>
          {draft.title}
        </Link>
      }
      body={t('draft', {
        names: draft.people.map((person) => person.name).join(', ') || 'none',
        day: formatShortDay(draft.startsAt, zone, locale, now),
      })}
    />
  ));
}

/** A profile that says nothing helps nobody. */
function useProfile(role: Role | undefined): ReactNode[] {
  const { t } = useTranslation('week');
  const me = useMe();
  if (me.gives.length > 0 || (role !== 'fellow' && role !== 'coach')) return [];
  return [
    <Wait key="profile" title={<b>{t('profile')}</b>} body={t('profileBody')}>
      <ButtonLink size="sm" to="/settings/$section" params={{ section: 'profile' }}>
        {t('profileAct')}
      </ButtonLink>
    </Wait>,
  ];
}
