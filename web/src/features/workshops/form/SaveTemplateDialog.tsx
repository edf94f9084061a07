import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { FormDialog } from '../../../ui/forms/FormDialog';
import { useSubmit } from '../../../ui/forms/form';
import { toast } from '../../../ui/toast';
import { useTemplateActs } from './templates';

const MAX_NAME = 80;

/** Keeps a workshop under a name, so that new ones can begin with it. */
export default function SaveTemplateDialog({ workshop, onClose }: { workshop: Workshop; onClose: () => void }) {
  const { t } = useTranslation('workshops');
  const acts = useTemplateActs(workshop.cohortId);
  const form = useForm({ initialValues: { name: workshop.title.slice(0, MAX_NAME) } });
  const sending = useSubmit(
    form,
    async ({ name }) => {
      await acts.save(workshop.id, name);
      toast(t('template.saved', { name }));
      onClose();
    },
    'workshops',
  );
  return (
    <FormDialog
      {...sending}
      title={t('template.save')}
      act={t('template.keep')}
      isReady={form.values.name.trim() !== ''}
      ns="workshops"
      onClose={onClose}
    >
      <p>{t('template.what')}</p>
      <TextInput label={t('template.name')} maxLength={MAX_NAME} {...form.getInputProps('name')} />
    </FormDialog>
  );
}
