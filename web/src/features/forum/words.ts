import { useTranslation } from 'react-i18next';
import type { ageOf } from './forum';

/** An age in short words: "4 d 3 h", "5 h", "12 min". */
export function useAge() {
  const { t } = useTranslation('forum');
  return ({ days, hours, minutes }: ReturnType<typeof ageOf>) => {
    if (days > 0) return hours > 0 ? t('age.daysHours', { days, hours }) : t('age.days', { days });
    return hours > 0 ? t('age.hours', { hours }) : t('age.minutes', { minutes });
  };
}
