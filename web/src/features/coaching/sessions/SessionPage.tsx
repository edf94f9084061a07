import { Link, useParams } from '@tanstack/react-router';
import { IconClock, IconProgress, IconRepeat, IconVideo } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { useMe } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatLongDay, formatRelative } from '../../../time/format';
import { AvatarRow } from '../../../ui/people/AvatarRow';
import { Group } from '../../../ui/page/Group';
import { Icon } from '../../../ui/Icon';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { Notice } from '../../../ui/page/State';
import { TimeRange } from '../../../ui/times/When';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { ActionsOf } from '../notes/ActionsOf';
import classes from '../coaching.module.css';
import { NotesHere, NotesBefore } from '../notes/NotesOf';
import { useLiveCoaching, useSession } from '../queries';
import { SessionActs } from './SessionActs';
import { dayAndTime, othersOf } from './session-words';

const GoalsOf = lazyPart(() => import('../../goals/GoalsOf'));
const NoteSharing = lazyPart(() => import('../notes/NoteSharing'));
const RateSession = lazyPart(() => import('./RateSession'));
const SeriesOf = lazyPart(() => import('../repeated/SeriesOf'));

/** One session: the need, notes with their readers, actions, and what one may do with it. */
export default function SessionPage() {
  const { cohortId, sessionId } = useParams({ from: '/shell/c/$cohortId/coaching/sessions/$sessionId' });
  useLiveCoaching(cohortId);
  return (
    <div className="page">
      <QueryBoundary query={useSession(cohortId, sessionId)}>
        {(session) => <Session session={session} />}
      </QueryBoundary>
    </div>
  );
}

function Session({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const locale = useLocale();
  const takesPart = session.people.some((person) => person.id === me.id);
  const names = othersOf(session, takesPart ? me.id : null, locale);
  const { cohortId } = session;
  return (
    <>
      <PageHeader
        title={t('session.with', { names })}
        crumbs={[
          { label: t('title'), link: { to: '/c/$cohortId/coaching', params: { cohortId } } },
          { label: t('session.crumb') },
        ]}
        lead={<Facts session={session} />}
      >
        <SessionActs session={session} />
      </PageHeader>
      <Outcome session={session} />
      <div className="two wide">
        <div>
          <Need session={session} />
          <Part>
            <GoalsOf session={session} />
          </Part>
          {session.abilities.rate && (
            <Part>
              <RateSession session={session} />
            </Part>
          )}
          {session.participants.includes(me.id) && session.history.some(({ act }) => act === 'handed_over') && (
            <Part>
              <NoteSharing session={session} />
            </Part>
          )}
          <NotesHere session={session} />
        </div>
        <aside className="side">
          <ActionsOf session={session} />
          {session.series && (
            <Part>
              <SeriesOf session={session} />
            </Part>
          )}
          <NotesBefore session={session} />
          <History session={session} />
        </aside>
      </div>
    </>
  );
}

function Facts({
  session: { cohortId, startsAt, endsAt, kind, people, link, status, cycle, series },
}: {
  session: MentoringSession;
}) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  return (
    <div className="row wrap g16 mt4">
      <span className="row g4">
        <Icon of={IconClock} size={16} />
        <b>
          <span className={classes.dayName}>{formatLongDay(startsAt, zone, locale, now)}</span>,{' '}
          <TimeRange startsAt={startsAt} endsAt={endsAt} />
        </b>
        <span className="t3">{zone}</span>
      </span>
      {kind && <span>{t(`kinds.${kind}`)}</span>}
      {link && status === 'scheduled' && (
        <a className="link row g4" href={link} target="_blank" rel="noreferrer noopener">
          <Icon of={IconVideo} size={16} />
          {t('session.join')}
        </a>
      )}
      {cycle && (
        <Link
          className="link row g4"
          to="/c/$cohortId/coaching/cycles/$cycleId"
          params={{ cohortId, cycleId: cycle.id }}
          title={cycle.goal}
        >
          <Icon of={IconProgress} size={16} />
          {t('session.cycle', { number: cycle.number, of: cycle.of })}
        </Link>
      )}
      {series && (
        <a className="link row g4" href="#series">
          <Icon of={IconRepeat} size={16} />
          {t('repeat.place', { number: series.number, of: series.of })}
        </a>
      )}
      <AvatarRow people={people} />
    </div>
  );
}

/** Said above all else when the session is not to come any more. */
function Outcome({
  session: { status, cancelReason, cancelledLate, endsAt, abilities },
}: {
  session: MentoringSession;
}) {
  const { t } = useTranslation('coaching');
  const now = useNow();
  if (status === 'cancelled') {
    const words = cancelledLate ? 'outcome.cancelledLate' : 'outcome.cancelled';
    return <Box tone="alert">{t(words, { reason: cancelReason ?? '' })}</Box>;
  }
  if (status === 'held') return <Box tone="ok">{t('outcome.held')}</Box>;
  if (status === 'no_show') return <Box tone="wait">{t('outcome.no_show')}</Box>;
  if (abilities.complete && Date.parse(endsAt) <= now) return <Box tone="wait">{t('outcome.open')}</Box>;
  return null;
}

function Box({ tone, children }: { tone: 'ok' | 'wait' | 'alert'; children: string }) {
  return (
    <div className="mt16">
      <Notice tone={tone}>{children}</Notice>
    </div>
  );
}

function Need({ session: { need, bookedBy, people, history } }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const at = history[0]?.at;
  const name = people.find((person) => person.id === bookedBy)?.name ?? t('session.staff');
  return (
    <Group
      className=""
      title={t('session.need')}
      right={at && t('session.asked', { name, when: formatRelative(at, zone, locale, now) })}
    >
      <p className={`${classes.need} mt12`}>{need}</p>
    </Group>
  );
}

/** Every move of it, oldest first. Nothing to tell while it is as it was booked. */
function History({ session: { history, people } }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  if (history.length < 2) return null;
  return (
    <Group className="" title={t('session.history')}>
      <ol className="list tight">
        {history.map((entry) => (
          <li key={`${entry.at} ${entry.act}`}>
            <div className="grow">
              {t(`history.${entry.act}`, {
                name: people.find((person) => person.id === entry.byId)?.name ?? t('session.staff'),
                from: entry.fromCoach?.name ?? '',
                coach: entry.toCoach?.name ?? '',
                to: entry.to ? dayAndTime(entry.to, zone, locale, now) : '',
              })}
              <div className="xs t3">{formatRelative(entry.at, zone, locale, now)}</div>
            </div>
          </li>
        ))}
      </ol>
    </Group>
  );
}
