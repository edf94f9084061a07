import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { useLocale, useNow } from '../../time/clock';
import { formatDayHead } from '../../time/format';
import { Group } from '../../ui/page/Group';
import { startOf } from '../agenda/agenda';
import { AgendaList } from '../agenda/AgendaList';

/** One day with its entries on their thread. */
export function DayList({ items, day, zone }: { items: AgendaItem[]; day: Temporal.PlainDate; zone: string }) {
  const { t } = useTranslation('calendar');
  const locale = useLocale();
  const now = useNow();
  return (
    <Group title={formatDayHead(startOf(day, zone), zone, locale, now)} count={items.length}>
      {items.length > 0 ? <AgendaList items={items} /> : <p className="t2 mt12">{t('nothing')}</p>}
    </Group>
  );
}
