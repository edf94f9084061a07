import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconPencil, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops/workshops';
import { api } from '../../api/http';
import { ButtonLink } from '../../ui/ButtonLink';
import { Icon } from '../../ui/Icon';
import { useProblemText } from '../../ui/page/ProblemAlert';
import { toastProblem } from '../../ui/toast';
import { ConfirmDialog } from '../../ui/confirm';
import { lazyPart } from '../../ui/page/lazy-part';
import { useClosedWords } from '../../ui/times/OnClosedDay';
import { Part } from '../../ui/forms/Part';
import { workshopKeys } from './cache';
import { CancelDialog } from './CancelDialog';
import { SeriesActs } from './series/SeriesActs';

const MoreActs = lazyPart(() => import('./MoreActs'));
const MessageAll = lazyPart(() => import('./MessageAll'));

/** What those who look after a workshop can do: edit, publish, cancel. Each only where the server says so. */
export function Acts({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const { abilities, cohortId, id, title } = workshop;
  const [cancelling, setCancelling] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const isDateOfMany = workshop.series !== null;
  const [asking, setAsking] = useState(false);
  const closedWords = useClosedWords();
  const publish = usePublish(workshop);
  const discard = useDiscard(workshop);
  return (
    <>
      <div className="row wrap g8">
        {workshop.series && workshop.status === 'draft' && <SeriesActs workshop={workshop} />}
        {abilities.publish && (
          <Button
            variant={isDateOfMany ? 'default' : 'filled'}
            leftSection={<Icon of={IconSend} />}
            loading={publish.isPending}
            onClick={() => (workshop.closedDay ? setAsking(true) : publish.mutate())}
          >
            {t(isDateOfMany ? 'series.publishOne' : 'publish')}
          </Button>
        )}
        {abilities.edit && (
          <ButtonLink
            to="/c/$cohortId/workshops/$workshopId/edit"
            params={{ cohortId, workshopId: id }}
            leftSection={<Icon of={IconPencil} />}
          >
            {t('edit.act')}
          </ButtonLink>
        )}
        {abilities.takeAttendance && (
          <Part lost="over">
            <MessageAll workshop={workshop} />
          </Part>
        )}
      </div>
      {/* What is done less often, and what cannot be undone, stand apart from the rest and after it. */}
      <div className="row wrap g8">
        <Part lost="over">{abilities.duplicate && <MoreActs workshop={workshop} />}</Part>
        {abilities.cancel && (
          <Button color="corde" onClick={() => setCancelling(true)}>
            {t('cancel.act')}
          </Button>
        )}
        {abilities.discard && (
          <Button color="corde" onClick={() => setDiscarding(true)}>
            {t(isDateOfMany ? 'series.discardOne' : 'discard.act')}
          </Button>
        )}
      </div>
      {workshop.closedDay && (
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          title={t('onClosed.ask', { title })}
          act={t('onClosed.act')}
          keep={t('onClosed.keep')}
          danger={false}
          ns="workshops"
          onConfirm={() => publish.mutateAsync()}
        >
          {closedWords(workshop.closedDay)}
        </ConfirmDialog>
      )}
      {abilities.discard && (
        <ConfirmDialog
          opened={discarding}
          onClose={() => setDiscarding(false)}
          title={t('discard.ask', { title })}
          act={t('discard.act')}
          ns="workshops"
          onConfirm={discard}
        >
          {t('discard.what')}
        </ConfirmDialog>
      )}
      {abilities.cancel && (
        <CancelDialog workshop={workshop} opened={cancelling} onClose={() => setCancelling(false)} />
      )}
    </>
  );
}

function usePublish({ cohortId, id }: Workshop) {
  const client = useQueryClient();
  const text = useProblemText('workshops');
  return useMutation({
    mutationFn: () => api.post<Workshop>(`/cohorts/${cohortId}/workshops/${id}/publish`),
    onSuccess: (fresh) => {
      client.setQueryData(workshopKeys.one(cohortId, id), fresh);
      return client.invalidateQueries({ queryKey: workshopKeys.lists(cohortId) });
    },
    onError: (error) => toastProblem(text(error)),
  });
}

function useDiscard({ cohortId, id }: Workshop) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await api.delete(`/cohorts/${cohortId}/workshops/${id}`);
    await navigate({ to: '/c/$cohortId/workshops', params: { cohortId } });
    client.removeQueries({ queryKey: workshopKeys.one(cohortId, id) });
    await client.invalidateQueries({ queryKey: workshopKeys.lists(cohortId) });
  };
}
