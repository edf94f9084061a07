import { ActionIcon } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconBell, IconMenu2, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort, useMembership } from '../../api/session';
import { useInboxHead } from '../../features/inbox/inbox';
import { IconLink } from '../../ui/ButtonLink';
import { useWaitingCount } from '../../ui/page/title';
import { Icon } from '../../ui/Icon';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { markOf } from '../mark';
import { MeButton } from '../me/MeButton';
import classes from './TopBar.module.css';

const Palette = lazyPart(() => import('./Palette'));
// The menu's script is not waited for: until it comes, its button stands there, and who presses it has the menu as soon as it is there.
const MeMenu = lazyPart(() => import('../me/MeMenu'));

/** The bar above every page: search, inbox, me; on a phone also the menu and the cohort's name. */
export function TopBar({ onMenu }: { onMenu: () => void }) {
  const { t } = useTranslation();
  const [palette, setPalette] = useState(false);
  const [menuAsked, setMenuAsked] = useState(false);
  const openPalette = () => setPalette(true);
  useHotkeys([['mod+K', openPalette]], []);

  return (
    <header className={classes.top}>
      <span className="only-phone">
        <ActionIcon aria-label={t('nav.openMenu')} onClick={onMenu}>
          <Icon of={IconMenu2} size={20} />
        </ActionIcon>
      </span>
      <CohortName />
      <button type="button" className={`${classes.find} only-wide`} onClick={openPalette}>
        <Icon of={IconSearch} />
        <span className="grow cut">{t('search.open')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <span className="only-phone right">
        <ActionIcon aria-label={t('search.placeholder')} onClick={openPalette}>
          <Icon of={IconSearch} size={20} />
        </ActionIcon>
      </span>
      <span className="right row g4">
        <Bell />
        <Part lost="over" fallback={<MeButton onClick={() => setMenuAsked(true)} />}>
          <MeMenu startsOpen={menuAsked} />
        </Part>
      </span>
      <Part lost="over">{palette && <Palette onClose={() => setPalette(false)} />}</Part>
    </header>
  );
}

function CohortName() {
  const membership = useMembership();
  const cohort = useCohort();
  const name = membership?.cohortName ?? cohort?.name;
  // Without one its place stays, so that what stands at the right does.
  if (!name) return <span className="only-phone grow" />;
  return (
    <b className={`only-phone row grow ${classes.here}`}>
      <span className={classes.mark} aria-hidden="true">
        {markOf(name)}
      </span>
      <span className="cut">{name}</span>
    </b>
  );
}

const MAX_SHOWN = 99;

function Bell() {
  const { t } = useTranslation();
  const unread = useInboxHead().data?.unread ?? 0;
  useWaitingCount(unread);
  return (
    <IconLink to="/inbox" className={classes.bell} aria-label={t('inboxCount', { count: unread })}>
      <Icon of={IconBell} size={20} />
      {unread > 0 && (
        <span className="pill" aria-hidden="true">
          {unread > MAX_SHOWN ? `${MAX_SHOWN}+` : unread}
        </span>
      )}
    </IconLink>
  );
}
