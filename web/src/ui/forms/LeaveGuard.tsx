import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signedIn } from '../../api/session';
import { ConfirmDialog } from '../confirm';

/**
 * Asks before a page with unsaved changes is left: by a link or the back button in a dialog of ours, by closing the tab in the
 * browser's own. Somebody whose login ended is not held back.
 */
export function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname && signedIn.get() === 'in',
    enableBeforeUnload: () => unsaved && signedIn.get() === 'in',
    withResolver: true,
  });
  return (
    <ConfirmDialog
      opened={status === 'blocked'}
      onClose={() => reset?.()}
      title={t('unsaved.title')}
      act={t('unsaved.leave')}
      keep={t('unsaved.stay')}
      onConfirm={() => Promise.resolve(proceed?.())}
    >
      {t('unsaved.body')}
    </ConfirmDialog>
  );
}
