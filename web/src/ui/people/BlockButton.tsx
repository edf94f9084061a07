import { Button } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blocked, setBlocked } from '../../api/blocked';
import { useStore } from '../../api/store';
import { ConfirmDialog } from '../confirm';
import { keepFocus } from '../page/focus';
import { Icon } from '../Icon';
import { useProblemText } from '../page/ProblemAlert';
import { toastProblem } from '../toast';

/** Takes no direct messages from somebody any more, which is asked first, or takes them again, which is not. */
export function BlockButton({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const isBlocked = useStore(blocked).has(id);
  const [asking, setAsking] = useState(false);
  return (
    <>
      {isBlocked ? (
        <UnblockButton id={id} name={name} />
      ) : (
        <Button size="sm" leftSection={<Icon of={IconBan} size={16} />} onClick={() => setAsking(true)}>
          {t('blocked.block')}
        </Button>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('blocked.title', { name })}
        act={t('blocked.act')}
        keep={t('cancel')}
        onConfirm={() => setBlocked(id, true)}
      >
        {t('blocked.body')}
      </ConfirmDialog>
    </>
  );
}

/** Takes direct messages from somebody again. */
export function UnblockButton({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const text = useProblemText();
  const [busy, setBusy] = useState(false);
  const unblock = () => {
    setBusy(true);
    setBlocked(id, false)
      .catch((error: unknown) => toastProblem(text(error)))
      .finally(() => {
        setBusy(false);
        keepFocus();
      });
  };
  return (
    <Button size="sm" loading={busy} aria-label={t('blocked.unblockName', { name })} onClick={unblock}>
      {t('blocked.unblock')}
    </Button>
  );
}
