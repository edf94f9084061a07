import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../Chat.module.css';
import { isLong } from './message-shape';

/** Long texts that I asked to see whole: they stay so when the list draws their row again. */
const opened = new Set<string>();

/** The beginning of a long message, and a way to the rest of it. Who comes into it by keyboard sees all of it. */
export function LongText({ body, children }: { body: string; children: ReactNode }) {
  const { t } = useTranslation('chat');
  const [isWhole, setWhole] = useState(() => !isLong(body) || opened.has(body));
  const open = () => {
    opened.add(body);
    setWhole(true);
  };
  if (isWhole) return children;
  return (
    <>
      <div className={classes.beginning} onFocus={open}>
        {children}
      </div>
      <button type="button" className="link" onClick={open}>
        {t('folded.whole')}
      </button>
    </>
  );
}
