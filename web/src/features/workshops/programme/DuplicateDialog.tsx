import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useSubmit } from '../../../ui/forms/form';
import { OnClosedDay } from '../../../ui/times/OnClosedDay';
import { TimeField } from '../../../ui/forms/TimeField';
import { workshopKeys } from '../cache';
import { instantsOf, valuesOf } from '../form/form-values';

/** Asks for the day and hour of a workshop that is made after this one, and leads to it. */
export default function DuplicateDialog({ workshop, onClose }: { workshop: Workshop; onClose: () => void }) {
  const { t } = useTranslation('workshops');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { cohortId, id, title, timeZone } = workshop;
  const before = valuesOf(workshop);
  const form = useForm({ initialValues: { date: '', startsAt: before.startsAt } });
  const sending = useSubmit(
    form,
    async (values) => {
      const { startsAt } = instantsOf({ ...before, ...values });
      const made = await api.post<Workshop>(`/cohorts/${cohortId}/workshops/${id}/duplicate`, { startsAt });
      client.setQueryData(workshopKeys.one(cohortId, made.id), made);
      void client.invalidateQueries({ queryKey: workshopKeys.lists(cohortId) });
      onClose();
      await navigate({ to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId: made.id } });
    },
    'workshops',
  );
  return (
    <FormDialog
      {...sending}
      title={t('duplicate.ask', { title })}
      act={t('duplicate.make')}
      isReady={form.values.date !== ''}
      ns="workshops"
      onClose={onClose}
    >
      <p>{t('duplicate.what')}</p>
      <TextInput
        type="date"
        label={t('form.date')}
        {...form.getInputProps('date')}
        error={form.errors.date ?? form.errors.startsAt}
      />
      <OnClosedDay cohortId={cohortId} on={form.values.date} onMove={(to) => form.setFieldValue('date', to)} />
      <TimeField
        w="100%"
        label={t('form.from')}
        description={timeZone}
        value={form.values.startsAt}
        onChange={(time) => form.setFieldValue('startsAt', time)}
      />
    </FormDialog>
  );
}
