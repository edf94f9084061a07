import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { ConfirmDialog } from '../../ui/confirm';
import { useFieldText } from '../../ui/forms/form';
import { workshopKeys } from './cache';
import { ScopeField } from './form/ScopeField';
import { type Scope, useSeries, useSeriesActs } from './series/series';

const MAX_REASON = 500;

interface CancelDialogProps {
  workshop: Workshop;
  opened: boolean;
  onClose: () => void;
}

/** Asks for the reason, and says who will be told. */
export function CancelDialog({ workshop, opened, onClose }: CancelDialogProps) {
  const { t } = useTranslation('workshops');
  const text = useFieldText('workshops');
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [scope, setScope] = useState<Scope>('one');
  const { cohortId, id, title, going, waitlisted } = workshop;
  const series = useSeries(workshop).data;
  const acts = useSeriesActs(cohortId, series?.id ?? '');

  const cancel = async () => {
    try {
      if (scope !== 'one' && series)
        return void (await acts.cancel({ scope, workshopId: id, edition: series.edition, reason }));
      const fresh = await api.post<Workshop>(`/cohorts/${cohortId}/workshops/${id}/cancel`, { reason });
      client.setQueryData(workshopKeys.one(cohortId, id), fresh);
      await client.invalidateQueries({ queryKey: workshopKeys.lists(cohortId) });
    } catch (error) {
      const field = isProblem(error, 'invalid') ? error.errors[0] : undefined;
      if (field) setWrong(text(field.code, field.params));
      throw error;
    }
  };

  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('cancel.ask', { title })}
      act={t(scope === 'one' ? 'cancel.act' : `cancel.act_${scope}`)}
      keep={t('cancel.keep')}
      ns="workshops"
      onConfirm={cancel}
    >
      {series?.abilities.cancel && <ScopeField label={t('scope.cancel')} value={scope} onChange={setScope} />}
      <p className={series?.abilities.cancel ? 'mt16' : undefined}>
        {scope === 'one' ? t('cancel.told', { going, waitlisted, total: going + waitlisted }) : t('scope.told')}
      </p>
      <Textarea
        mt="md"
        label={t('cancel.reason')}
        description={t('cancel.reasonHelp')}
        required
        withAsterisk={false}
        autosize
        minRows={2}
        maxLength={MAX_REASON}
        value={reason}
        error={wrong}
        onChange={(event) => {
          setReason(event.currentTarget.value);
          setWrong(null);
        }}
      />
    </ConfirmDialog>
  );
}
