import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session';
import { useNow, useZone } from '../../../time/clock';
import { dayOf } from '../../../time/format';
import { Group } from '../../../ui/page/Group';
import { useAvailability, useSessions } from '../queries';

/** A coach's sessions of this week, today and next week beside the limits they set themselves. */
export function MyLoad({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const zone = useZone();
  const now = useNow();
  const availability = useAvailability(cohortId, me.id);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const at = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant().toString();
  const sessions = useSessions(cohortId, { from: at(monday), to: at(monday.add({ days: 14 })) });
  if (!availability.data || !sessions.data) return null;
  const days = sessions.data.filter((one) => one.status !== 'cancelled').map((one) => dayOf(one.startsAt, zone));
  const within = (first: Temporal.PlainDate, length: number) =>
    days.filter((day) => {
      const away = first.until(day).days;
      return away >= 0 && away < length;
    }).length;
  return (
    <Group
      className=""
      title={t('load.title')}
      right={
        <Link className="link" to="/c/$cohortId/coaching/availability" params={{ cohortId }}>
          {t('load.change')}
        </Link>
      }
    >
      <p className="mt12">
        {t('load.now', {
          week: within(monday, 7),
          mostWeek: availability.data.maxPerWeek,
          today: within(today, 1),
          mostToday: availability.data.maxPerDay,
        })}
      </p>
      <p className="t2 mt4">{t('load.next', { count: within(monday.add({ days: 7 }), 7) })}</p>
    </Group>
  );
}
