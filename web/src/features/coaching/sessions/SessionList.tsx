import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconChecklist, IconProgress, IconRepeat, IconUser, IconVideo } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { useMe, useMembership } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { daysAway, formatShortDay } from '../../../time/format';
import { Empty } from '../../../ui/page/Empty';
import { Group } from '../../../ui/page/Group';
import { Icon } from '../../../ui/Icon';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { State, type Tone } from '../../../ui/page/State';
import { TimeRange } from '../../../ui/times/When';
import classes from '../coaching.module.css';
import { useSessions, useSessionsBefore } from '../queries';
import { othersOf } from './session-words';

/** From the beginning of today on, so that the answer keeps its key for the day. */
export function useFromToday(): { from: string } {
  const zone = useZone();
  const now = useNow();
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString();
  return useMemo(
    () => ({ from: Temporal.PlainDate.from(today).toZonedDateTime(zone).toInstant().toString() }),
    [today, zone],
  );
}

/** How many sessions are still to come; undefined until it is known. */
export function useComing(cohortId: string): number | undefined {
  const now = useNow();
  const sessions = useSessions(cohortId, useFromToday());
  return sessions.data?.filter((one) => one.status === 'scheduled' && Date.parse(one.endsAt) > now).length;
}

/** Sessions to come, soonest first, then those that were, latest first. */
export function SessionList({ cohortId, empty }: { cohortId: string; empty: ReactNode }) {
  const { t } = useTranslation('coaching');
  const now = useNow();
  const range = useFromToday();
  const sessions = useSessions(cohortId, range);
  const before = useSessionsBefore(cohortId, range.from);
  const earlier = before.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <QueryBoundary query={sessions}>
      {(all) => {
        const coming = all.filter((one) => one.status === 'scheduled' && Date.parse(one.endsAt) > now);
        const past = [...all.filter((one) => !coming.includes(one)).reverse(), ...earlier];
        return (
          <>
            {coming.length === 0 && (
              <Empty title={t('empty.sessions.title')} act={empty}>
                {t('empty.sessions.what')}
              </Empty>
            )}
            <Section title={t('sessions.coming')} sessions={coming} count={coming.length} />
            <Section
              title={t('sessions.past')}
              sessions={past}
              count={before.isSuccess && !before.hasNextPage ? past.length : undefined}
            />
            {before.hasNextPage && (
              <Button mt="md" loading={before.isFetchingNextPage} onClick={() => void before.fetchNextPage()}>
                {t('common:more')}
              </Button>
            )}
          </>
        );
      }}
    </QueryBoundary>
  );
}

interface SectionProps {
  title: string;
  sessions: readonly MentoringSession[];
  /** How many there are in all, where that is known. */
  count: number | undefined;
}

function Section({ title, sessions, count }: SectionProps) {
  if (sessions.length === 0) return null;
  return (
    <Group title={title} count={count}>
      <ul className="list">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
    </Group>
  );
}

const tones: Partial<Record<MentoringSession['status'], Tone>> = { held: 'ok', no_show: 'wait', cancelled: 'alert' };

function SessionRow({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const isStaff = useMembership()?.role === 'staff';
  const { id, cohortId, startsAt, endsAt, status, link, need, openActions } = session;
  const today = daysAway(startsAt, zone, now) === 0;
  const over = Date.parse(endsAt) <= now;
  return (
    <li>
      <span className={classes.time}>
        <b>{today ? t('today') : formatShortDay(startsAt, zone, locale, now)}</b>
        <TimeRange className="t2" startsAt={startsAt} endsAt={endsAt} />
      </span>
      <div className="grow">
        <Link className="title" to="/c/$cohortId/coaching/sessions/$sessionId" params={{ cohortId, sessionId: id }}>
          {t('session.with', { names: othersOf(session, isStaff ? null : me.id, locale) })}
        </Link>
        <p className="t2 cut">{need}</p>
        <div className="meta">
          {session.cycle && (
            <span>
              <Icon of={IconProgress} size={16} />
              {t('session.cycle', { number: session.cycle.number, of: session.cycle.of })}
            </span>
          )}
          {session.series && (
            <span>
              <Icon of={IconRepeat} size={16} />
              {t('repeat.place', { number: session.series.number, of: session.series.of })}
            </span>
          )}
          {session.participants.length > 1 && (
            <span>
              <Icon of={IconUser} size={16} />
              {t('sessions.people', { count: session.participants.length })}
            </span>
          )}
          {openActions > 0 && (
            <span>
              <Icon of={IconChecklist} size={16} />
              {t('sessions.actions', { count: openActions })}
            </span>
          )}
          {link && status === 'scheduled' && !over && (
            <span>
              <Icon of={IconVideo} size={16} />
              {t('sessions.online')}
            </span>
          )}
        </div>
      </div>
      {status === 'scheduled' && over ? (
        <State tone="wait">{t('status.open')}</State>
      ) : (
        status !== 'scheduled' && (
          <State tone={tones[status]}>{t(session.cancelledLate ? 'status.cancelled_late' : `status.${status}`)}</State>
        )
      )}
    </li>
  );
}
