import { Button } from '@mantine/core';
import { IconBan, IconCheck, IconVideo } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import type { MyRegistration } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { Problem } from '../../api/problem';
import { useNow } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { State } from '../../ui/page/State';
import { toastProblem, toastUndo } from '../../ui/toast';
import type { phaseOf } from './agenda';
import { useItemTitle } from './names';

const PREPARE_MS = 24 * 3_600_000;
const OPENS_MS = 10 * 60_000;

/** The one act of an entry, or how I stand to it. */
export function ItemAct({ item, phase }: { item: AgendaItem; phase: ReturnType<typeof phaseOf> }) {
  const { t } = useTranslation('agenda');
  const now = useNow();
  if (item.kind === 'milestone') return null;
  if (item.status === 'cancelled') return <State icon={IconBan}>{t('cancelled')}</State>;
  const opens = Date.parse(item.startsAt) - now < OPENS_MS && phase !== 'past';
  if (opens && item.link && item.mine !== 'none') return <CallLink link={item.link} />;
  if (item.kind === 'session')
    return <SessionAct item={item} phase={phase} soon={Date.parse(item.startsAt) - now < PREPARE_MS} />;
  if (item.mine === 'host') return <State icon={IconCheck}>{t('hosting')}</State>;
  if (item.mine === 'going') {
    return (
      <State tone="ok" icon={IconCheck}>
        {t(phase === 'past' ? 'went' : 'going')}
      </State>
    );
  }
  if (item.mine === 'waitlisted') return <State tone="wait">{t('inLine', { position: item.position ?? 1 })}</State>;
  return phase === 'coming' ? <JoinButton item={item} /> : null;
}

function CallLink({ link }: { link: string }) {
  const { t } = useTranslation('agenda');
  return (
    <Button
      component="a"
      variant="filled"
      href={link}
      target="_blank"
      rel="noopener noreferrer"
      leftSection={<Icon of={IconVideo} size={16} />}
    >
      {t('call')}
    </Button>
  );
}

function SessionAct({ item, phase, soon }: { item: AgendaItem; phase: ReturnType<typeof phaseOf>; soon: boolean }) {
  const { t } = useTranslation('agenda');
  const { cohortId, id: sessionId } = item;
  const unsaid = phase === 'past' && item.status === 'scheduled' && item.mine === 'coach';
  const prepare = phase === 'coming' && soon;
  return (
    <ButtonLink
      to="/c/$cohortId/coaching/sessions/$sessionId"
      params={{ cohortId, sessionId }}
      variant={prepare || unsaid ? 'default' : 'subtle'}
    >
      {t(unsaid ? 'sayHow' : prepare ? 'prepare' : 'open')}
    </ButtonLink>
  );
}

/** Takes a place at once, or one in line where it is full; it can be taken back for ten seconds. */
function JoinButton({ item }: { item: AgendaItem }) {
  const { t } = useTranslation('agenda');
  const client = useQueryClient();
  const navigate = useNavigate();
  const text = useProblemText('agenda');
  const titleOf = useItemTitle();
  const [busy, setBusy] = useState(false);
  const { cohortId, id } = item;
  const path = `/cohorts/${cohortId}/workshops/${id}/registration`;
  const full = item.going !== null && item.capacity !== null && item.going >= item.capacity;
  const again = () => {
    void client.invalidateQueries({ queryKey: keys.agenda });
    void client.invalidateQueries({ queryKey: keys.in(cohortId, 'workshops') });
  };
  const leave = () => {
    api.delete(path).then(again, (error: unknown) => toastProblem(text(error)));
  };
  const join = async () => {
    setBusy(true);
    try {
      const mine = await api.put<MyRegistration>(path, {});
      again();
      toastUndo(t(mine.status === 'going' ? 'joined' : 'queued', { title: titleOf(item) }), leave);
    } catch (error) {
      // On site or on line is chosen on the workshop's own page.
      if (error instanceof Problem && error.status === 422) {
        void navigate({ to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId: id } });
      } else toastProblem(text(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      loading={busy}
      onClick={() => void join()}
      aria-label={t(full ? 'queueOf' : 'joinOf', { title: titleOf(item) })}
    >
      {t(full ? 'queue' : 'join')}
    </Button>
  );
}
