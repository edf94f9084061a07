import { useTranslation } from 'react-i18next';
import type { MyReviews } from '../../../../src/contracts/selection/reviews';
import { useLocale, useNow, useZone } from '../../time/clock';
import { formatShortDay } from '../../time/format';
import { State } from '../../ui/page/State';

/** Until when one reads: what comes later still counts while the step is open. */
export function Due({ step }: { step: Pick<MyReviews['steps'][number], 'state' | 'dueAt'> }) {
  const { t } = useTranslation('reviews');
  const [locale, zone, now] = [useLocale(), useZone(), useNow()];
  if (step.state === 'closed') return <State>{t('due.closed')}</State>;
  if (step.dueAt === null) return <span className="t2">{t('due.none')}</span>;
  const day = formatShortDay(step.dueAt, zone, locale);
  return Date.parse(step.dueAt) < now ? (
    <State tone="wait">{t('due.late', { day })}</State>
  ) : (
    <span className="t2">{t('due.by', { day })}</span>
  );
}
