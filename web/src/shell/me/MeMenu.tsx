import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconBell, IconFileText, IconMoodPlus, IconMoon, IconMoonOff, IconSettings, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/session';
import { Icon } from '../../ui/Icon';
import { useEnd } from '../../ui/people/Standing';
import { LastItems } from './LastItems';
import { useSignOut } from '../../ui/useSignOut';
import { lazyPart } from '../../ui/page/lazy-part';
import { Part } from '../../ui/forms/Part';
import { MeButton } from './MeButton';
import { useMyStanding } from './me-standing';
import { QUIET_ENDS, quietEndOf } from './quiet-ends';

const StatusDialog = lazyPart(() => import('./StatusDialog'));
const QuietDialog = lazyPart(() => import('./QuietDialog'));

/** My face at the top right and what is mine behind it: how I stand, settings, colours, the way out. `startsOpen`: it was pressed before this was there. */
export default function MeMenu({ startsOpen }: { startsOpen: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'status' | 'quiet' | null>(null);
  const close = () => setDialog(null);
  const { out, asking } = useSignOut();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const pressed = useRef(startsOpen);

  // The focus first: it was on the button that this one took the place of, and comes back to where it was when the menu opened.
  useEffect(() => {
    if (!pressed.current) return;
    pressed.current = false;
    button.current?.focus();
    setOpened(true);
  }, []);

  return (
    <>
      <Menu
        opened={opened}
        onChange={setOpened}
        position="bottom-end"
        width={264}
        offset={4}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <MeButton ref={button} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{me.name}</Menu.Label>
          <StandingItems onStatus={() => setDialog('status')} onQuiet={() => setDialog('quiet')} />
          <Menu.Divider />
          <Menu.Item
            leftSection={<Icon of={IconSettings} />}
            onClick={() => void navigate({ to: '/settings/$section', params: { section: 'profile' } })}
          >
            {t('me.profile')}
          </Menu.Item>
          <Menu.Item
            leftSection={<Icon of={IconBell} />}
            onClick={() => void navigate({ to: '/settings/$section', params: { section: 'notifications' } })}
          >
            {t('me.notifications')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon of={IconFileText} />} onClick={() => void navigate({ to: '/applications' })}>
            {t('me.applications')}
          </Menu.Item>
          <Menu.Divider />
          <LastItems onSignOut={out} />
        </Menu.Dropdown>
      </Menu>
      {asking}
      <Part lost="over">
        {dialog === 'status' && <StatusDialog onClose={close} />}
        {dialog === 'quiet' && <QuietDialog onClose={close} />}
      </Part>
    </>
  );
}

/** What I say of myself, and how long I am not to be disturbed: each one tap to begin and one to end. */
function StandingItems({ onStatus, onQuiet }: { onStatus: () => void; onQuiet: () => void }) {
  const { t } = useTranslation();
  const { timeZone } = useMe();
  const { status, quietUntil, tryClear, tryQuiet } = useMyStanding();
  const endOf = useEnd();
  return (
    <>
      <Menu.Item
        leftSection={status?.emoji ? <span aria-hidden="true">{status.emoji}</span> : <Icon of={IconMoodPlus} />}
        onClick={onStatus}
      >
        {status ? status.text || t(status.away ? 'status.away' : 'status.title') : t('status.set')}
        {status?.until && <span className="t3 xs">, {endOf(status.until)}</span>}
      </Menu.Item>
      {status && (
        <Menu.Item leftSection={<Icon of={IconX} />} onClick={tryClear}>
          {t('status.clear')}
        </Menu.Item>
      )}
      {quietUntil ? (
        <Menu.Item leftSection={<Icon of={IconMoonOff} />} onClick={() => tryQuiet(null)}>
          {t('status.quietEnd')}
          <span className="t3 xs">, {endOf(quietUntil)}</span>
        </Menu.Item>
      ) : (
        <>
          <Menu.Label>{t('status.quiet')}</Menu.Label>
          {QUIET_ENDS.map((end) => (
            <Menu.Item
              key={end}
              leftSection={<Icon of={IconMoon} />}
              onClick={() => tryQuiet(quietEndOf(end, Date.now(), timeZone))}
            >
              {t(`status.quietFor.${end}`)}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<Icon of={IconMoon} />} onClick={onQuiet}>
            {t('status.quietFor.date')}
          </Menu.Item>
        </>
      )}
    </>
  );
}
