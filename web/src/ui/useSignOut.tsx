import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut, useMaybeMe } from '../api/session';
import { countUnsent } from '../api/autosave/unsent';
import { ConfirmDialog } from './confirm';

/** The way out: it asks first where something is not sent yet, which is forgotten with the session. `asking` stands where the button is. */
export function useSignOut(): { out: () => void; asking: ReactNode } {
  const { t } = useTranslation();
  const me = useMaybeMe();
  // Kept while the question fades.
  const [count, setCount] = useState(0);
  const [isAsking, setIsAsking] = useState(false);
  const out = () => {
    const unsent = me ? countUnsent(me.id) : 0;
    setCount(unsent);
    if (unsent === 0) void signOut();
    else setIsAsking(true);
  };
  const asking = (
    <ConfirmDialog
      opened={isAsking}
      onClose={() => setIsAsking(false)}
      title={t('unsent.title')}
      act={t('unsent.act')}
      keep={t('unsent.keep')}
      onConfirm={signOut}
    >
      {t('unsent.body', { count })}
    </ConfirmDialog>
  );
  return { out, asking };
}
