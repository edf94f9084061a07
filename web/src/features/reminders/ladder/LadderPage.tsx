import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReminderLadder } from '../../../../../src/contracts/reminders/reminder-ladder';
import { useCohort } from '../../../api/session';
import { useLocale, useNow, useZone } from '../../../time/clock';
import { formatRelative } from '../../../time/format';
import { ConfirmDialog } from '../../../ui/confirm';
import { Icon } from '../../../ui/Icon';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';
import { RemindersTabs } from '../RemindersTabs';
import { LadderTable } from './LadderTable';
import { useLadder, useSaveLadder } from './queries';

const LadderHistory = lazyPart(() => import('./LadderHistory'));

/** By which rules a cohort is reminded: the programme team changes them here, and what is planned follows. */
export default function LadderPage() {
  const { t } = useTranslation('reminders');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/reminders/ladder' });
  const isRunning = useCohort()?.state === 'running';
  const ladder = useLadder(cohortId);
  return (
    <div className="page">
      <PageHeader
        title={t('ladder.title')}
        crumbs={[
          { label: t('common:nav.board'), link: { to: '/c/$cohortId/board', params: { cohortId } } },
          { label: t('crumb') },
        ]}
        lead={<p>{ladder.data ? <Since ladder={ladder.data} /> : '\u00a0'}</p>}
      >
        {ladder.data && <Acts cohortId={cohortId} ladder={ladder.data} isRunning={isRunning} />}
      </PageHeader>
      <RemindersTabs cohortId={cohortId} at="ladder" />
      <QueryBoundary query={ladder} ns="reminders">
        {(data) => <LadderTable cohortId={cohortId} ladder={data} canEdit={isRunning} />}
      </QueryBoundary>
    </div>
  );
}

/** Who changed it last, and when. */
function Since({ ladder: { changedAt, changedBy } }: { ladder: ReminderLadder }) {
  const { t } = useTranslation('reminders');
  const [zone, locale, now] = [useZone(), useLocale(), useNow()];
  if (!changedAt) return t('ladder.never');
  return t('ladder.since', { when: formatRelative(changedAt, zone, locale, now), by: changedBy?.name ?? '—' });
}

function Acts({ cohortId, ladder, isRunning }: { cohortId: string; ladder: ReminderLadder; isRunning: boolean }) {
  const { t } = useTranslation('reminders');
  const [shown, setShown] = useState<'history' | 'reset' | null>(null);
  const save = useSaveLadder(cohortId);
  const changed = ladder.rungs.filter(({ isChanged }) => isChanged).length;
  return (
    <>
      {ladder.revision > 0 && (
        <Button variant="default" leftSection={<Icon of={IconHistory} />} onClick={() => setShown('history')}>
          {t('ladder.history')}
        </Button>
      )}
      {isRunning && changed > 0 && (
        <Button variant="default" onClick={() => setShown('reset')}>
          {t('ladder.resetAll')}
        </Button>
      )}
      {shown === 'history' && (
        <Part lost="over">
          <LadderHistory cohortId={cohortId} ladder={ladder} onClose={() => setShown(null)} />
        </Part>
      )}
      <ConfirmDialog
        opened={shown === 'reset'}
        onClose={() => setShown(null)}
        title={t('ladder.resetTitle')}
        act={t('ladder.resetAct')}
        ns="reminders"
        onConfirm={() => save.mutateAsync({ ladder, rung: null })}
      >
        {t('ladder.resetBody', { count: changed })}
      </ConfirmDialog>
    </>
  );
}
