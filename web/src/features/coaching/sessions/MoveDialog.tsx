import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession, Slot } from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatDayHead, formatTime } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { SlotButton } from '../../../ui/times/SlotButton';
import classes from '../coaching.module.css';
import { coachingKeys, keepSession, useSlots } from '../queries';
import { NextSlots } from '../booking/Refused';
import { dayAndTime } from './session-words';
import { byDay } from '../booking/slot-days';

const DAYS = 30;
const DAYS_AT_ONCE = 4;
const MINUTE = 60_000;

interface MoveDialogProps {
  session: MentoringSession;
  opened: boolean;
  onClose: () => void;
}

/** Chooses another free time of the same coach, of the same length. */
export function MoveDialog({ session, opened, onClose }: MoveDialogProps) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Slot | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { cohortId, id, revision, startsAt } = session;
  const move = async () => {
    if (!chosen) throw new Problem(0, 'choose_time');
    setProblem(null);
    try {
      const body = { startsAt: chosen.startsAt, revision };
      keepSession(client, await api.post<MentoringSession>(`/cohorts/${cohortId}/sessions/${id}/reschedule`, body));
      setChosen(null);
    } catch (error) {
      setProblem(error);
      void client.invalidateQueries({ queryKey: coachingKeys.slots(cohortId) });
      void client.invalidateQueries({ queryKey: coachingKeys.session(cohortId, id) });
      throw error;
    }
  };
  const when = chosen ? dayAndTime(chosen.startsAt, zone, locale, now) : '';
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('move.ask', { when: dayAndTime(startsAt, zone, locale, now) })}
      act={chosen ? t('move.to', { when }) : t('move.choose')}
      keep={t('move.keep')}
      danger={false}
      ns="coaching"
      onConfirm={move}
    >
      <p>{t('move.then')}</p>
      <NextSlots problem={problem} onChoose={setChosen} />
      {opened && <Times session={session} chosen={chosen} onChoose={setChosen} />}
    </ConfirmDialog>
  );
}

function Times({
  session,
  chosen,
  onChoose,
}: {
  session: MentoringSession;
  chosen: Slot | null;
  onChoose: (slot: Slot) => void;
}) {
  const { t } = useTranslation('coaching');
  const zone = useZone();
  const locale = useLocale();
  const now = useNow();
  const [shown, setShown] = useState(DAYS_AT_ONCE);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString();
  const range = useMemo(() => {
    const first = Temporal.PlainDate.from(today);
    const at = (date: Temporal.PlainDate) => date.toZonedDateTime(zone).toInstant().toString();
    return { from: at(first), to: at(first.add({ days: DAYS })) };
  }, [today, zone]);
  const minutes = (Date.parse(session.endsAt) - Date.parse(session.startsAt)) / MINUTE;
  const slots = useSlots(session.cohortId, { ...range, coachId: session.coachId, minutes });
  return (
    <QueryBoundary query={slots} ns="coaching">
      {(data) => {
        const days = byDay({ slots: data.slots }, zone, Temporal.PlainDate.from(today), DAYS).filter(
          (day) => day.free > 0,
        );
        if (days.length === 0) return <p className="mt16">{t('move.none')}</p>;
        return (
          <>
            {days.slice(0, shown).map((day) => {
              const times = day.coaches.flatMap((one) => one.slots);
              return (
                <div key={day.date} className="mt16">
                  <p className="bold">{times[0] && formatDayHead(times[0].startsAt, zone, locale, now)}</p>
                  <div className={`${classes.slots} mt8`}>
                    {times.map((slot) => (
                      <SlotButton
                        key={slot.startsAt}
                        label={formatTime(slot.startsAt, zone, locale)}
                        chosen={slot.startsAt === chosen?.startsAt}
                        onClick={() => onChoose(slot)}
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
          </>
        );
      }}
    </QueryBoundary>
  );
}
