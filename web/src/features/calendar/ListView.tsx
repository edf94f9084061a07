import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/page/Empty';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { byDay, startOf, useAgenda } from '../agenda/agenda';
import { DayList } from './DayList';
import type { ViewProps } from './view';

const DAYS_SHOWN = 30;

/** Thirty days from the chosen one, those with something in them. */
export function ListView({ cohortId, scope, day, zone }: ViewProps) {
  const { t } = useTranslation('calendar');
  const agenda = useAgenda(scope, cohortId, startOf(day, zone), startOf(day.add({ days: DAYS_SHOWN }), zone));
  return (
    <QueryBoundary query={agenda}>
      {(items) => {
        const days = [...byDay(items, zone)];
        if (days.length === 0) return <Empty title={t('emptyList')}>{t('emptyListBody')}</Empty>;
        return (
          <div style={{ maxWidth: 800 }}>
            {days.map(([date, entries]) => (
              <DayList key={date} items={entries} day={Temporal.PlainDate.from(date)} zone={zone} />
            ))}
          </div>
        );
      }}
    </QueryBoundary>
  );
}
