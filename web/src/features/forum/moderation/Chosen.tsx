import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import { When } from '../../../ui/times/When';

/** Who chose the answer, and when. */
export function Chosen({ chosen }: Pick<Topic, 'chosen'>) {
  const { t } = useTranslation('forum');
  if (!chosen) return null;
  return (
    <span className="t3 xs right">
      {t('moderation.answer.chosen', { name: chosen.by.name || t('common:formerMember') })} <When at={chosen.at} />
    </span>
  );
}
