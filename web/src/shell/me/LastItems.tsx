import { Menu, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';

const SCHEMES: MantineColorScheme[] = ['light', 'dark', 'auto'];

/** What every menu of an account ends with: the colours of the pages, and the way out. */
export function LastItems({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('me.scheme')}</Menu.Label>
      <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}>
        {SCHEMES.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme}>
            {t(`me.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Item leftSection={<Icon of={IconLogout} />} onClick={onSignOut}>
        {t('me.signOut')}
      </Menu.Item>
    </>
  );
}
