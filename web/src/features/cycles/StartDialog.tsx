import { Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Cycle } from '../../../../src/contracts/mentoring/cycles';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { PersonSelect } from '../../ui/people/PersonSelect';
import { toast } from '../../ui/toast';
import { keepCycle } from './queries';

const MAX_GOAL = 200;

interface StartDialogProps {
  cohortId: string;
  role: 'fellow' | 'coach';
  onClose: () => void;
}

/** With whom, and what for. Where the two have an open cycle already, it leads there. */
export default function StartDialog({ cohortId, role, onClose }: StartDialogProps) {
  const { t } = useTranslation('cycles');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [field, other] = role === 'fellow' ? (['coachId', 'coach'] as const) : (['fellowId', 'fellow'] as const);
  const form = useForm<Record<string, string | null>>({ initialValues: { [field]: null, goal: '' } });
  const open = async (cycle: Cycle, words: string) => {
    keepCycle(client, cycle);
    toast(words);
    onClose();
    await navigate({ to: '/c/$cohortId/coaching/cycles/$cycleId', params: { cohortId, cycleId: cycle.id } });
  };
  const sending = useSubmit(
    form,
    async (values) => {
      const body = { [field]: values[field] ?? undefined, goal: values.goal };
      try {
        await open(await api.post<Cycle>(`/cohorts/${cohortId}/cycles`, body), t('start.done'));
      } catch (error) {
        const there = isProblem(error, 'cycle_open') ? (error.extras.now as Cycle | undefined) : undefined;
        if (!there) throw error;
        await open(there, t('start.there'));
      }
    },
    'cycles',
  );
  return (
    <FormDialog
      title={t('start.title')}
      act={t('start.act')}
      ns="cycles"
      isReady={Boolean(form.values[field]) && form.values.goal?.trim() !== ''}
      onClose={onClose}
      {...sending}
    >
      <p className="t2">{t('start.then')}</p>
      <PersonSelect
        cohortId={cohortId}
        role={other}
        label={t(`start.${other}`)}
        data-autofocus
        {...form.getInputProps(field)}
      />
      <Textarea
        label={t('start.goal')}
        description={t('start.goalHelp')}
        autosize
        minRows={2}
        maxRows={3}
        maxLength={MAX_GOAL}
        {...form.getInputProps('goal')}
      />
    </FormDialog>
  );
}
