import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort } from '../../api/session';
import type { Cohort } from '../../api/types';
import { oneOf } from '../../shell/address';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { ConfirmDialog } from '../../ui/confirm';
import { Group } from '../../ui/page/Group';
import { NotFoundPage } from '../../ui/page/NotFound';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { Notice } from '../../ui/page/State';
import { Part } from '../../ui/forms/Part';
import { toast } from '../../ui/toast';
import { CohortStorage } from '../storage/lazy';
import { ClosedDaysForm } from './ClosedDaysForm';
import { CohortSettingsFrame } from './CohortSettingsFrame';
import { GeneralForm } from './GeneralForm';
import { LinkPreviewsSwitch } from './LinkPreviewsSwitch';
import { Logo } from './Logo';
import { MeetingForm } from './MeetingForm';
import { Milestones } from './Milestones';
import { PhasesForm } from './PhasesForm';
import { type CohortSection, SECTIONS, type TeamSection } from './sections';

type Shown = Exclude<CohortSection, TeamSection>;
const SHOWN = Object.values(SECTIONS)
  .flat()
  .filter((section): section is Shown => section !== 'forum' && section !== 'imports' && section !== 'webhooks');

/** What the programme team sets for the whole cohort, one section at a time. */
export default function CohortSettingsPage() {
  const { t } = useTranslation('cohort');
  const { cohortId, section } = useParams({ from: '/shell/c/$cohortId/settings/$section' });
  const locale = useLocale();
  const cohort = useCohort();
  const asked = oneOf(SHOWN, section);
  if (!asked || (asked === 'close' && cohort?.abilities.close === false)) return <NotFoundPage />;
  const isClosed = cohort?.abilities.edit === false;
  // Of a closed cohort every section says that it is closed.
  const at = isClosed ? 'general' : asked;
  const dates = cohort && { from: formatFullDate(cohort.startsOn, locale), to: formatFullDate(cohort.endsOn, locale) };
  const lead = at === 'general' || at === 'phases' ? (dates ? t('lead', dates) : '\u00a0') : undefined;
  return (
    <CohortSettingsFrame cohortId={cohortId} at={at} lead={lead}>
      {!cohort && <RowSkeleton rows={6} />}
      {isClosed && (
        <div className="mt16">
          <Notice>{t('isClosed')}</Notice>
        </div>
      )}
      {cohort && !isClosed && <SectionOf key={cohortId} cohort={cohort} at={at} />}
    </CohortSettingsFrame>
  );
}

function SectionOf({ cohort, at }: { cohort: Cohort; at: Shown }) {
  const { t } = useTranslation('cohort');
  switch (at) {
    case 'general':
      return (
        <>
          <GeneralForm cohort={cohort} />
          <Group title={t('logo.title')} className="mt40">
            <Logo cohort={cohort} />
          </Group>
        </>
      );
    case 'meeting':
      return <MeetingForm cohort={cohort} />;
    case 'link-previews':
      return <LinkPreviewsSwitch cohort={cohort} />;
    case 'files':
      return (
        <section aria-label={t('sections.files')}>
          <Part fallback={<RowSkeleton rows={4} />}>
            <CohortStorage cohortId={cohort.id} />
          </Part>
        </section>
      );
    case 'phases':
      return <PhasesForm cohort={cohort} />;
    case 'closed-days':
      return <ClosedDaysForm cohort={cohort} />;
    case 'milestones':
      return <Milestones cohort={cohort} />;
    case 'close':
      return <Closing cohort={cohort} />;
  }
}

function Closing({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const close = async () => {
    await api.post(`/cohorts/${cohort.id}/close`);
    toast(t('close.done', { name: cohort.name }));
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.cohort(cohort.id) }),
      client.invalidateQueries({ queryKey: keys.me }),
      client.invalidateQueries({ queryKey: keys.channels }),
    ]);
  };
  return (
    <>
      <p className="t2 measure mt16">{t('close.body')}</p>
      <div className="row mt16">
        <Button color="corde" onClick={() => setAsking(true)}>
          {t('close.act')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('close.ask', { name: cohort.name })}
        act={t('close.confirm', { name: cohort.name })}
        ns="cohort"
        onConfirm={close}
      >
        {t('close.askBody', { count: cohort.counts.fellows })}
      </ConfirmDialog>
    </>
  );
}
