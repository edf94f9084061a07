import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/confirm';
import type { Saver } from './saver';
import { focusStanding } from './standing';

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
        onConfirm={() => saver.withdraw().then(focusStanding)}
      >
        {t('withdraw.follows')}
      </ConfirmDialog>
    </>
  );
}
