import { useTranslation } from 'react-i18next';
import type { Cohort } from '../../../../src/contracts/cohorts/cohorts';
import { useNames } from '../../shell/navigation/names';
import { useLocale } from '../../time/clock';
import { formatFullDate } from '../../time/format';
import { standingOf, todayIn } from '../../time/residency';
import { PhaseBar } from '../../ui/times/PhaseBar';

/** The way gone in the residency, on the cohort's own days. */
export function Residency({ cohort, now }: { cohort: Cohort; now: number }) {
  const { t } = useTranslation('week');
  const names = useNames();
  const locale = useLocale();
  const standing = standingOf(cohort, todayIn(cohort, now));
  const ahead = standing.at === 'ahead';
  return (
    <PhaseBar
      phases={cohort.phases.map((phase, index) => ({ name: names.phase(phase), weeks: standing.spans[index] ?? 1 }))}
      week={ahead ? null : standing.gone}
      label={
        ahead
          ? t('residencyAhead', { date: formatFullDate(cohort.startsOn, locale) })
          : t('residency', { ...standing, phases: cohort.phases.length })
      }
    />
  );
}
