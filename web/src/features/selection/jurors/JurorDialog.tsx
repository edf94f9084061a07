import { NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import type { Juror } from '../../../../../src/contracts/selection/jurors';
import { useLocale } from '../../../time/clock';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../../ui/forms/form';
import { said } from '../../apply/call/timing';
import { type OfCall, useJurorActs } from '../queries';
import { craftsOf } from './crafts';

/** What staff know of a juror. The address stays: it is that of their account. */
export default function JurorDialog({
  of,
  call,
  juror,
  onClose,
}: {
  of: OfCall;
  call: Call;
  juror: Juror;
  onClose: () => void;
}) {
  const { t } = useTranslation('selection');
  const locale = useLocale();
  const fieldText = useFieldText('selection');
  const { change } = useJurorActs(of);
  const crafts = craftsOf(call);
  const form = useForm({
    initialValues: { name: juror.name, craft: juror.craft ?? '', organisation: juror.organisation },
    validate: { name: (value) => (value.trim() === '' ? fieldText('required') : null) },
  });
  const sending = useSubmit(
    form,
    async ({ craft, ...values }) => {
      await change(juror.id, { ...values, craft: craft || null });
      onClose();
    },
    'selection',
  );
  return (
    <FormDialog
      title={t('jurors.changeTitle', { name: juror.name })}
      act={t('common:save')}
      ns="selection"
      onClose={onClose}
      {...sending}
    >
      <TextInput label={t('jurors.name')} maxLength={120} data-path="name" {...form.getInputProps('name')} />
      {crafts.length > 0 && (
        <NativeSelect
          label={t('jurors.craft')}
          {...form.getInputProps('craft')}
          data={[
            { value: '', label: t('jurors.noCraft') },
            ...crafts.map(({ key, label }) => ({ value: key, label: said(label, locale) })),
          ]}
        />
      )}
      <TextInput label={t('jurors.organisation')} maxLength={200} {...form.getInputProps('organisation')} />
    </FormDialog>
  );
}
