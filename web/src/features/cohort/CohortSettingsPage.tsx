import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { useCohort, useMembership } from '../../api/session';
import type { Cohort } from '../../api/types';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { ButtonLink } from '../../ui/ButtonLink';
import { ConfirmDialog } from '../../ui/confirm';
import { Group } from '../../ui/page/Group';
import { PageHeader } from '../../ui/page/PageHeader';
import { RowSkeleton } from '../../ui/page/RowSkeleton';
import { Notice } from '../../ui/page/State';
import { Part } from '../../ui/forms/Part';
import { toast } from '../../ui/toast';
import { CohortStorage } from '../storage/lazy';
import { ClosedDaysForm } from './ClosedDaysForm';
import { GeneralForm } from './GeneralForm';
import { LinkPreviewsSwitch } from './LinkPreviewsSwitch';
import { Logo } from './Logo';
import { MeetingForm } from './MeetingForm';
import { Milestones } from './Milestones';
import { PhasesForm } from './PhasesForm';

/** What the programme team sets for the whole cohort. Each part is saved on its own. */
export default function CohortSettingsPage() {
  const { t } = useTranslation('cohort');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/settings' });
  const locale = useLocale();
  const cohort = useCohort();
  return (
    <div className="page">
      <PageHeader
        title={t('title')}
        lead={
          cohort
            ? t('lead', { from: formatFullDate(cohort.startsOn, locale), to: formatFullDate(cohort.endsOn, locale) })
            : '\u00a0'
        }
      />
      {cohort ? <Parts key={cohortId} cohort={cohort} /> : <RowSkeleton rows={6} />}
    </div>
  );
}

function Parts({ cohort }: { cohort: Cohort }) {
  const { t } = useTranslation('cohort');
  const isTeam = useMembership()?.role === 'staff';
  if (!cohort.abilities.edit) {
    return (
      <>
        <div className="measure mt16">
          <Notice>{t('isClosed')}</Notice>
        </div>
        {isTeam && <ForumPart cohortId={cohort.id} />}
      </>
    );
  }
  return (
    <>
      <Group title={t('general.title')}>
        <GeneralForm cohort={cohort} />
      </Group>
      <Group title={t('logo.title')} className="mt40">
        <Logo cohort={cohort} />
      </Group>
      <div id="dates">
        <Group title={t('phases.title')} className="mt40">
          <PhasesForm cohort={cohort} />
        </Group>
      </div>
      <div id="closed-days">
        <Group title={t('pauses.title')} className="mt40">
          <ClosedDaysForm cohort={cohort} />
        </Group>
      </div>
      <Milestones cohort={cohort} />
      <Group title={t('meeting.title')} className="mt40">
        <MeetingForm cohort={cohort} />
      </Group>
      <Group title={t('linkPreviews.title')} className="mt40">
        <LinkPreviewsSwitch cohort={cohort} />
      </Group>
      <Group title={t('storage.title')} className="mt40">
        <Part fallback={<RowSkeleton rows={4} />}>
          <CohortStorage cohortId={cohort.id} />
        </Part>
      </Group>
      {isTeam && <TeamParts cohortId={cohort.id} />}
      {cohort.abilities.close && <Closing cohort={cohort} />}
    </>
  );
}

/** What leads to pages that an admin from outside has not. */
function TeamParts({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('cohort');
  return (
    <>
      <Group title={t('imports.title')} className="mt40">
        <p className="t2 measure mt12">{t('imports.body')}</p>
        <div className="row mt16">
          <ButtonLink to="/c/$cohortId/settings/imports" params={{ cohortId: cohortId }}>
            {t('imports.act')}
          </ButtonLink>
        </div>
      </Group>
      <ForumPart cohortId={cohortId} />
      <Group title={t('webhooks.title')} className="mt40">
        <p className="t2 measure mt12">{t('webhooks.body')}</p>
        <div className="row mt16">
          <ButtonLink to="/c/$cohortId/settings/webhooks" params={{ cohortId: cohortId }}>
            {t('webhooks.act')}
          </ButtonLink>
        </div>
      </Group>
    </>
  );
}

/** The forum as files: also of a cohort that is closed, when it is wanted most. */
function ForumPart({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation('cohort');
  return (
    <Group title={t('forum.title')} className="mt40">
      <p className="t2 measure mt12">{t('forum.body')}</p>
      <div className="row mt16">
        <ButtonLink to="/c/$cohortId/settings/forum" params={{ cohortId: cohortId }}>
          {t('forum.act')}
        </ButtonLink>
      </div>
    </Group>
  );
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
    <Group title={t('close.title')} className="mt40">
      <p className="t2 measure mt12">{t('close.body')}</p>
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
    </Group>
  );
}
