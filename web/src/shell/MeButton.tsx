import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/session';
import { Avatar } from '../ui/Avatar';

/** My face at the top right; the menu behind it comes later (MeMenu). */
export function MeButton(props: ActionIconProps & Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps>) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <ActionIcon {...props} aria-label={t('me.menu', { name: me.name })}>
      <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={32} />
    </ActionIcon>
  );
}
