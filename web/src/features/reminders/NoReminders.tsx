import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/page/Empty';
import type { Filters } from './queries';

interface NoRemindersProps {
  filters: Filters;
  /** Whether the cohort has any reminder at all. */
  hasAny: boolean;
}

/** An empty list: that nothing failed is good news, and not the same as that nothing is planned. */
export function NoReminders({ filters: { state, who, kind, by }, hasAny }: NoRemindersProps) {
  const { t } = useTranslation('reminders');
  const of = state === undefined || state === 'sending' || state === 'handing' ? 'all' : state;
  const isNarrow = Boolean(who ?? kind ?? by);
  if (!hasAny && !isNarrow && (of === 'all' || of === 'planned')) {
    return <Empty title={t('empty.new')}>{t('empty.soon')}</Empty>;
  }
  return <Empty title={t(`empty.${isNarrow ? 'like' : 'any'}.${of}`)}>{t(`empty.about.${of}`)}</Empty>;
}
