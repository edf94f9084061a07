import { IconCalendarEvent, IconMessageCircleQuestion, IconMessages } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PersonCard, SessionCard, TopicCard } from '../../../../src/contracts/bridges/link-cards';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatShortDay } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { State } from '../../ui/page/State';
import { Avatar } from '../../ui/people/Avatar';
import { TimeRange } from '../../ui/times/When';
import { TopicState } from '../forum/TopicState';
import classes from './LinkCards.module.css';

/** A topic that is linked to: what it asks, who asks, and where it stands. */
export function TopicOfLink({ topic }: { topic: TopicCard }) {
  const { t } = useTranslation('cards');
  const { cohortId, id: topicId, title, kind, author, replies } = topic;
  return (
    <Link className={classes.card} to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId }}>
      <Icon of={kind === 'question' ? IconMessageCircleQuestion : IconMessages} className={classes.icon} />
      <span className={classes.words}>
        <b className={classes.title}>{title}</b>
        <span className={classes.facts}>
          <span>{t(`topic.${kind}`, { name: author.name || t('common:formerMember') })}</span>
          {replies > 0 && <span>{t('topic.replies', { count: replies })}</span>}
          {kind === 'question' && topic.state !== 'open' && (
            <span>
              <TopicState topic={topic} />
            </span>
          )}
        </span>
      </span>
    </Link>
  );
}

/** A session that is linked to: who meets when. */
export function SessionOfLink({ session }: { session: SessionCard }) {
  const { t } = useTranslation('cards');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const { cohortId, id: sessionId, coaches, fellows, startsAt, endsAt, status } = session;
  const names = [...coaches, ...fellows].map(({ name }) => name || t('common:formerMember'));
  return (
    <Link className={classes.card} to="/c/$cohortId/coaching/sessions/$sessionId" params={{ cohortId, sessionId }}>
      <Icon of={IconCalendarEvent} className={classes.icon} />
      <span className={classes.words}>
        <b className={classes.title}>{t('session.of', { names: new Intl.ListFormat(locale).format(names) })}</b>
        <span className={classes.facts}>
          <span>
            {formatShortDay(startsAt, zone, locale, now)}, <TimeRange startsAt={startsAt} endsAt={endsAt} />
          </span>
          {status !== 'scheduled' && <State tone={status === 'held' ? 'ok' : 'alert'}>{t(`session.${status}`)}</State>}
        </span>
      </span>
    </Link>
  );
}

/** A person who is linked to. */
export function PersonOfLink({ person }: { person: PersonCard }) {
  const { t } = useTranslation();
  const { cohortId, id: userId, name, avatarUrl, role, craft } = person;
  return (
    <Link className={classes.card} to="/c/$cohortId/people/$userId" params={{ cohortId, userId }}>
      <Avatar id={userId} name={name} url={avatarUrl} size={40} />
      <span className={classes.words}>
        <b className={classes.title}>{name}</b>
        <span className={classes.facts}>
          <span>{t(`roles.${role}`)}</span>
          {craft && <span>{t(`crafts.${craft}`)}</span>}
        </span>
      </span>
    </Link>
  );
}
