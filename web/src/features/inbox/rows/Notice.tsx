import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../../api/types';
import { useMe } from '../../../api/session';
import { useLocale, useZone } from '../../../time/clock';
import { formatAbsolute, formatShortDay, formatTime, isSameDay } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { Avatar } from '../../../ui/people/Avatar';
import { beforeWhy, isUnread } from '../inbox';
import classes from '../inbox.module.css';
import { addressOf } from './address-of';
import { icons } from './icons';
import { WatchState, useWhy } from './Why';

/** Whose act it was, else what kind of thing happened. */
export function NoticeFace({ notice: { by, kind } }: { notice: Notification }) {
  if (by) return <Avatar id={by.id} name={by.name} url={by.avatarUrl} />;
  return (
    <span className={classes.icon}>
      <Icon of={icons[kind]} />
    </span>
  );
}

/** The words of one notice: what happened, and in a second line where, what of it, and the reason it came to me. */
export function Notice({ notice, onOpen }: { notice: Notification; onOpen: () => void }) {
  const { t } = useTranslation('inbox');
  const [zone, locale] = [useZone(), useLocale()];
  const where = useWhere(notice);
  const why = useWhy(notice);
  const { at, createdAt } = notice;
  const told =
    !isSameDay(createdAt, zone, Date.parse(at)) && t('told', { day: formatShortDay(createdAt, zone, locale) });
  const words = [where, beforeWhy(notice.body) + why, told].filter(Boolean).join(' · ');
  return (
    <>
      <Link className="title" {...addressOf(notice)} onClick={onOpen}>
        {notice.title}
      </Link>
      {isUnread(notice) && <VisuallyHidden>{t('new')}</VisuallyHidden>}
      <div className={`t3 ${classes.words}`} title={words}>
        {words}
      </div>
      <WatchState notice={notice} />
    </>
  );
}

/** When it came to where it stands. */
export function NoticeTime({ notice: { at } }: { notice: Notification }) {
  const [zone, locale] = [useZone(), useLocale()];
  return (
    <time className="t3 nowrap" dateTime={at} title={formatAbsolute(at, zone, locale)}>
      {formatTime(at, zone, locale)}
    </time>
  );
}

/** Whoever is in several cohorts reads of which one it is. */
function useWhere({ cohortId }: Notification): string | undefined {
  const { memberships } = useMe();
  return memberships.length > 1 ? memberships.find((one) => one.cohortId === cohortId)?.cohortName : undefined;
}
