import { useTranslation } from 'react-i18next';
import { useMembership } from '../../../api/session';
import { useCycles } from '../../cycles/queries';

interface OfCycleProps {
  cohortId: string;
  coachId: string;
  fellowIds: readonly string[];
}

/** Says that it counts in an open cycle of the two, and as which of four. */
export function OfCycle({ cohortId, coachId, fellowIds }: OfCycleProps) {
  const { t } = useTranslation('coaching');
  const role = useMembership()?.role;
  const cycles = useCycles(cohortId, 'open', role !== undefined && role !== 'host');
  const cycle = cycles.data?.find(
    (one) => fellowIds.length === 1 && one.coach.id === coachId && one.fellow.id === fellowIds[0],
  );
  if (!cycle?.abilities.bookNext) return null;
  const other = role === 'fellow' ? cycle.coach : cycle.fellow;
  return (
    <p className="xs t2 mt16">
      {t('book.ofCycle', { number: cycle.sessions.length + 1, of: cycle.of, name: other.name })}
    </p>
  );
}
