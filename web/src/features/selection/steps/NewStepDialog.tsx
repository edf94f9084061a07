import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { CreateStep } from '../../../../../src/contracts/selection/steps';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useFieldText, useSubmit } from '../../../ui/forms/form';
import { useLanguages } from '../../calls/edit/InLanguages';
import { type OfCall, useStepActs } from '../queries';

interface NewStepDialogProps {
  of: OfCall;
  number: number;
  onMade: (stepId: string) => void;
  onClose: () => void;
}

/** Begins a step with its name; what it scores and hides begins as the call has it. */
export default function NewStepDialog({ of, number, onMade, onClose }: NewStepDialogProps) {
  const { t } = useTranslation('selection');
  const { t: inEnglish } = useTranslation('selection', { lng: 'en' });
  const { t: inFrench } = useTranslation('selection', { lng: 'fr' });
  const fieldText = useFieldText('selection');
  const { create } = useStepActs(of);
  const usual = number === 1 ? 'steps.usualFirst' : 'steps.usualNext';
  const missing = (value: string) => (value.trim() === '' ? fieldText('required') : null);
  const form = useForm<CreateStep & Record<string, unknown>>({
    initialValues: { name: { en: inEnglish(usual), fr: inFrench(usual) } },
    validate: { name: { en: missing, fr: missing } },
  });
  const sending = useSubmit(
    form,
    async (values) => {
      const step = await create(values);
      onClose();
      onMade(step.id);
    },
    'selection',
  );
  return (
    <FormDialog title={t('steps.new', { number })} act={t('steps.make')} ns="selection" onClose={onClose} {...sending}>
      <p className="t2">{t('steps.newWhat')}</p>
      {useLanguages().map((language) => (
        <TextInput
          key={language}
          label={t(`calls:in.${language}`, { what: t('step.name') })}
          lang={language}
          maxLength={80}
          data-path={`name.${language}`}
          {...form.getInputProps(`name.${language}`)}
        />
      ))}
    </FormDialog>
  );
}
