import { useTranslation } from 'react-i18next';
import classes from '../Chat.module.css';

/** Says that a message was changed; for staff it leads to what it said before. */
export function Edited({ onHistory }: { onHistory: (() => void) | undefined }) {
  const { t } = useTranslation('chat');
  if (!onHistory) return <span className={classes.time}>{t('edited')}</span>;
  return (
    <button type="button" className={`link ${classes.time}`} title={t('history.open')} onClick={onHistory}>
      {t('edited')}
    </button>
  );
}
