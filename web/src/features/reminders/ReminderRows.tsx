import { ActionIcon } from '@mantine/core';
import {
  IconAlertCircle,
  IconBell,
  IconCheck,
  IconClock,
  IconDotsVertical,
  IconMail,
  IconX,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reminder } from '../../../../src/contracts/reminders/reminders';
import { useLocale, useNow, useZone } from '../../time/clock';
import { daysAway, formatDayHead, formatRelative, formatShortDay, formatTime } from '../../time/format';
import { Avatar } from '../../ui/people/Avatar';
import { Icon } from '../../ui/Icon';
import { PersonName } from '../../ui/people/PersonName';
import { State, type Tone } from '../../ui/page/State';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { useLadder } from './ladder/queries';
import { useRungWords } from './ladder/rung-words';
import classes from './reminders.module.css';

const ReminderDialog = lazyPart(() => import('./ReminderDialog'));

const NOON = 'T12:00:00Z';

interface ReminderDay {
  day: string;
  /** How many there are on this day, more than are loaded perhaps. */
  count: number;
  reminders: Reminder[];
}

/** All that goes out on some days: when in the person's zone, who, why, how, and what became of it. */
export function ReminderRows({ cohortId, days }: { cohortId: string; days: readonly ReminderDay[] }) {
  const { t } = useTranslation('reminders');
  const locale = useLocale();
  const now = useNow();
  const [open, setOpen] = useState<Reminder | null>(null);
  return (
    <>
      <table className={classes.rows}>
        <thead>
          <tr>
            {(['when', 'who', 'why', 'channel', 'state'] as const).map((head) => (
              <th key={head} scope="col">
                {t(`heads.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        {days.map(({ day, count, reminders }) => (
          <tbody key={day}>
            <tr className={classes.day}>
              <th colSpan={5} scope="rowgroup">
                {formatDayHead(day + NOON, 'UTC', locale, now)} <span className="num">{count}</span>
              </th>
            </tr>
            {reminders.map((reminder) => (
              <ReminderRow key={reminder.id} cohortId={cohortId} reminder={reminder} onOpen={() => setOpen(reminder)} />
            ))}
          </tbody>
        ))}
      </table>
      {open && (
        <Part lost="over">
          <ReminderDialog cohortId={cohortId} reminder={open} onClose={() => setOpen(null)} />
        </Part>
      )}
    </>
  );
}

interface ReminderRowProps {
  cohortId: string;
  reminder: Reminder;
  onOpen: () => void;
}

function ReminderRow({ cohortId, reminder, onOpen }: ReminderRowProps) {
  const { t } = useTranslation('reminders');
  const { person, kind, why, state, channels } = reminder;
  const { nameOf } = useRungWords();
  const title = reminder.subjectTitle || t(`subjects.${reminder.subject.type}`);
  const rung = useLadder(cohortId).data?.rungs.find((one) => one.kind === kind);
  return (
    <tr data-gone={state === 'dropped'}>
      <td>
        <When reminder={reminder} />
      </td>
      <td>
        <span className={`row ${classes.who}`}>
          <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={24} />
          {reminder.subject.type === 'invitation' || reminder.subject.type === 'guest' ? (
            <span className="med">{person.name}</span>
          ) : (
            <PersonName person={person} cohortId={cohortId} className="med" />
          )}
        </span>
      </td>
      <td>
        <SubjectLink cohortId={cohortId} subject={reminder.subject}>
          {title}
        </SubjectLink>
        <span className={classes.sub}>{[rung && nameOf(rung), t(`why.${why}`)].filter(Boolean).join(' · ')}</span>
      </td>
      <td>
        <span className={classes.channels}>
          {channels.map((channel) => (
            <span key={channel} className="row g4">
              <Icon of={channel === 'mail' ? IconMail : IconBell} size={16} />
              {t(`channels.${channel}`)}
            </span>
          ))}
        </span>
      </td>
      <td>
        <span className={classes.last}>
          <span className="grow">
            <WhatBecame reminder={reminder} />
          </span>
          <ActionIcon size="sm" aria-label={t('detail.open', { title, name: person.name })} onClick={onOpen}>
            <Icon of={IconDotsVertical} size={16} />
          </ActionIcon>
        </span>
      </td>
    </tr>
  );
}

/** The hour on the person's own clock; below it how soon, or what my clock says where theirs differs. */
function When({ reminder: { dueAt, person } }: { reminder: Reminder }) {
  const { t } = useTranslation('reminders');
  const locale = useLocale();
  const zone = useZone();
  const now = useNow();
  const mine = formatTime(dueAt, zone, locale);
  const theirs = formatTime(dueAt, person.timeZone, locale);
  const otherDay =
    daysAway(dueAt, zone, now) !== daysAway(dueAt, person.timeZone, now)
      ? formatShortDay(dueAt, person.timeZone, locale, now)
      : '';
  const isElsewhere = person.timeZone !== zone;
  return (
    <>
      <b>
        <time dateTime={dueAt}>{[otherDay, theirs].filter(Boolean).join(', ')}</time>
      </b>
      {isElsewhere && (
        <span className={classes.small}>
          {t(theirs === mine ? 'sameHour' : 'otherHour', { zone: person.timeZone, here: mine })}
        </span>
      )}
      {!isElsewhere && daysAway(dueAt, zone, now) === 0 && (
        <span className={classes.small}>{formatRelative(dueAt, zone, locale, now)}</span>
      )}
    </>
  );
}

const STATES: Record<Reminder['state'], { icon: TablerIcon; tone?: Tone }> = {
  planned: { icon: IconClock },
  sending: { icon: IconClock },
  handing: { icon: IconClock },
  sent: { icon: IconCheck, tone: 'ok' },
  dropped: { icon: IconX },
  failed: { icon: IconAlertCircle, tone: 'alert' },
};

/** Its state, what it waits for, and why it was not sent. */
export function WhatBecame({
  reminder: { state, because, held },
}: {
  reminder: Pick<Reminder, 'state' | 'because' | 'held'>;
}) {
  const { t } = useTranslation('reminders');
  const { icon, tone } = STATES[state];
  return (
    <>
      <State icon={icon} tone={tone}>
        {t(`states.${state}`)}
      </State>
      {because && state !== 'planned' && <span className={classes.sub}>{t(`because.${because}`)}</span>}
      {held && state === 'planned' && <span className={classes.sub}>{t(`held.${held.by}`)}</span>}
    </>
  );
}

interface SubjectLinkProps {
  cohortId: string;
  subject: Reminder['subject'];
  children: ReactNode;
}

/** Leads to what a reminder is about. */
export function SubjectLink({ cohortId, subject: { type, id }, children }: SubjectLinkProps) {
  if (type === 'workshop' || type === 'feedback') {
    return (
      <Link className="title" to="/c/$cohortId/workshops/$workshopId" params={{ cohortId, workshopId: id }}>
        {children}
      </Link>
    );
  }
  if (type === 'session' || type === 'notes') {
    return (
      <Link className="title" to="/c/$cohortId/coaching/sessions/$sessionId" params={{ cohortId, sessionId: id }}>
        {children}
      </Link>
    );
  }
  if (type === 'guest' || type === 'offer') {
    return (
      <Link className="title" to="/c/$cohortId/workshops" params={{ cohortId }}>
        {children}
      </Link>
    );
  }
  if (type === 'invitation') {
    return (
      <Link className="title" to="/c/$cohortId/people" params={{ cohortId }}>
        {children}
      </Link>
    );
  }
  if (type === 'topic') {
    return (
      <Link className="title" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId: id }}>
        {children}
      </Link>
    );
  }
  if (type === 'action' || type === 'contact') {
    return (
      <Link className="title" to="/c/$cohortId/coaching" params={{ cohortId }}>
        {children}
      </Link>
    );
  }
  if (type === 'request') {
    return (
      <Link className="title" to="/c/$cohortId/coaching/requests/$requestId" params={{ cohortId, requestId: id }}>
        {children}
      </Link>
    );
  }
  if (type === 'cycle') {
    return (
      <Link className="title" to="/c/$cohortId/coaching/cycles/$cycleId" params={{ cohortId, cycleId: id }}>
        {children}
      </Link>
    );
  }
  return (
    <Link className="title" to="/c/$cohortId/calendar" params={{ cohortId }}>
      {children}
    </Link>
  );
}
