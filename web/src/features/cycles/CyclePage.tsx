import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cycle } from '../../../../src/contracts/mentoring/cycles';
import { useMe } from '../../api/session';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatDate } from '../../time/format';
import { Avatar } from '../../ui/people/Avatar';
import { ButtonLink } from '../../ui/ButtonLink';
import { Group } from '../../ui/page/Group';
import { PageHeader } from '../../ui/page/PageHeader';
import { PersonName } from '../../ui/people/PersonName';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Notice, State } from '../../ui/page/State';
import { When } from '../../ui/times/When';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { dayAndTime } from '../coaching/sessions/session-words';
import { ClosingNoteOf } from './ClosingNoteOf';
import { otherOf, timeOf } from './cycle-words';
import { CycleState, useToday } from './CycleState';
import classes from './cycles.module.css';
import { useCycle, useLiveCycles } from './queries';
import { Steps } from './Steps';

const EndDialog = lazyPart(() => import('./EndDialog'));

/** One cycle: what for, how far of four, how much time is left, its closing note, and what one may do. */
export default function CyclePage() {
  const { cohortId, cycleId } = useParams({ from: '/shell/c/$cohortId/coaching/cycles/$cycleId' });
  useLiveCycles(cohortId);
  return (
    <div className="page">
      <QueryBoundary query={useCycle(cohortId, cycleId)}>
        {(cycle) => <CycleView key={cycle.id} cycle={cycle} />}
      </QueryBoundary>
    </div>
  );
}

function CycleView({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const me = useMe();
  const { cohortId, coach, fellow, goal } = cycle;
  const nameOf = ({ name }: { name: string }) => name || t('common:formerMember');
  const other = otherOf(cycle, me.id);
  return (
    <>
      <PageHeader
        title={
          other
            ? t('titleWith', { name: nameOf(other) })
            : t('titleBetween', { coach: nameOf(coach), fellow: nameOf(fellow) })
        }
        crumbs={[
          { label: t('coaching'), link: { to: '/c/$cohortId/coaching', params: { cohortId } } },
          { label: t('title'), link: { to: '/c/$cohortId/coaching/cycles', params: { cohortId } } },
          { label: t('crumb') },
        ]}
        lead={
          <div className="row wrap g16 mt8">
            <Steps cycle={cycle} />
            <CycleState cycle={cycle} />
          </div>
        }
      >
        <Acts cycle={cycle} />
      </PageHeader>
      <Standing cycle={cycle} />
      <div className="two wide">
        <div>
          <Group className="" title={t('goal')}>
            <p className={`${classes.goal} mt12`}>{goal}</p>
          </Group>
          <ClosingNoteOf cycle={cycle} />
        </div>
        <aside className="side">
          <Sessions cycle={cycle} />
          <Facts cycle={cycle} />
        </aside>
      </div>
    </>
  );
}

function Acts({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const me = useMe();
  const [ending, setEnding] = useState(false);
  const { cohortId, coach, fellow, abilities } = cycle;
  const search = me.id === coach.id ? { for: fellow.id } : { tab: 'slots', coach: coach.id };
  return (
    <>
      {abilities.bookNext && (
        <ButtonLink variant="filled" to="/c/$cohortId/coaching" params={{ cohortId }} search={search as never}>
          {t('bookNext')}
        </ButtonLink>
      )}
      {abilities.close && (
        <Button color="corde" onClick={() => setEnding(true)}>
          {t('end.open')}
        </Button>
      )}
      {ending && (
        <Part lost="over">
          <EndDialog cycle={cycle} onClose={() => setEnding(false)} />
        </Part>
      )}
    </>
  );
}

/** How it ended, or what is to be done about one that should. */
function Standing({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const locale = useLocale();
  const today = useToday();
  const { state, end, held, of, abilities, lapsesOn } = cycle;
  const box = (tone: 'ok' | 'wait', words: string) => (
    <div className="mt16">
      <Notice tone={tone}>{words}</Notice>
    </div>
  );
  if (state === 'completed') return box('ok', t('standing.completed'));
  if (state === 'closed') {
    const name = end?.by?.name || t('common:formerMember');
    return box('wait', t('standing.closed', { name, word: end?.word ?? '' }));
  }
  if (state === 'lapsed') return box('wait', t('standing.lapsed', { held }));
  if (held === of) return box('wait', t(abilities.writeNote ? 'standing.write' : 'standing.written'));
  if (timeOf(cycle, today).kind === 'over') {
    return box('wait', t('standing.over', { day: formatDate(lapsesOn, locale) }));
  }
  return null;
}

/** The four, in their order: when each is or was, and those that are still to be found. Who only reads the note sees none. */
function Sessions({ cycle: { cohortId, sessions, of, held, state } }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  if (sessions.length === 0 && held > 0) return null;
  const free = state === 'open' ? of - sessions.length : 0;
  return (
    <Group className="" title={t('sessions.title')} right={t('sessions.held', { held, of })}>
      {sessions.length === 0 && free === 0 && <p className="t2 mt12">{t('sessions.none')}</p>}
      <ol className="list tight">
        {sessions.map(({ id, number, startsAt, status }) => (
          <li key={id}>
            <span className={classes.step} data-step={status === 'held' ? 'held' : 'booked'} aria-hidden="true">
              {number}
            </span>
            <div className="grow">
              <Link
                className="title"
                to="/c/$cohortId/coaching/sessions/$sessionId"
                params={{ cohortId, sessionId: id }}
              >
                {dayAndTime(startsAt, zone, locale, now)}
              </Link>
            </div>
            {status === 'held' ? (
              <State tone="ok">{t('sessions.status.held')}</State>
            ) : (
              <span className="t2">{t(`sessions.status.${Date.parse(startsAt) > now ? 'booked' : 'unsaid'}`)}</span>
            )}
          </li>
        ))}
        {Array.from({ length: free }, (_, index) => (
          <li key={index}>
            <span className={classes.step} data-step="free" aria-hidden="true">
              {sessions.length + index + 1}
            </span>
            <span className="t3">{t('sessions.free')}</span>
          </li>
        ))}
      </ol>
    </Group>
  );
}

function Facts({ cycle }: { cycle: Cycle }) {
  const { t } = useTranslation('cycles');
  const locale = useLocale();
  const { cohortId, coach, fellow, window, startedById, startedAt } = cycle;
  const dates = { from: formatDate(window.from, locale), until: formatDate(window.until, locale) };
  return (
    <Group title={t('facts.title')} className="">
      <ul className="list tight">
        {(['coach', 'fellow'] as const).map((part) => (
          <li key={part}>
            <Avatar id={cycle[part].id} name={cycle[part].name} url={cycle[part].avatarUrl} size={32} withPresence />
            <div className="grow">
              <span className="t2 xs">{t(`facts.${part}`)}</span>
              <div>
                <PersonName person={cycle[part]} cohortId={cohortId} you className="bold" />
              </div>
            </div>
          </li>
        ))}
        <li>
          <div className="grow">
            <span className="t2 xs">{t('facts.window')}</span>
            <div>{t(window.begun ? 'facts.dates' : 'facts.datesAhead', dates)}</div>
          </div>
        </li>
        <li>
          <div className="grow">
            <span className="t2 xs">{t('facts.started')}</span>
            <div>
              <PersonName person={startedById === coach.id ? coach : fellow} you />, <When at={startedAt} />
            </div>
          </div>
        </li>
      </ul>
    </Group>
  );
}
