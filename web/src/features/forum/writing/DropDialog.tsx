import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/confirm';

interface DropDialogProps {
  opened: boolean;
  onClose: () => void;
  onDrop: () => Promise<unknown>;
}

/** Asks before the draft of a change is deleted, on all devices and for good. */
export function DropDialog({ opened, onClose, onDrop }: DropDialogProps) {
  const { t } = useTranslation('forum');
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('editing.dropAsk')}
      act={t('editing.drop')}
      ns="forum"
      onConfirm={onDrop}
    >
      {t('editing.dropWhat')}
    </ConfirmDialog>
  );
}
