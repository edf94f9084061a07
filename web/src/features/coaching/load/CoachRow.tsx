import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HiddenSlot, Slot, Slots } from '../../../../../src/contracts/mentoring/mentoring';
import { useLocale, useZone } from '../../../time/clock';
import { formatDate, formatTime } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { Icon } from '../../../ui/Icon';
import { PersonName } from '../../../ui/people/PersonName';
import { SlotButton } from '../../../ui/times/SlotButton';
import classes from '../coaching.module.css';
import { reasonIcons } from '../booking/reasons';
import type { CoachDay } from '../booking/slot-days';

interface CoachRowProps {
  cohortId: string;
  coach: Slots['people'][number] | undefined;
  day: CoachDay;
  withHidden: boolean;
  chosen: Slot | null;
  onChoose: (slot: Slot) => void;
}

/** A coach on one day: free hours, and why the others are not offered. */
export function CoachRow({ cohortId, coach, day, withHidden, chosen, onChoose }: CoachRowProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const listId = useId();
  const isChosen = (slot: Slot) => chosen?.coachId === slot.coachId && chosen.startsAt === slot.startsAt;
  return (
    <div className={classes.coachrow}>
      <div className={classes.who}>
        <Avatar id={day.coachId} name={coach?.name ?? ''} url={coach?.avatarUrl} size={32} />
        <div>
          <PersonName person={coach} cohortId={cohortId} className="bold" />
          <div className="t2">{coach?.gives.slice(0, 3).join(', ')}</div>
        </div>
      </div>
      <div className={classes.slots}>
        {day.slots.map((slot) => {
          const time = formatTime(slot.startsAt, zone, locale);
          return (
            <SlotButton
              key={slot.startsAt}
              label={time}
              aria-label={t('slots.one', { time, name: coach?.name ?? '' })}
              chosen={isChosen(slot)}
              onClick={() => onChoose(slot)}
            />
          );
        })}
        {day.slots.length === 0 && <span className="t3">{t('slots.none')}</span>}
      </div>
      <div>
        {withHidden && day.hidden.length > 0 && (
          <Button
            className={classes.more}
            variant="subtle"
            size="sm"
            aria-expanded={open}
            aria-controls={listId}
            rightSection={<Icon of={open ? IconChevronUp : IconChevronDown} size={16} />}
            onClick={() => setOpen(!open)}
          >
            {t('slots.hidden', { count: day.hidden.length })}
          </Button>
        )}
      </div>
      {withHidden && open && (
        <ul className={classes.hid} id={listId}>
          {day.hidden.map((slot) => (
            <Hidden key={slot.startsAt} slot={slot} name={coach?.name ?? ''} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Hidden({ slot, name }: { slot: HiddenSlot; name: string }) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const until = slot.until ? formatTime(slot.until, zone, locale) : 'none';
  const short = name.split(' ')[0];
  return (
    <li>
      <span>{formatTime(slot.startsAt, zone, locale)}</span>
      <Icon of={reasonIcons[slot.reason]} size={16} />
      <span>
        {slot.awayUntil
          ? t('hidden.away', { name: short, date: formatDate(slot.awayUntil, locale) })
          : t(`hidden.${slot.reason}`, { name: short, until, closed: slot.closed?.name ?? 'none' })}
      </span>
    </li>
  );
}
