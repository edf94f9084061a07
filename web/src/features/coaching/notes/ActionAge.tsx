import { useTranslation } from 'react-i18next';
import type { ActionItem } from '../../../../../src/contracts/mentoring/mentoring';
import { useLocale, useZone } from '../../../time/clock';
import { formatDate } from '../../../time/format';
import classes from '../coaching.module.css';
import { daysSince } from '../sessions/session-words';

/** How old an open action is and when it is due; late ones stand out. A done one says when. */
export function ActionAge({ action, now }: { action: ActionItem; now: number }) {
  const { t } = useTranslation('coaching');
  const locale = useLocale();
  const zone = useZone();
  const { state, createdAt, doneAt, dueOn } = action;
  if (state === 'dropped') return <span>{t('actions.dropped')}</span>;
  if (state === 'done') {
    const date = Temporal.Instant.from(doneAt ?? createdAt)
      .toZonedDateTimeISO(zone)
      .toPlainDate()
      .toString();
    return <span>{t('actions.doneOn', { date: formatDate(date, locale) })}</span>;
  }
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString();
  const late = dueOn !== null && dueOn < today;
  const age = t('actions.age', { days: daysSince(createdAt, zone, now) });
  if (dueOn === null) return <span>{age}</span>;
  const due = t(late ? 'actions.late' : 'actions.due', { date: formatDate(dueOn, locale) });
  return (
    <span className={late ? classes.late : undefined}>
      {age}, {due}
    </span>
  );
}
