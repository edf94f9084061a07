import { Button, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Asks about the named thing: "Cancel the session of 15 October?" */
  title: string;
  /** What follows and who is told. Fields (a reason) go here too. */
  children: ReactNode;
  /** The verb with its object: "Cancel the session". */
  act: string;
  /** The quiet, safe way out: "Keep it". */
  keep?: string;
  danger?: boolean;
  ns?: string;
  /** Closes when it resolves; what it throws is shown in the dialog. */
  onConfirm: () => Promise<unknown>;
}

/** Asks before an act that cannot be undone, by naming the thing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onClose, title, children, act, keep, danger = true, ns, onConfirm } = props;
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const confirm = async () => {
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
