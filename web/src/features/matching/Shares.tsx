import { useTranslation } from 'react-i18next';
import type { MatchShares } from '../../../../src/contracts/selection/matching';
import classes from './matching.module.css';

const PARTS = ['first', 'second', 'third', 'none', 'unplaced'] as const;

/** How many got which of their wishes, as a line and in words. */
export function Shares({ shares }: { shares: MatchShares }) {
  const { t } = useTranslation('matching');
  const all = PARTS.reduce((sum, part) => sum + shares[part], 0);
  const shown = PARTS.filter((part) => shares[part] > 0);
  return (
    <div className={classes.shares}>
      <div className={classes.line} aria-hidden="true">
        {shown.map((part) => (
          <i key={part} data-part={part} style={{ flex: shares[part] }} />
        ))}
      </div>
      <ul className="row wrap" aria-label={t('shares.label')}>
        {shown.map((part) => (
          <li key={part}>
            <i className={classes.key} data-part={part} />
            {t(`shares.${part}`, { count: shares[part], percent: Math.round((100 * shares[part]) / all) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
