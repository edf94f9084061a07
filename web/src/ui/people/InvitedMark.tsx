import { useTranslation } from 'react-i18next';
import { Tag } from '../page/State';

/** Beside the name of somebody who is invited, where people are chosen. */
export function InvitedMark({ canBeChosen }: { canBeChosen: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Tag>{t('invited')}</Tag>
      {!canBeChosen && <span className="xs">{t('invitedYet')}</span>}
    </>
  );
}
