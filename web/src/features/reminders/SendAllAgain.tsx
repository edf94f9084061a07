import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemindersRetried, RetryReminders } from '../../../../src/contracts/reminders/reminders';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { ConfirmDialog } from '../../ui/confirm';
import { Icon } from '../../ui/Icon';
import { toast } from '../../ui/toast';

interface SendAllAgainProps {
  cohortId: string;
  /** The list that is shown. */
  list: RetryReminders;
  /** How many of it failed. */
  count: number;
}

/** Sends all of a list that failed once more, after a question; what is too late, or may have arrived, stays. */
export function SendAllAgain({ cohortId, list, count }: SendAllAgainProps) {
  const { t } = useTranslation('reminders');
  const client = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const retry = useMutation({
    mutationFn: () => api.post<RemindersRetried>(`/cohorts/${cohortId}/reminders/retry`, list),
    onSuccess: async ({ again, unsure }) => {
      const stay = unsure > 0 ? t('again.unsure', { count: unsure }) : '';
      toast(again === 0 && stay ? stay : `${t('again.done', { count: again })} ${stay}`.trim());
      await Promise.all(
        ['list', 'failed'].map((what) => client.invalidateQueries({ queryKey: keys.in(cohortId, 'reminders', what) })),
      );
    },
  });
  return (
    <div className="row end mt16">
      <Button variant="default" leftSection={<Icon of={IconRefresh} />} onClick={() => setAsked(true)}>
        {t('again.all')}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        onClose={() => setAsked(false)}
        title={t('again.title')}
        act={t('again.all')}
        keep={t('common:cancel')}
        danger={false}
        ns="reminders"
        onConfirm={() => retry.mutateAsync()}
      >
        {t('again.body', { count })}
      </ConfirmDialog>
    </div>
  );
}
