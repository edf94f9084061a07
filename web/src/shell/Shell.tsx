import { Outlet } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signedIn, useCohort, useMe, useMembership } from '../api/session';
import { connect, useApplyEvents, useOnMissed } from '../api/socket';
import { useStore } from '../api/store';
import { useDesktop } from './desktop/useDesktop';
import { useDevice } from './device/useDevice';
import { OfflineLine } from './device/OfflineLine';
import { lazyPart } from '../ui/page/lazy-part';
import { Part } from '../ui/forms/Part';
import { useShellKeys } from './keys/useShellKeys';
import { BottomBar } from './navigation/BottomBar';
import { NoNetwork } from './NoNetwork';
import { PagePending } from './PagePending';
import { Rail } from './navigation/Rail';
import { askAgain, askNear, shellEvents } from './live';
import classes from './Shell.module.css';
import { ToSignIn } from './ToSignIn';
import { TopBar } from './navigation/TopBar';
import { UpdatedLine } from './UpdatedLine';

const ConfirmAddressLine = lazyPart(() => import('./me/ConfirmAddressLine'));
const KeysDialog = lazyPart(() => import('./keys/KeysDialog'));
const MenuDrawer = lazyPart(() => import('./navigation/MenuDrawer'));

/** The frame of all pages behind the sign-in; who is not signed in goes there first and comes back after. */
export function Shell() {
  const state = useStore(signedIn);
  if (state === 'unknown') return <NoNetwork />;
  return state === 'in' ? <Frame /> : <ToSignIn />;
}

function Frame() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [menu, setMenu] = useState<'never' | 'open' | 'closed'>('never');
  useCohortColour();
  useDesktop();
  useDevice();
  useApplyEvents(shellEvents);
  useOnMissed(() => askAgain(client));
  useEffect(connect, []);
  useEffect(askNear, []);
  const [keys, setKeys] = useState(false);
  useShellKeys(() => setKeys(true));

  return (
    <>
      <a className={classes.skip} href="#main">
        {t('skip')}
      </a>
      <div className={classes.shell}>
        <Rail />
        <div className={classes.col}>
          <TopBar onMenu={() => setMenu('open')} />
          <OfflineLine />
          <AddressQuestion />
          <UpdatedLine />
          <main id="main" className={classes.main} tabIndex={-1}>
            <Suspense fallback={<PagePending />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
        <BottomBar />
      </div>
      <Part lost="over">{keys && <KeysDialog onClose={() => setKeys(false)} />}</Part>
      <Part lost="over">
        {menu !== 'never' && <MenuDrawer opened={menu === 'open'} onClose={() => setMenu('closed')} />}
      </Part>
    </>
  );
}

/** The cohort's colour is on the whole page, so that what floats above it has it too. */
function useCohortColour(): void {
  const membership = useMembership();
  const cohort = useCohort();
  const colour = membership?.cohortColor ?? cohort?.color ?? 'lac';
  useEffect(() => {
    document.body.dataset.cohort = colour;
  }, [colour]);
}

/** Few people are asked whether their address is theirs: for all others its words do not come. */
function AddressQuestion() {
  if (useMe().emailConfirmed) return null;
  return (
    <Part lost="nothing">
      <ConfirmAddressLine />
    </Part>
  );
}
