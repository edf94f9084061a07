import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconBell, IconLogout, IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { signOut, useMe } from '../api/session';
import { Icon } from '../ui/Icon';
import { MeButton } from './MeButton';

const SCHEMES: MantineColorScheme[] = ['light', 'dark', 'auto'];

/** My face at the top right and what is mine behind it: settings, colours, the way out. */
export default function MeMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  return (
    <Menu position="bottom-end" width={232} offset={4} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <MeButton />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.name}</Menu.Label>
        <Menu.Item leftSection={<Icon of={IconSettings} />} onClick={() => void navigate({ to: '/settings' })}>
          {t('me.profile')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Icon of={IconBell} />}
          onClick={() => void navigate({ to: '/settings/notifications' })}
        >
          {t('me.notifications')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('me.scheme')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
          {SCHEMES.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(`me.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon of={IconLogout} />} onClick={() => void signOut()}>
          {t('me.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
