import { ActionIcon, type ActionIconProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../api/session';
import { quietNow } from '../../../../src/common/standing';
import { useNow } from '../../time/clock';
import { Avatar } from '../../ui/people/Avatar';

/** My face at the top right; the menu behind it comes later (MeMenu). */
export function MeButton(props: ActionIconProps & Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps>) {
  const { t } = useTranslation();
  const me = useMe();
  const isQuiet = quietNow(me.quietUntil, useNow()) !== null;
  return (
    <ActionIcon {...props} aria-label={t(isQuiet ? 'me.menuQuiet' : 'me.menu', { name: me.name })}>
      <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={32} quiet={isQuiet} />
    </ActionIcon>
  );
}
