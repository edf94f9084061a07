import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCohort, useCohortId, useMembership } from '../../api/session';
import { Icon } from '../../ui/Icon';
import classes from './BottomBar.module.css';
import { entries, entriesFor } from './nav';

/** The five first pages under the thumb. A page that needs the room (a chat) carries the class `no-bar`. */
export function BottomBar() {
  const { t } = useTranslation();
  const cohortId = useCohortId();
  const cohort = useCohort();
  const membership = useMembership();
  const shown = membership ? entries.slice(0, 5) : entriesFor(cohort, undefined);
  if (cohortId === '' || shown.length === 0) return null;
  return (
    <nav className={classes.bar} aria-label={t('nav.label')}>
      {shown.map((entry) => (
        <Link key={entry.name} to={entry.to} params={{ cohortId }}>
          <Icon of={entry.icon} size={22} />
          <span>{t(`nav.${entry.name}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
