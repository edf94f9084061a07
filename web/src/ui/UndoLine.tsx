import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './toast.module.css';

export const UNDO_SECONDS = 10;

/** What was done, and the button that takes it back while its seconds run. */
export function UndoLine({ message, onUndo }: { message: string; onUndo: () => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(UNDO_SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => Math.max(seconds - 1, 0)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="row between g16">
      <span>{message}</span>
      <button type="button" className={classes.undo} onClick={onUndo}>
        {t('undo')}
        <span aria-hidden="true">{t('undoSeconds', { left })}</span>
      </button>
    </span>
  );
}
