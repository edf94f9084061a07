import { NativeSelect, Radio } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FreeCoaches } from '../../../../../src/contracts/mentoring/hand-overs';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { Problem, isProblem } from '../../../api/problem';
import { useMe } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { ConfirmDialog } from '../../../ui/confirm';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { toast } from '../../../ui/toast';
import { coachingKeys, keepSession } from '../queries';
import { dayAndTime } from '../sessions/session-words';

interface HandOverDialogProps {
  session: MentoringSession;
  opened: boolean;
  onClose: () => void;
}

/** Gives the session to another coach who is free then. A coach who gave it away has no part in it any more, and leaves its page. */
export default function HandOverDialog({ session, opened, onClose }: HandOverDialogProps) {
  const { t } = useTranslation('coaching');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState('');
  const { cohortId, id, revision, startsAt } = session;
  const coaches = coachesOf(session);
  const isMine = coaches.some((coach) => coach.id === me.id);
  const [fromCoachId, setFrom] = useState(isMine ? me.id : session.coachId);
  // Once it is on its way, who was free is not asked again: it may be theirs by then.
  const [isSending, setSending] = useState(false);
  const free = useFreeCoaches(session, opened && !isSending);
  const successor = free.data?.items.find(({ person }) => person.id === chosen)?.person;
  const handOver = async () => {
    if (!successor) throw new Problem(0, 'choose_coach');
    setSending(true);
    try {
      const body = { coachId: successor.id, fromCoachId, revision };
      const fresh = await api.post<MentoringSession>(`/cohorts/${cohortId}/sessions/${id}/hand-over`, body);
      if (fromCoachId === me.id) await navigate({ to: '/c/$cohortId/coaching', params: { cohortId } });
      keepSession(client, fresh);
      toast(t('handOver.done', { name: successor.name }));
    } catch (error) {
      setSending(false);
      void free.refetch();
      if (isProblem(error, 'stale')) void client.invalidateQueries({ queryKey: coachingKeys.session(cohortId, id) });
      throw isProblem(error, 'invalid') || isProblem(error, 'slot_taken') ? new Problem(409, 'coach_not_free') : error;
    }
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('handOver.ask', { when: dayAndTime(startsAt, zone, locale, now) })}
      act={successor ? t('handOver.to', { name: successor.name }) : t('handOver.choose')}
      keep={t('handOver.keep')}
      danger={false}
      ns="coaching"
      onConfirm={handOver}
    >
      <p>{t('handOver.then')}</p>
      {!isMine && coaches.length > 1 && (
        <NativeSelect
          mt="md"
          label={t('handOver.whose')}
          value={fromCoachId}
          data={coaches.map(({ id: value, name }) => ({ value, label: name }))}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
      )}
      {opened && (
        <QueryBoundary query={free} ns="coaching">
          {({ items }) =>
            items.length === 0 ? (
              <p className="t2 mt16">{t('handOver.nobody')}</p>
            ) : (
              <Radio.Group mt="md" label={t('handOver.who')} value={chosen} onChange={setChosen}>
                <div className="stackv g8 mt8">
                  {items.map(({ person, craft }) => (
                    <Radio
                      key={person.id}
                      value={person.id}
                      label={person.name}
                      description={craft ? t(`common:crafts.${craft}`) : undefined}
                    />
                  ))}
                </div>
              </Radio.Group>
            )
          }
        </QueryBoundary>
      )}
    </ConfirmDialog>
  );
}

const coachesOf = ({ coachId, secondCoachId, people }: MentoringSession) =>
  [coachId, secondCoachId].flatMap((id) => people.find((person) => person.id === id) ?? []);

function useFreeCoaches({ cohortId, id, revision }: MentoringSession, enabled: boolean) {
  return useQuery({
    queryKey: [...coachingKeys.session(cohortId, id), 'free-coaches', revision],
    queryFn: ({ signal }) => api.get<FreeCoaches>(`/cohorts/${cohortId}/sessions/${id}/free-coaches`, { signal }),
    staleTime: 0,
    enabled,
  });
}
