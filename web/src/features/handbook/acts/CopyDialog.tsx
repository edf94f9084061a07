import { Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { HandbookCopied } from '../../../../../src/contracts/handbook/handbook';
import { api } from '../../../api/http';
import { useMe } from '../../../api/session';
import { useSubmit } from '../../../ui/forms/form';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { toast } from '../../../ui/toast';
import { askHandbookAgain, pathOf } from '../handbook';

/** Brings the pages of another cohort, of whose team one is too, into this handbook. */
export default function CopyDialog({ cohortId, onClose }: { cohortId: string; onClose: () => void }) {
  const { t } = useTranslation('handbook');
  const client = useQueryClient();
  const others = useMe().memberships.filter((one) => one.role === 'staff' && one.cohortId !== cohortId);
  const form = useForm<{ fromCohortId: string | null }>({
    initialValues: { fromCohortId: others[0]?.cohortId ?? null },
  });
  const sending = useSubmit(
    form,
    async ({ fromCohortId }) => {
      const done = await api.post<HandbookCopied>(`${pathOf(cohortId)}/copies`, { fromCohortId });
      askHandbookAgain(client, { cohortId });
      toast(t('copy.done', { ...done }));
      onClose();
    },
    'handbook',
  );
  return (
    <FormDialog
      {...sending}
      title={t('copy.title')}
      act={t('copy.act')}
      ns="handbook"
      isReady={form.values.fromCohortId !== null}
      onClose={onClose}
    >
      <p className="t2">{t(others.length > 0 ? 'copy.lead' : 'copy.none')}</p>
      {others.length > 0 && (
        <Select
          label={t('copy.from')}
          data={others.map((one) => ({ value: one.cohortId, label: one.cohortName }))}
          allowDeselect={false}
          {...form.getInputProps('fromCohortId')}
        />
      )}
    </FormDialog>
  );
}
