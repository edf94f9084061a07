import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type {
  Attendance,
  AttendanceMode,
  MyRegistration,
  Workshop,
} from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem, toastUndo } from '../../../ui/toast';
import { changeWorkshop, knownWorkshop, workshopKeys } from '../cache';
import { expected, onceLeft, standing } from './registration';

/** Join and leave: at once on the screen, put right by the answer, and back with a reason if the server refuses. */
export function useRegistration(workshop: Workshop) {
  const { t } = useTranslation('workshops');
  const client = useQueryClient();
  const text = useProblemText('workshops');
  const { cohortId, id } = workshop;
  const path = `/cohorts/${cohortId}/workshops/${id}/registration`;

  const stand = (mine: MyRegistration | null) =>
    changeWorkshop(client, workshop, (one) => standing(one, mine, Date.now()));
  const askAgain = () => {
    void client.invalidateQueries({ queryKey: workshopKeys.people(cohortId, id) });
    void client.invalidateQueries({ queryKey: keys.agenda });
  };

  const act = async (guess: MyRegistration | null, send: () => Promise<MyRegistration | null>) => {
    await client.cancelQueries({ queryKey: workshopKeys.all(cohortId) });
    const before = knownWorkshop(client, cohortId, id)?.mine ?? null;
    stand(guess);
    try {
      stand(await send());
      askAgain();
      return true;
    } catch (error) {
      stand(before);
      toastProblem(text(error));
      void client.invalidateQueries({ queryKey: workshopKeys.all(cohortId) });
      return false;
    }
  };

  const join = (mode?: AttendanceMode) =>
    act(expected(knownWorkshop(client, cohortId, id) ?? workshop, mode), () =>
      api.put<MyRegistration>(path, mode ? { mode } : {}),
    );
  const joinAsTeam = (mode?: AttendanceMode) =>
    act(expected(knownWorkshop(client, cohortId, id) ?? workshop, mode), async () => {
      const mine = await api.put<MyRegistration>(path, { team: true, ...(mode && { mode }) });
      void client.invalidateQueries({ queryKey: workshopKeys.all(cohortId) });
      return mine;
    });
  const accept = () => {
    const { mode } = workshop.mine ?? {};
    return act({ status: 'going', ...(mode !== undefined && { mode }) }, () =>
      api.put<MyRegistration>(path, { accept: true }),
    );
  };
  const leave = () => {
    const guess = onceLeft(knownWorkshop(client, cohortId, id) ?? workshop, Date.now());
    return act(guess, async () => {
      await api.delete(path);
      return guess;
    });
  };
  /** What leaving after the start was: an excuse, which I take back. */
  const comeBack = (mine: MyRegistration) => {
    const guess: MyRegistration = { ...mine, status: 'going' };
    return act(guess, async () => {
      await api.post<Attendance>(`/cohorts/${cohortId}/workshops/${id}/attendance`, { status: 'going' });
      return guess;
    });
  };

  return {
    join,
    /** The same for all fellows of my project at once. */
    joinAsTeam,
    /** Takes the place that is held for me. */
    accept,
    leave,
    /** Leaves and offers to take it back: only where nobody gets the place. */
    leaveWithUndo: async () => {
      const mode = workshop.mine?.mode ?? undefined;
      if (!(await leave())) return;
      const mine = knownWorkshop(client, cohortId, id)?.mine;
      const undo = mine?.status === 'excused' ? () => comeBack(mine) : () => join(mode);
      toastUndo(t('left', { title: workshop.title }), () => void undo());
    },
  };
}
