import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Cycle } from '../../../../src/contracts/mentoring/cycles';
import { api } from '../../api/http';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { toast } from '../../ui/toast';
import { cyclePath, keepCycle } from './queries';
import { useTooLate } from './useTooLate';

const MAX_WORD = 300;

/** Ends a cycle before its time, with a word for the other one. */
export default function EndDialog({ cycle, onClose }: { cycle: Cycle; onClose: () => void }) {
  const { t } = useTranslation('cycles');
  const client = useQueryClient();
  const tooLate = useTooLate(cycle);
  const form = useForm({ initialValues: { word: '' } });
  const sending = useSubmit(
    form,
    async (body) => {
      try {
        keepCycle(client, await api.post<Cycle>(`${cyclePath(cycle.cohortId, cycle.id)}/close`, body));
      } catch (error) {
        if (!tooLate(error)) throw error;
        onClose();
        return;
      }
      toast(t('end.done'));
      onClose();
    },
    'cycles',
  );
  return (
    <FormDialog
      title={t('end.title')}
      act={t('end.act')}
      ns="cycles"
      isReady={form.values.word.trim() !== ''}
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('end.then')}</p>
      <TextInput
        label={t('end.word')}
        description={t('end.wordHelp')}
        maxLength={MAX_WORD}
        data-autofocus
        {...form.getInputProps('word')}
      />
    </FormDialog>
  );
}
