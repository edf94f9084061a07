import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionByLink } from '../../../../../src/contracts/mentoring/session-links';
import { useLocale, useNow } from '../../../time/clock';
import { formatDayHead, formatTime } from '../../../time/format';
import { SlotButton } from '../../../ui/times/SlotButton';
import classes from '../coaching.module.css';
import { NextSlots } from './Refused';
import { dayAndTime } from '../sessions/session-words';
import { byDay } from './slot-days';

const DAYS = 62;
const DAYS_AT_ONCE = 4;

interface LinkTimesProps {
  session: SessionByLink;
  problem: unknown;
  onMove: (startsAt: string) => Promise<void>;
}

/** The times to which the session can move: the coach is free, and so are all who come. In the zone of whom the link was sent to. */
export function LinkTimes({ session: { slots, timeZone, with: name }, problem, onMove }: LinkTimesProps) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const now = useNow();
  const [shown, setShown] = useState(DAYS_AT_ONCE);
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const days = byDay({ slots }, timeZone, today, DAYS).filter((day) => day.free > 0);
  const move = async (startsAt: string) => {
    setBusy(true);
    await onMove(startsAt).finally(() => setBusy(false));
  };
  if (days.length === 0) return <p>{t('link.none', { name })}</p>;
  return (
    <div>
      <NextSlots problem={problem} onChoose={(slot) => setChosen(slot.startsAt)} />
      {days.slice(0, shown).map((day) => {
        const times = day.coaches.flatMap((one) => one.slots);
        return (
          <div key={day.date} className="mt16">
            <p className="bold">{times[0] && formatDayHead(times[0].startsAt, timeZone, locale, now)}</p>
            <div className={`${classes.slots} mt8`}>
              {times.map((slot) => (
                <SlotButton
                  key={slot.startsAt}
                  label={formatTime(slot.startsAt, timeZone, locale)}
                  chosen={slot.startsAt === chosen}
                  onClick={() => setChosen(slot.startsAt)}
                />
              ))}
            </div>
          </div>
        );
      })}
      {days.length > shown && (
        <Button mt="md" size="sm" onClick={() => setShown(shown + DAYS_AT_ONCE)}>
          {t('slots.moreDays')}
        </Button>
      )}
      {chosen && (
        <Button mt="md" variant="filled" size="lg" fullWidth loading={busy} onClick={() => void move(chosen)}>
          {t('link.moveTo', { when: dayAndTime(chosen, timeZone, locale, now) })}
        </Button>
      )}
    </div>
  );
}
