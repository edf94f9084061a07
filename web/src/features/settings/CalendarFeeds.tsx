import { useTranslation } from 'react-i18next';
import { Group } from '../../ui/page/Group';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { Part } from '../../ui/forms/Part';
import { Feeds } from '../feeds/lazy';

/** My feeds, for my own calendar. */
export function CalendarFeeds() {
  const { t } = useTranslation('settings');
  return (
    <Group title={t('feeds.title')} className="">
      <p className="t2 mt8">{t('feeds.lead')}</p>
      <Part fallback={<RowSkeleton rows={3} />}>
        <Feeds />
      </Part>
    </Group>
  );
}
