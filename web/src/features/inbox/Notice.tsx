import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import {
  IconAlertCircle,
  IconAt,
  IconBook2,
  IconCalendarCheck,
  IconCalendarX,
  IconCheck,
  IconClock,
  IconFileText,
  IconFlag,
  IconHash,
  IconHelpHexagon,
  IconMail,
  IconMessage,
  IconProgress,
  IconShieldLock,
  IconTargetArrow,
  IconTicket,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../api/types';
import { useLocale, useZone } from '../../time/clock';
import { formatAbsolute, formatShortDay, formatTime, isSameDay } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { beforeWhy, isUnread } from './inbox';
import classes from './inbox.module.css';
import { Why } from './Why';

const icons: Record<Notification['kind'], TablerIcon> = {
  'workshop.reminder': IconClock,
  'workshop.moved': IconCalendarCheck,
  'workshop.cancelled': IconCalendarX,
  'workshop.promoted': IconTicket,
  'workshop.offered': IconTicket,
  'workshop.lapsed': IconTicket,
  'workshop.left': IconTicket,
  'workshop.host_left': IconCalendarX,
  'workshop.hosting': IconCalendarCheck,
  'workshop.hosting_ended': IconCalendarX,
  'workshop.message': IconMessage,
  'workshop.materials': IconFileText,
  'workshop.registered': IconTicket,
  'workshop.added': IconTicket,
  'session.reminder': IconClock,
  'wish.planned': IconCalendarCheck,
  'session.booked': IconCalendarCheck,
  'session.moved': IconCalendarCheck,
  'session.handed_over': IconCalendarCheck,
  'action.dropped': IconCalendarX,
  'session.cancelled': IconCalendarX,
  'request.asked': IconHelpHexagon,
  'request.passed': IconHelpHexagon,
  'request.question': IconHelpHexagon,
  'request.told': IconHelpHexagon,
  'request.accepted': IconHelpHexagon,
  'request.declined': IconHelpHexagon,
  'request.withdrawn': IconHelpHexagon,
  'request.reminder': IconClock,
  'cycle.started': IconProgress,
  'cycle.moved': IconProgress,
  'cycle.ended': IconProgress,
  'cycle.note': IconProgress,
  'cycle.reminder': IconClock,
  'goal.set': IconTargetArrow,
  'slot.free': IconCalendarCheck,
  'milestone.reminder': IconFlag,
  'phase.reminder': IconFlag,
  'residency.reminder': IconFlag,
  'letter.reminder': IconMail,
  'workshop.feedback': IconMessage,
  'session.notes': IconMessage,
  'action.reminder': IconClock,
  'topic.reminder': IconHelpHexagon,
  'contact.reminder': IconClock,
  'topic.replied': IconHelpHexagon,
  'topic.opened': IconHelpHexagon,
  'topic.asked': IconHelpHexagon,
  'topic.answered': IconHelpHexagon,
  'topic.thanked': IconHelpHexagon,
  'handbook.copied': IconBook2,
  'commons.asked': IconHelpHexagon,
  'commons.replied': IconHelpHexagon,
  'commons.flagged': IconAlertCircle,
  'forum.mentioned': IconAt,
  'chat.mentioned': IconAt,
  'chat.direct': IconMessage,
  'chat.watched': IconHash,
  'chat.reminder': IconClock,
  'channel.added': IconHash,
  'note.self': IconClock,
  'forum.bookmark': IconClock,
  'message.unsent': IconAlertCircle,
  'webhook.stopped': IconAlertCircle,
  'reminder.trial': IconClock,
  'application.message': IconMessage,
  'project.asked': IconHelpHexagon,
  'report.opened': IconAlertCircle,
  'report.closed': IconAlertCircle,
  'post.flagged': IconAlertCircle,
  'post.hidden': IconAlertCircle,
  'post.settled': IconAlertCircle,
  'flag.answered': IconAlertCircle,
  'cohort.closed': IconAlertCircle,
  'mail.stopped': IconAlertCircle,
  'mail.unreachable': IconAlertCircle,
  'operation.alert': IconAlertCircle,
  'operation.over': IconCheck,
  'account.security': IconShieldLock,
};

/** What kind of thing happened. */
export function NoticeIcon({ kind }: Pick<Notification, 'kind'>) {
  return (
    <span className={classes.icon}>
      <Icon of={icons[kind]} />
    </span>
  );
}

/** What is inside the line of one notice: what happened, the reason it came to me, when. */
export function Notice({ notice, onOpen }: { notice: Notification; onOpen: () => void }) {
  const { t } = useTranslation('inbox');
  const zone = useZone();
  const locale = useLocale();
  const isNew = isUnread(notice);
  const { at, createdAt } = notice;
  const { pathname, searchParams, hash } = new URL(notice.link, window.location.origin);
  return (
    <>
      <div className="grow">
        <Link
          className="title"
          to={pathname}
          search={Object.fromEntries(searchParams) as never}
          hash={hash.slice(1)}
          onClick={onOpen}
        >
          {notice.title}
        </Link>
        {isNew && <VisuallyHidden>{t('new')}</VisuallyHidden>}
        <div className="t3">
          {beforeWhy(notice.body)}
          <Why notice={notice} />
        </div>
        {!isSameDay(createdAt, zone, Date.parse(at)) && (
          <div className="t3">{t('told', { day: formatShortDay(createdAt, zone, locale) })}</div>
        )}
      </div>
      <time className="t3 nowrap" dateTime={at} title={formatAbsolute(at, zone, locale)}>
        {formatTime(at, zone, locale)}
      </time>
    </>
  );
}
