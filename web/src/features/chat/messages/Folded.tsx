import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../Chat.module.css';

/** In the place of a message of somebody I blocked, until I ask for it. */
export function Folded({ isFolded, children }: { isFolded: boolean; children: ReactNode }) {
  const { t } = useTranslation('chat');
  const [isShown, setShown] = useState(false);
  if (!isFolded || isShown) return children;
  return (
    <p className={`${classes.tx} ${classes.gone}`}>
      {t('folded.what')}{' '}
      <button type="button" className="link" onClick={() => setShown(true)}>
        {t('folded.show')}
      </button>
    </p>
  );
}
