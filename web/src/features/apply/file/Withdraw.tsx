import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/confirm';
import { keepFocus } from '../../../ui/page/focus';
import type { Saver } from './saver';

/** Takes the file back; asked first. */
export function Withdraw({ saver }: { saver: Saver }) {
  const { t } = useTranslation('apply');
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button className="mt12" color="corde" onClick={() => setAsking(true)}>
        {t('withdraw.act')}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('withdraw.ask')}
        act={t('withdraw.act')}
        danger
        ns="apply"
        onConfirm={() => saver.withdraw().then(keepFocus)}
      >
        {t('withdraw.follows')}
      </ConfirmDialog>
    </>
  );
}
