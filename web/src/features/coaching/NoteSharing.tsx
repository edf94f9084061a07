import { Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NoteShare, NoteShares } from '../../../../src/contracts/hand-overs';
import type { MentoringSession } from '../../../../src/contracts/mentoring';
import { api } from '../../api/http';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';
import { coachingKeys } from './queries';

/** After a hand-over the fellow, and nobody else, may let the new coach read the notes of the sessions before. Off until they say so. */
export default function NoteSharing({ session: { cohortId, id } }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const client = useQueryClient();
  const text = useProblemText('coaching');
  const path = `/cohorts/${cohortId}/sessions/${id}/note-shares`;
  const key = [...coachingKeys.session(cohortId, id), 'note-shares'];
  const shares = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<NoteShares>(path, { signal }) });
  const share = useMutation({
    mutationFn: ({ from, isShared }: NoteShare) =>
      api.put<NoteShares>(path, { fromCoachId: from.id, shared: !isShared }),
    onSuccess: (fresh) => {
      client.setQueryData(key, fresh);
      void client.invalidateQueries({ queryKey: coachingKeys.notes(cohortId, id) });
    },
    onError: (error) => toastProblem(text(error)),
  });
  // On its way it shows what was asked for.
  const wished = share.isPending ? share.variables : null;
  const isOn = (one: NoteShare) => (wished?.from.id === one.from.id ? !wished.isShared : one.isShared);
  return shares.data?.items.map((one) => (
    <Switch
      key={one.from.id}
      className="mt16"
      checked={isOn(one)}
      disabled={share.isPending}
      label={t('handOver.share', { to: one.to.name, from: one.from.name })}
      description={t('handOver.shareHelp', { count: one.notes, to: one.to.name })}
      onChange={() => share.mutate(one)}
    />
  ));
}
