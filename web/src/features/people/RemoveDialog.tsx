import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import type { Member } from '../../api/types';
import { ConfirmDialog } from '../../ui/confirm';
import { toast } from '../../ui/toast';
import { SuccessorSelect, hasToGo, proposedOf, useSuccessors } from './SuccessorSelect';

interface RemoveDialogProps {
  member: Pick<Member, 'userId' | 'name'>;
  cohortId: string;
  opened: boolean;
  onClose: () => void;
}

/** Asks before somebody is taken out of a cohort, a closed one too, and says what becomes of what waits for them. */
export default function RemoveDialog({ member, cohortId, opened, onClose }: RemoveDialogProps) {
  const { t } = useTranslation('people');
  const client = useQueryClient();
  const navigate = useNavigate();
  const successors = useSuccessors(cohortId, member.userId);
  const [chosen, setChosen] = useState<string | null>(null);
  const successorId = hasToGo(successors) ? (chosen ?? (successors ? proposedOf(successors) : '')) : '';
  const path = `/cohorts/${cohortId}/members/${member.userId}`;
  const remove = async () => {
    await api.delete(path, undefined, { query: { successorId } });
    toast(t('removed', { name: member.name }));
    await navigate({ to: '/c/$cohortId/people', params: { cohortId } });
    await client.invalidateQueries({ queryKey: keys.cohort(cohortId) });
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('removeTitle', { name: member.name })}
      act={t('remove')}
      ns="people"
      onConfirm={remove}
    >
      <p>{t('removeBody')}</p>
      <SuccessorSelect successors={successors} value={successorId} leaves onChange={setChosen} />
    </ConfirmDialog>
  );
}
