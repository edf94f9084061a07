import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ChangeGoalCoach, Goal } from '../../../../src/contracts/mentoring/goals';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { PersonSelect } from '../../ui/people/PersonSelect';
import { goalPath, keepGoal } from './queries';

interface Fields extends Record<string, unknown> {
  coachId: string | null;
}

/** Its fellow goes on with a goal with another coach: who will read it, and who no more, is said before. */
export default function CoachDialog({ goal, onClose }: { goal: Goal; onClose: () => void }) {
  const { t } = useTranslation('goals');
  const client = useQueryClient();
  const { id, cohortId, coach, revision, readers } = goal;
  const form = useForm<Fields>({ initialValues: { coachId: null } });
  const sending = useSubmit(
    form,
    async ({ coachId }) => {
      const body: ChangeGoalCoach = { coachId: coachId ?? '', revision };
      try {
        keepGoal(client, await api.put<Goal>(`${goalPath(cohortId, id)}/coach`, body));
        onClose();
      } catch (error) {
        if (isProblem(error, 'stale') && error.extras.now) keepGoal(client, error.extras.now as Goal);
        throw error;
      }
    },
    'goals',
  );
  const isRead = readers.some((reader) => reader.id === coach.id);
  return (
    <FormDialog
      title={t('goOn.title')}
      act={t('goOn.act')}
      ns="goals"
      isReady={form.values.coachId !== null}
      onClose={onClose}
      {...sending}
    >
      <PersonSelect
        cohortId={cohortId}
        role="coach"
        without={[coach.id]}
        label={t('set.coach')}
        {...form.getInputProps('coachId')}
      />
      <p className="t2">{t(isRead ? 'goOn.what' : 'goOn.unread', { name: coach.name || t('common:formerMember') })}</p>
    </FormDialog>
  );
}
