import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '../../../../../src/contracts/bridges/webhooks';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Page } from '../../../api/types';
import { LogDialog } from '../../../ui/page/LogDialog';
import { When } from '../../../ui/times/When';

/** What went out of a webhook lately, try by try. */
export function DeliveryLog({ path }: { path: string }) {
  const { t } = useTranslation('chat');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
        {t('webhooks.log')}
      </Button>
      {open && <Log path={path} onClose={() => setOpen(false)} />}
    </>
  );
}

function Log({ path, onClose }: { path: string; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const query = useQuery({
    queryKey: [...keys.channels, path, 'log'],
    queryFn: () => api.get<Page<Delivery>>(`${path}/deliveries`),
    staleTime: 0,
  });
  return (
    <LogDialog
      title={t('webhooks.log')}
      empty={t('webhooks.logEmpty')}
      heads={[t('webhooks.at'), t('webhooks.what'), t('webhooks.came'), t('webhooks.took')]}
      query={query}
      cells={({ at, messageId, attempt, ok, status, problem, ms }) => [
        <When key="at" at={at} />,
        messageId ? t('webhooks.try', { attempt }) : t('webhooks.testTry'),
        ok ? t('webhooks.arrived', { status }) : t(`webhooks.problem.${problem ?? 'status'}`, { status }),
        t('webhooks.ms', { ms }),
      ]}
      ns="chat"
      onClose={onClose}
    />
  );
}
