import { NativeSelect } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CopyProgramme } from '../../../../../src/contracts/workshops/workshop-copies';
import { useCohort, useMe } from '../../../api/session';
import { useLocale } from '../../../time/clock';
import { Empty } from '../../../ui/page/Empty';
import { PageHeader } from '../../../ui/page/PageHeader';
import { RowSkeleton } from '../../../ui/page/RowSkeleton';
import { CopyTable } from './CopyTable';
import classes from './copy.module.css';

/** The workshops of another cohort as drafts in this one: shown as a table first. For who is staff of both. */
export default function CopyProgrammePage() {
  const { t } = useTranslation('workshops');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/workshops/copy' });
  const cohort = useCohort();
  const others = useMe().memberships.filter((one) => one.role === 'staff' && one.cohortId !== cohortId);
  return (
    <div className="page">
      <PageHeader
        title={t('copy.title')}
        lead={t('copy.lead')}
        crumbs={[{ label: t('title'), link: { to: '/c/$cohortId/workshops', params: { cohortId } } }]}
      />
      {others.length === 0 && <Empty title={t('copy.noOther')}>{t('copy.noOtherWhat')}</Empty>}
      {others.length > 0 && !cohort && <RowSkeleton />}
      {others.length > 0 && cohort && (
        <Choices cohortId={cohortId} others={others.map((one) => ({ value: one.cohortId, label: one.cohortName }))} />
      )}
    </div>
  );
}

interface ChoicesProps {
  cohortId: string;
  others: { value: string; label: string }[];
}

function Choices({ cohortId, others }: ChoicesProps) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const [fromCohortId, setFrom] = useState(others[0]?.value ?? '');
  const [onClosed, setOnClosed] = useState<CopyProgramme['onClosed']>('move');
  const body = { fromCohortId, onClosed, locale };
  return (
    <>
      <div className={classes.choices}>
        <NativeSelect
          label={t('copy.from')}
          data={others}
          value={fromCohortId}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('copy.onClosed')}
          description={t('copy.closedHelp')}
          data={(['move', 'leave_out', 'keep'] as const).map((value) => ({ value, label: t(`copy.closed.${value}`) }))}
          value={onClosed}
          onChange={(event) => setOnClosed(event.currentTarget.value as CopyProgramme['onClosed'])}
        />
      </div>
      {/* What was taken out of one table is not taken out of another. */}
      <CopyTable key={fromCohortId} cohortId={cohortId} body={body} />
    </>
  );
}
