import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../page/focus';
import type { useSubmit } from './form';
import { ProblemAlert } from '../page/ProblemAlert';

interface FormDialogProps extends ReturnType<typeof useSubmit> {
  title: string;
  /** The verb of its button. */
  act: string;
  /** Something is filled in. */
  isReady?: boolean;
  /** Much is typed in it: once something is, only its buttons close it. */
  isKept?: boolean;
  /** The namespace that has words for its problems. */
  ns?: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is one small form: its fields, what went wrong, the way out and the act. It gives the focus back when it closes. */
export function FormDialog(props: FormDialogProps) {
  const { title, act, isReady = true, isKept = false, ns, onClose, children, submit, busy, problem } = props;
  const { t } = useTranslation();
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeOnClickOutside={!isKept}
      closeOnEscape={!isKept}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit} noValidate className="stackv g16 mt16">
        {children}
        <ProblemAlert error={problem} ns={ns} />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy} disabled={!isReady}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
