import { Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NoteShare, NoteShares } from '../../../../../src/contracts/mentoring/hand-overs';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { keepAnswer } from '../../../api/answers';
import { api } from '../../../api/http';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { useChoice } from '../../../ui/forms/useChoice';
import { coachingKeys } from '../queries';

const keyOf = ({ cohortId, id }: MentoringSession) => [...coachingKeys.session(cohortId, id), 'note-shares'];
const pathOf = ({ cohortId, id }: MentoringSession) => `/cohorts/${cohortId}/sessions/${id}/note-shares`;

/** After a hand-over the fellow, and nobody else, may let the new coach read the notes of the sessions before. Off until they say so. */
export default function NoteSharing({ session }: { session: MentoringSession }) {
  const { data } = useQuery({
    queryKey: keyOf(session),
    queryFn: ({ signal }) => api.get<NoteShares>(pathOf(session), { signal }),
  });
  return data?.items.map((share) => (
    <ShareSwitch key={`${share.from.id} ${share.to.id}`} session={session} share={share} />
  ));
}

function ShareSwitch({ session, share }: { session: MentoringSession; share: NoteShare }) {
  const { t } = useTranslation('coaching');
  const client = useQueryClient();
  const { from, to, notes, isShared } = share;
  const save = async (shared: boolean) => {
    const fresh = await api.put<NoteShares>(pathOf(session), { fromCoachId: from.id, toCoachId: to.id, shared });
    await keepAnswer(client, keyOf(session), fresh);
    void client.invalidateQueries({ queryKey: coachingKeys.notes(session.cohortId, session.id) });
  };
  const { value, choose } = useChoice(isShared, save, useProblemText('coaching'));
  return (
    <Switch
      className="mt16"
      checked={value}
      label={t('handOver.share', { to: to.name, from: from.name })}
      description={t('handOver.shareHelp', { count: notes, to: to.name })}
      onChange={(event) => choose(event.currentTarget.checked)}
    />
  );
}
