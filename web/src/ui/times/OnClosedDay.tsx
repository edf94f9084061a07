import { Button } from '@mantine/core';
import { IconBeach } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClosedDay } from '../../../../src/contracts/cohorts/closed-days';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { useClosedDay } from './closed-days';
import { Notice } from '../page/State';

interface OnClosedDayProps {
  cohortId: string;
  /** The day chosen, `YYYY-MM-DD`; '' while there is none. */
  on: string;
  /** Puts it on another day; without it the fact alone is said. */
  onMove?: (to: string) => void;
}

/** Says before it is saved that a day lies in a pause or is a public holiday: to keep it one saves, to move it there is a button. */
export function OnClosedDay({ cohortId, on, onMove }: OnClosedDayProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = useClosedWords();
  const closed = useClosedDay(cohortId, on);
  // The place is there before its words, so that they are read out.
  if (!closed) return <div role="status" />;
  return (
    <Notice icon={IconBeach}>
      <p>{words(closed)}</p>
      {onMove && (
        <div className="row wrap g8 mt8">
          <span className="t2">{t('common:closed.keep')}</span>
          {closed.next && (
            <Button size="sm" variant="default" onClick={() => onMove(closed.next ?? on)}>
              {t('common:closed.move', { day: formatFullDate(closed.next, locale) })}
            </Button>
          )}
        </div>
      )}
    </Notice>
  );
}

/** "25 December 2026 is closed. Public holiday: Christmas Day". */
export function useClosedWords() {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ on, kind, name }: Pick<ClosedDay, 'on' | 'kind' | 'name'>) =>
    t('common:closed.day', { day: formatFullDate(on, locale), what: t(`common:closed.${kind}`, { name }) });
}

/** What closes each of several days. */
export function ClosedList({ days }: { days: readonly ClosedDay[] }) {
  const words = useClosedWords();
  return (
    <ul className="stackv g4">
      {days.map((day) => (
        <li key={day.on}>{words(day)}</li>
      ))}
    </ul>
  );
}
