import { Button, Code, CopyButton, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusBack } from '../page/focus';

interface SecretOnceProps {
  title: string;
  /** What the secret is for. */
  lead: string;
  secret: string;
  /** A line for a terminal that tries it. */
  example?: string | undefined;
  onClose: () => void;
}

/** Shows what is secret and never shown again: no slip of the hand takes it away. */
export function SecretOnce({ title, lead, secret, example, onClose }: SecretOnceProps) {
  const { t } = useTranslation();
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnEscape={false}
      closeOnClickOutside={false}
    >
      <div className="stackv g16 mt16">
        <p>{lead}</p>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {secret}
        </Code>
        {example && (
          <div>
            <p className="t2">{t('secret.try')}</p>
            <Code block className="mt4" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {example}
            </Code>
          </div>
        )}
        <div className="row end">
          <CopyButton value={secret}>
            {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'secret.copied' : 'secret.copy')}</Button>}
          </CopyButton>
          <Button variant="filled" onClick={onClose}>
            {t('secret.done')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
