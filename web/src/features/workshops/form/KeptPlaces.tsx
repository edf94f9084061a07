import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Attendance, Registration, Workshop } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { Group } from '../../../ui/page/Group';
import { PeoplePicker } from '../../../ui/people/PeoplePicker';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';
import { workshopKeys } from '../cache';

/** For hosts and staff: the places they keep, to be given to people they name, also to some who wait. */
export default function KeptPlaces({ workshop, coming }: { workshop: Workshop; coming: readonly Registration[] }) {
  const { t } = useTranslation('workshops');
  const client = useQueryClient();
  const text = useProblemText('workshops');
  const { cohortId, id, hosts, reserved } = workshop;
  const give = async (userId: string) => {
    try {
      await api.put<Attendance>(`/cohorts/${cohortId}/workshops/${id}/registrations/${userId}`);
    } catch (error) {
      toastProblem(text(error));
    }
    void client.invalidateQueries({ queryKey: workshopKeys.all(cohortId) });
  };
  return (
    <Group title={t('kept.title')} count={reserved}>
      <p className="t2 mt8">{t('kept.count', { count: reserved })}</p>
      <PeoplePicker
        className="mt12"
        cohortId={cohortId}
        label={t('kept.pick')}
        description={t('kept.help')}
        without={[...coming.map(({ userId }) => userId), ...hosts]}
        onChange={(ids) => ids.forEach((userId) => void give(userId))}
      />
    </Group>
  );
}
