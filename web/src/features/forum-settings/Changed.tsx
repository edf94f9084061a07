import { useTranslation } from 'react-i18next';
import type { SettingChange } from '../../../../src/contracts/forum/rules';
import { When } from '../../ui/times/When';

/** Who changed a setting last, and when; or that it is as it comes. */
export function Changed({ setting: { changedBy, changedAt } }: { setting: SettingChange }) {
  const { t } = useTranslation('forum-settings');
  if (changedAt === null) return <span className="t3">{t('usual')}</span>;
  return (
    <span className="t3">
      {t('changedBy', { name: changedBy?.name || t('common:formerMember') })} <When at={changedAt} />
    </span>
  );
}
