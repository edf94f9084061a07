import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MentoringSession } from '../../../../../src/contracts/mentoring/mentoring';
import { api } from '../../../api/http';
import { useMe } from '../../../api/session';
import { ButtonLink } from '../../../ui/ButtonLink';
import { keepFocus } from '../../../ui/page/focus';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { InMyCalendar } from '../availability/InMyCalendar';
import { CancelDialog } from './CancelDialog';
import { MoveDialog } from './MoveDialog';
import { coachingKeys, keepSession } from '../queries';

const HandOverDialog = lazyPart(() => import('../load/HandOverDialog'));

/** Move, hand over, cancel, and say how it went: each only where the server says so, and on what one has before one's eyes. */
export function SessionActs({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const [asking, setAsking] = useState<'move' | 'cancel' | 'handOver' | null>(null);
  const complete = useComplete(session);
  const { abilities } = session;
  const close = () => setAsking(null);
  return (
    <>
      {/* One line, in which what changes nothing for others, and what cannot be undone, come last. */}
      <div className="row wrap g8">
        {abilities.complete && (
          <>
            <Button
              variant="filled"
              leftSection={<Icon of={IconCheck} />}
              loading={complete.isPending}
              onClick={() => complete.mutate('held')}
            >
              {t('acts.held')}
            </Button>
            <Button loading={complete.isPending} onClick={() => complete.mutate('no_show')}>
              {t('acts.noShow')}
            </Button>
          </>
        )}
        {abilities.reschedule && <Button onClick={() => setAsking('move')}>{t('acts.move')}</Button>}
        {abilities.handOver && <Button onClick={() => setAsking('handOver')}>{t('acts.handOver')}</Button>}
        <NextOne session={session} />
        {session.status === 'scheduled' && <InMyCalendar session={session} />}
        {session.status === 'scheduled' && abilities.cancel && (
          <Button color="corde" onClick={() => setAsking('cancel')}>
            {t('acts.cancel')}
          </Button>
        )}
      </div>
      <MoveDialog session={session} opened={asking === 'move'} onClose={close} />
      {abilities.handOver && (
        <Part lost="over">
          <HandOverDialog session={session} opened={asking === 'handOver'} onClose={close} />
        </Part>
      )}
      <CancelDialog session={session} opened={asking === 'cancel'} onClose={close} />
    </>
  );
}

/** Once it is over, the way to the next one of the same two. */
function NextOne({ session }: { session: MentoringSession }) {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const { cohortId, coachId, participants, status } = session;
  const [fellowId] = participants;
  const isCoach = me.id === coachId;
  if (status === 'scheduled' || !(isCoach || participants.includes(me.id))) return null;
  const search = isCoach ? { for: fellowId } : { tab: 'slots', coach: coachId };
  return (
    <ButtonLink to="/c/$cohortId/coaching" params={{ cohortId }} search={search as never}>
      {t('acts.next')}
    </ButtonLink>
  );
}

function useComplete(session: MentoringSession) {
  const client = useQueryClient();
  const text = useProblemText('coaching');
  const { cohortId, id, revision } = session;
  return useMutation({
    mutationFn: (outcome: 'held' | 'no_show') =>
      api.post<MentoringSession>(`/cohorts/${cohortId}/sessions/${id}/complete`, { outcome, revision }),
    onSuccess: (fresh) => {
      keepSession(client, fresh);
      keepFocus();
    },
    onError: (error) => {
      toastProblem(text(error));
      void client.invalidateQueries({ queryKey: coachingKeys.session(cohortId, id) });
    },
  });
}
