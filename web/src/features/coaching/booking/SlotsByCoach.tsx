import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot, Slots } from '../../../../../src/contracts/mentoring/mentoring';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatDayHead, formatTime } from '../../../time/format';
import { Avatar } from '../../../ui/people/Avatar';
import { Empty } from '../../../ui/page/Empty';
import { Group } from '../../../ui/page/Group';
import { SlotButton } from '../../../ui/times/SlotButton';
import classes from '../coaching.module.css';
import { WatchButton } from '../load/FullCoaches';
import { type CoachSlots, byCoach } from './slot-coaches';
import type { PartOfDay } from './slot-days';

const DAYS_AT_ONCE = 3;

interface SlotsByCoachProps {
  cohortId: string;
  data: Slots;
  part: PartOfDay;
  /** Whether who has nothing is full, and not only without a slot of this choice. */
  canWatch: boolean;
  chosen: Slot | null;
  onChoose: (slot: Slot) => void;
}

/** All slots of each coach together: who is free next first, who is full last. */
export function SlotsByCoach({ cohortId, data, part, canWatch, chosen, onChoose }: SlotsByCoachProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const { people, slots } = data;
  const ids = useMemo(() => people.map((person) => person.id), [people]);
  const coaches = useMemo(() => byCoach(slots, ids, zone, part), [slots, ids, zone, part]);
  if (people.length === 0) return <Empty title={t('empty.coaches.title')}>{t('empty.coaches.what')}</Empty>;
  return (
    <div className="mt16">
      {coaches.map((coach) => (
        <OneCoach
          key={coach.coachId}
          cohortId={cohortId}
          coach={coach}
          person={people.find((person) => person.id === coach.coachId)}
          canWatch={canWatch}
          chosen={chosen}
          onChoose={onChoose}
        />
      ))}
    </div>
  );
}

interface OneCoachProps extends Pick<SlotsByCoachProps, 'cohortId' | 'canWatch' | 'chosen' | 'onChoose'> {
  coach: CoachSlots;
  person: Slots['people'][number] | undefined;
}

function OneCoach({ cohortId, coach, person, canWatch, chosen, onChoose }: OneCoachProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const [shown, setShown] = useState(DAYS_AT_ONCE);
  const name = person?.name ?? '';
  return (
    <Group title={name} right={t('slots.free', { count: coach.free })}>
      <div className={`${classes.who} mt12`}>
        <Avatar id={coach.coachId} name={name} url={person?.avatarUrl} size={32} />
        <span className="t2">{person?.gives.slice(0, 3).join(', ')}</span>
      </div>
      {coach.free === 0 && (
        <div className="row wrap mt12">
          <p className="t2">{t(canWatch ? 'slots.full' : 'slots.none')}</p>
          {canWatch && <WatchButton cohortId={cohortId} coachId={coach.coachId} name={name} />}
        </div>
      )}
      {coach.days.slice(0, shown).map((day) => (
        <div key={day.date} className="mt12">
          <p className="t2">{day.slots[0] && formatDayHead(day.slots[0].startsAt, zone, locale, now)}</p>
          <div className={`${classes.slots} mt4`}>
            {day.slots.map((slot) => {
              const time = formatTime(slot.startsAt, zone, locale);
              return (
                <SlotButton
                  key={slot.startsAt}
                  label={time}
                  aria-label={t('slots.one', { time, name })}
                  chosen={chosen?.coachId === slot.coachId && chosen.startsAt === slot.startsAt}
                  onClick={() => onChoose(slot)}
                />
              );
            })}
          </div>
        </div>
      ))}
      {coach.days.length > shown && (
        <Button
          mt="sm"
          size="sm"
          aria-label={t('slots.moreDaysOf', { name })}
          onClick={() => setShown(shown + 2 * DAYS_AT_ONCE)}
        >
          {t('slots.moreDays')}
        </Button>
      )}
    </Group>
  );
}
