import { Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../ui/forms/form';

interface ReasonDialogProps {
  why: 'abstain' | 'conflict';
  number: string;
  onSay: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Why somebody does not read a file: staff read the reason, nobody else does. */
export default function ReasonDialog({ why, number, onSay, onClose }: ReasonDialogProps) {
  const { t } = useTranslation('reviews');
  const fieldText = useFieldText('reviews');
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (value) => (value.trim() === '' ? fieldText('required') : null) },
  });
  const sending = useSubmit(
    form,
    async ({ reason }) => {
      await onSay(reason.trim());
      onClose();
    },
    'reviews',
  );
  return (
    <FormDialog title={t(`${why}.title`, { number })} act={t(`${why}.act`)} ns="reviews" onClose={onClose} {...sending}>
      <p className="t2">{t(`${why}.what`)}</p>
      <Textarea
        label={t(`${why}.reason`)}
        description={t('reasonRead')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        data-autofocus
        data-path="reason"
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}
