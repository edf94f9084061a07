import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCohort, useCohortId, useMembership } from '../../api/session';
import { Icon } from '../../ui/Icon';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { ChannelLists } from './ChannelLists';
import { CohortButton } from './CohortButton';
import { entriesFor } from './nav';
import classes from './Rail.module.css';

const CohortSwitcher = lazyPart(() => import('./CohortSwitcher'));

/** The rail at the left on a wide screen. */
export function Rail() {
  const { t } = useTranslation();
  return (
    <aside className={`${classes.rail} only-wide`} aria-label={t('nav.menu')}>
      <div className={classes.head}>
        <Part lost="over" fallback={<CohortButton />}>
          <CohortSwitcher />
        </Part>
      </div>
      <RailBody />
    </aside>
  );
}

/** What the rail and the phone's drawer hold: pages, channels, direct messages. */
export function RailBody({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation();
  const cohortId = useCohortId();
  const cohort = useCohort();
  const membership = useMembership();
  return (
    <div className={classes.scroll}>
      {cohortId !== '' && (
        <nav className={classes.pages} aria-label={t('nav.label')}>
          {entriesFor(cohort, membership).map((entry) => (
            <Link key={entry.name} to={entry.to} params={{ cohortId }} className={classes.nav} onClick={onGo}>
              <Icon of={entry.icon} />
              <span>{t(`nav.${entry.name}`)}</span>
            </Link>
          ))}
        </nav>
      )}
      <ChannelLists onGo={onGo} />
    </div>
  );
}
