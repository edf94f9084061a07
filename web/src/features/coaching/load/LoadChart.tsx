import { useTranslation } from 'react-i18next';
import type { CoachLoad } from '../../../../../src/contracts/mentoring/coaching-load';
import classes from './load.module.css';

/** Sessions of this week as bars against the most a coach takes. Says in words what it shows; the table says the same. */
export default function LoadChart({ coaches }: { coaches: readonly CoachLoad[] }) {
  const { t } = useTranslation('coaching');
  return (
    <ul className={classes.bars}>
      {coaches.map(({ person, thisWeek, maxPerWeek }) => {
        const cap = maxPerWeek ?? Math.max(thisWeek, 1);
        const words = maxPerWeek === null ? String(thisWeek) : t('loads.ofCap', { count: thisWeek, cap: maxPerWeek });
        return (
          <li key={person.id}>
            <span className="cut">{person.name}</span>
            <span className={classes.track} aria-hidden="true">
              <i style={{ width: `${Math.min(100, (100 * thisWeek) / cap)}%` }} />
            </span>
            <span className="xs">{words}</span>
          </li>
        );
      })}
    </ul>
  );
}
