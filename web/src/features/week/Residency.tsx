import { useTranslation } from 'react-i18next';
import type { Cohort } from '../../../../src/contracts/cohorts';
import { useNames } from '../../shell/names';
import { PhaseBar } from '../../ui/PhaseBar';
import { standingOf } from './week';

/** The way gone in the residency, on the cohort's own days. */
export function Residency({ cohort, now }: { cohort: Cohort; now: number }) {
  const { t } = useTranslation('week');
  const names = useNames();
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(cohort.timeZone).toPlainDate();
  const standing = standingOf(cohort, today);
  return (
    <PhaseBar
      phases={cohort.phases.map((phase, index) => ({ name: names.phase(phase), weeks: standing.spans[index] ?? 1 }))}
      week={standing.gone}
      label={t('residency', { ...standing, phases: cohort.phases.length })}
    />
  );
}
