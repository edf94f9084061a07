import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconMessageCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCohort, useCohortId, useMembership } from '../../api/session';
import { Icon } from '../../ui/Icon';
import classes from './BottomBar.module.css';
import { loudOf, useChannels } from './channels';
import { barEntries, entriesFor } from './nav';

/** So many are said by their number. */
const MAX_SHOWN = 99;

/** The first pages and chat under the thumb. A page that needs the room (a chat) carries the class `no-bar`. */
export function BottomBar() {
  const { t } = useTranslation();
  const cohortId = useCohortId();
  const cohort = useCohort();
  const membership = useMembership();
  const shown = membership ? barEntries : entriesFor(cohort, undefined);
  if (cohortId === '' || shown.length === 0) return null;
  return (
    <nav className={classes.bar} aria-label={t('nav.label')}>
      {shown.slice(0, 2).map((entry) => (
        <Link key={entry.name} to={entry.to} params={{ cohortId }}>
          <Icon of={entry.icon} size={22} />
          <span>{t(`nav.${entry.name}`)}</span>
        </Link>
      ))}
      {membership && <ChatLink cohortId={cohortId} />}
      {shown.slice(2).map((entry) => (
        <Link key={entry.name} to={entry.to} params={{ cohortId }}>
          <Icon of={entry.icon} size={22} />
          <span>{t(`nav.${entry.name}`)}</span>
        </Link>
      ))}
    </nav>
  );
}

/** With the messages that are for me: mentions, and direct messages of all cohorts. */
function ChatLink({ cohortId }: { cohortId: string }) {
  const { t } = useTranslation();
  const count = (useChannels().data ?? []).reduce((sum, channel) => sum + loudOf(channel), 0);
  return (
    <Link to="/c/$cohortId/chat" params={{ cohortId }} className={classes.chat}>
      <Icon of={IconMessageCircle} size={22} />
      <span>{t('nav.chat')}</span>
      {count > 0 && (
        <>
          <span className="pill" aria-hidden="true">
            {count > MAX_SHOWN ? `${MAX_SHOWN}+` : count}
          </span>
          <VisuallyHidden>{t('channels.messages', { count })}</VisuallyHidden>
        </>
      )}
    </Link>
  );
}
