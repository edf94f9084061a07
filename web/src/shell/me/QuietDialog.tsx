import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/session';
import { useNow } from '../../time/clock';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { useMyStanding } from './me-standing';
import { fieldOfInstant, instantOfField, quietEndOf } from './quiet-ends';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Until which day and hour I am not to be disturbed. */
export default function QuietDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { timeZone } = useMe();
  const now = useNow();
  const { setQuiet } = useMyStanding();
  const form = useForm({
    initialValues: { until: fieldOfInstant(Date.parse(quietEndOf('tomorrow', now, timeZone)), timeZone) },
  });
  const sending = useSubmit(form, async ({ until }) => {
    const instant = instantOfField(until, timeZone);
    if (instant === null) {
      form.setFieldError('until', t('problems:fields.required'));
      return;
    }
    await setQuiet(instant);
    onClose();
  });

  return (
    <FormDialog title={t('status.quietTitle')} act={t('status.quietAct')} onClose={onClose} {...sending}>
      <TextInput
        type="datetime-local"
        label={t('status.quietUntil')}
        description={t('status.quietHelp', { zone: timeZone })}
        min={fieldOfInstant(now, timeZone)}
        max={fieldOfInstant(now + WEEK_MS, timeZone)}
        data-autofocus
        {...form.getInputProps('until')}
      />
    </FormDialog>
  );
}
