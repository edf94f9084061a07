import { Button } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Slot, Slots } from '../../../../../src/contracts/mentoring/mentoring';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatDayHead, formatLongDay } from '../../../time/format';
import { Empty } from '../../../ui/page/Empty';
import { Group } from '../../../ui/page/Group';
import { CoachRow } from '../load/CoachRow';
import { DensityStrip } from '../availability/DensityStrip';
import { byDay, dayOf, isExplained, type PartOfDay, type SlotDay } from './slot-days';

/** As far as a coach may open, the product shows. */
export const DAYS_AHEAD = 60;
const DAYS_AT_ONCE = 7;

interface DaysProps {
  cohortId: string;
  data: Slots;
  first: Temporal.PlainDate;
  part: PartOfDay;
  withHidden: boolean;
  chosen: Slot | null;
  onChoose: (slot: Slot) => void;
}

/** Slots by day, and in a day by coach, the next free first. */
export function SlotDays({ cohortId, data, first, part, withHidden, chosen, onChoose }: DaysProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const [start, setStart] = useState(first.toString());
  const [shown, setShown] = useState(DAYS_AT_ONCE);
  const days = useMemo(() => byDay(data, zone, first, DAYS_AHEAD, part), [data, zone, first, part]);
  const coming = days.filter((day) => day.date >= start && (day.free > 0 || (withHidden && day.hidden > 0)));
  const names = new Map(data.people.map((person) => [person.id, person]));
  const explainedUntil = withHidden ? data.explainedUntil : null;
  const until = explainedUntil ? dayOf(explainedUntil, zone) : null;
  const list = coming.slice(0, shown);
  const isCut = until !== null && list.some((day) => day.date >= until);
  const lastExplained = explainedUntil && isCut ? formatLongDay(explainedUntil, zone, locale) : null;
  const choose = (date: string) => {
    setStart(date);
    setShown(DAYS_AT_ONCE);
  };
  if (data.people.length === 0) return <Empty title={t('empty.coaches.title')}>{t('empty.coaches.what')}</Empty>;
  return (
    <>
      <DensityStrip days={days} from={start} onChoose={choose} />
      {coming.length === 0 && <Empty title={t('empty.slots.title')}>{t('empty.slots.what')}</Empty>}
      {list.map((day) => (
        <Day key={day.date} day={day} withHidden={withHidden && isExplained(day, until)}>
          {day.coaches
            .filter((one) => one.slots.length > 0 || withHidden)
            .map((one) => (
              <CoachRow
                key={one.coachId}
                cohortId={cohortId}
                coach={names.get(one.coachId)}
                day={one}
                withHidden={withHidden}
                chosen={chosen}
                onChoose={onChoose}
              />
            ))}
        </Day>
      ))}
      {lastExplained && <p className="t2 mt12">{t('slots.explained', { date: lastExplained })}</p>}
      {coming.length > shown && (
        <Button mt="md" onClick={() => setShown(shown + DAYS_AT_ONCE)}>
          {t('slots.moreDays')}
        </Button>
      )}
    </>
  );
}

function Day({ day, withHidden, children }: { day: SlotDay; withHidden: boolean; children: ReactNode }) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const noon = Temporal.PlainDate.from(day.date).toZonedDateTime({ timeZone: zone, plainTime: '12:00' });
  const title = formatDayHead(noon.toInstant().toString(), zone, locale, now);
  const right = t(withHidden ? 'slots.both' : 'slots.free', { count: day.free, hidden: day.hidden });
  return (
    <Group title={title} right={right}>
      {children}
    </Group>
  );
}
