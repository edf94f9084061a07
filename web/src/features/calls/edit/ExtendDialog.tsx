import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import { api } from '../../../api/http';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../../ui/forms/form';
import { toast } from '../../../ui/toast';
import { keepCall, pathOf } from '../queries';
import { useCallTime } from '../words';
import { MomentField } from '../../../ui/times/MomentField';

/** A later closing; who has a draft hears of it. */
export default function ExtendDialog({
  cohortId,
  call,
  onClose,
}: {
  cohortId: string;
  call: Call;
  onClose: () => void;
}) {
  const { t } = useTranslation('calls');
  const client = useQueryClient();
  const timeOf = useCallTime();
  const fieldText = useFieldText('calls');
  const before = call.closesAt ?? '';
  const form = useForm<{ closesAt: string | null } & Record<string, unknown>>({
    initialValues: { closesAt: call.closesAt },
    validate: {
      closesAt: (value) => {
        if (value === null) return fieldText('required');
        return Date.parse(value) > Math.max(Date.parse(before), Date.now())
          ? null
          : t('extend.notLater', { at: timeOf(before, call) });
      },
    },
  });
  const sending = useSubmit(
    form,
    async ({ closesAt }) => {
      keepCall(client, cohortId, await api.post<Call>(`${pathOf(cohortId, call.id)}/extend`, { closesAt }));
      toast(t('extend.done', { at: timeOf(closesAt ?? before, call) }));
      onClose();
    },
    'calls',
  );
  return (
    <FormDialog title={t('acts.extend')} act={t('extend.act')} ns="calls" onClose={onClose} {...sending}>
      <p className="t2">{t('extend.what', { at: timeOf(before, call), drafts: call.counts.drafts })}</p>
      <MomentField
        id="closesAt"
        label={t('parts.closesAt')}
        timeLabel={t('text.closesTime')}
        usual="12:00"
        zone={call.timeZone}
        value={form.values.closesAt}
        error={form.errors.closesAt}
        onChange={(closesAt) => form.setFieldValue('closesAt', closesAt)}
      />
    </FormDialog>
  );
}
