import { NativeSelect } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort, useMe } from '../../api/session';
import { useLocale } from '../../time/clock';
import { Empty } from '../../ui/Empty';
import { PageHeader } from '../../ui/PageHeader';
import { RowSkeleton } from '../../ui/RowSkeleton';
import { CopyTable } from './CopyTable';
import { countryChoices } from './countries';
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
        <Choices
          cohortId={cohortId}
          country={cohort.country}
          others={others.map((one) => ({ value: one.cohortId, label: one.cohortName }))}
        />
      )}
    </div>
  );
}

interface ChoicesProps {
  cohortId: string;
  /** Of this cohort. */
  country: string;
  others: { value: string; label: string }[];
}

function Choices({ cohortId, country, others }: ChoicesProps) {
  const { t } = useTranslation('workshops');
  const locale = useLocale();
  const [fromCohortId, setFrom] = useState(others[0]?.value ?? '');
  const [holidays, setHolidays] = useState<string>(country);
  const [onHoliday, setOnHoliday] = useState<'move' | 'leave_out'>('move');
  const body = { fromCohortId, holidays: holidays === '' ? null : holidays, onHoliday, locale };
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
          label={t('repeat.country')}
          data={[{ value: '', label: t('copy.noHolidays') }, ...countryChoices(locale, country)]}
          value={holidays}
          onChange={(event) => setHolidays(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('copy.onHoliday')}
          disabled={holidays === ''}
          data={(['move', 'leave_out'] as const).map((value) => ({ value, label: t(`copy.holidays.${value}`) }))}
          value={onHoliday}
          onChange={(event) => setOnHoliday(event.currentTarget.value as 'move' | 'leave_out')}
        />
      </div>
      {/* What was taken out of one table is not taken out of another. */}
      <CopyTable key={fromCohortId} cohortId={cohortId} body={body} />
    </>
  );
}
