import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../../src/contracts/workshops/workshops';
import { ConfirmDialog } from '../../../ui/confirm';
import { dayOf } from '../../../time/format';
import { closedAmong, useClosedDays } from '../../../ui/times/closed-days';
import { Icon } from '../../../ui/Icon';
import { ClosedList } from '../../../ui/times/OnClosedDay';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toastProblem } from '../../../ui/toast';
import { useSeries, useSeriesActs } from './series';

/** What one can do with all drafts of a series at once: publish them, drop them. */
export function SeriesActs({ workshop }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  const text = useProblemText('workshops');
  const navigate = useNavigate();
  const { cohortId, title } = workshop;
  const series = useSeries(workshop).data;
  const acts = useSeriesActs(cohortId, workshop.series?.id ?? '');
  const [busy, setBusy] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const [asking, setAsking] = useState(false);
  const closedDays = useClosedDays(cohortId).data?.items ?? [];
  const drafts = series?.dates.filter(({ status }) => status === 'draft').length ?? 0;
  if (!series || drafts < 2) return null;
  const draftDays = series.dates
    .filter(({ status }) => status === 'draft')
    .map(({ startsAt, timeZone }) => dayOf(startsAt, timeZone).toString());
  const onClosed = closedAmong(draftDays, closedDays);
  const publish = async () => {
    setBusy(true);
    await acts.publish().catch((error: unknown) => toastProblem(text(error)));
    setBusy(false);
  };
  const discard = async () => {
    await acts.discard();
    await navigate({ to: '/c/$cohortId/workshops', params: { cohortId } });
    await acts.askAgain();
  };
  return (
    <>
      {series.abilities.publish && (
        <Button
          variant="filled"
          leftSection={<Icon of={IconSend} />}
          loading={busy}
          onClick={() => (onClosed.length > 0 ? setAsking(true) : void publish())}
        >
          {t('series.publish', { count: drafts })}
        </Button>
      )}
      {series.abilities.discard && (
        <Button color="corde" onClick={() => setDiscarding(true)}>
          {t('series.discard', { count: drafts })}
        </Button>
      )}
      {onClosed.length > 0 && (
        <ConfirmDialog
          opened={asking}
          onClose={() => setAsking(false)}
          title={t('onClosed.askAll', { title, count: onClosed.length })}
          act={t('series.publish', { count: drafts })}
          keep={t('onClosed.keep')}
          danger={false}
          ns="workshops"
          onConfirm={publish}
        >
          <ClosedList days={onClosed} />
        </ConfirmDialog>
      )}
      {series.abilities.discard && (
        <ConfirmDialog
          opened={discarding}
          onClose={() => setDiscarding(false)}
          title={t('series.discardAsk', { title, count: drafts })}
          act={t('series.discard', { count: drafts })}
          ns="workshops"
          onConfirm={discard}
        >
          {t('discard.what')}
        </ConfirmDialog>
      )}
    </>
  );
}
