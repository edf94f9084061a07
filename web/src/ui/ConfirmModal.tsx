import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConfirmDialogProps } from './confirm';
import { useFocusBack } from './page/focus';
import { ProblemAlert } from './page/ProblemAlert';

/** The dialog itself; `ConfirmDialog` brings it when it is first needed. */
export default function ConfirmModal(props: ConfirmDialogProps) {
  const { opened, onClose, title, children, act, keep, danger = true, ns, isReady, onConfirm } = props;
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useFocusBack(opened);

  const confirm = async () => {
    if (isReady && !isReady()) return;
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal opened={opened} onClose={onClose} title={title} withCloseButton={false}>
      <div className="t2 mt8">{children}</div>
      {error !== null && (
        <div className="mt16">
          <ProblemAlert error={error} ns={ns} />
        </div>
      )}
      <div className="row end mt24">
        <Button variant="subtle" onClick={onClose} data-autofocus>
          {keep ?? t('keep')}
        </Button>
        <Button variant="filled" color={danger ? 'corde' : undefined} loading={busy} onClick={() => void confirm()}>
          {act}
        </Button>
      </div>
    </Modal>
  );
}
