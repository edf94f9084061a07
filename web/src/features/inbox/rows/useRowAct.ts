import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { HelpRequest } from '../../../../../src/contracts/mentoring/requests';
import type { MyRegistration } from '../../../../../src/contracts/workshops/workshops';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import type { Notification } from '../../../api/types';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';
import type { RowAct } from './row-acts';

/** What became of an act: the key of its sentence, or `open` where only the page can tell what is still to be chosen. */
type Outcome = 'taken' | 'passed' | 'accepted' | 'joined' | 'waits' | 'open';

/** Acts on what a notice tells; `onDone` once it is done, `onOpen` where it has to be looked at on its page. */
export function useRowAct(notice: Notification, { onDone, onOpen }: { onDone: () => void; onOpen: () => void }) {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText('inbox');
  const { cohortId, link } = notice;
  return useMutation({
    mutationFn: (act: RowAct) => send(act, notice),
    onSuccess: (outcome) => {
      if (outcome === 'open') {
        onOpen();
        void navigate({ to: new URL(link, window.location.origin).pathname });
        return;
      }
      toast(t(`outcomes.${outcome}`));
      onDone();
      if (cohortId) void client.invalidateQueries({ queryKey: keys.in(cohortId) });
      void client.invalidateQueries({ queryKey: keys.agenda });
    },
    onError: (error) => toastProblem(text(error)),
  });
}

async function send(act: RowAct, { cohortId, params }: Notification): Promise<Outcome> {
  if (act === 'accept') return await accept(`/cohorts/${cohortId}/requests/${String(params.requestId)}`);
  const path = `/cohorts/${cohortId}/workshops/${String(params.workshopId)}/registration`;
  if (act === 'pass') {
    await api.delete(path);
    return 'passed';
  }
  const mine = await api.put<MyRegistration>(path, act === 'take' ? { accept: true } : {});
  if (act === 'take') return 'taken';
  return mine.status === 'waitlisted' ? 'waits' : 'joined';
}

/** As it is now: what was changed since, and may be theirs no more, is looked at on its page. */
async function accept(path: string): Promise<Outcome> {
  const { revision, abilities } = await api.get<HelpRequest>(path);
  if (!abilities.accept) return 'open';
  await api.post(`${path}/accept`, { revision });
  return 'accepted';
}
