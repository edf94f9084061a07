import { ActionIcon, type ActionIconProps } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/Icon';

/** The dots over a message; the menu behind them comes when it is asked for. */
export function MoreButton(props: ActionIconProps & ComponentPropsWithRef<'button'>) {
  const { t } = useTranslation('chat');
  return (
    <ActionIcon size="sm" aria-label={t('tools.more')} title={t('tools.more')} aria-haspopup="menu" {...props}>
      <Icon of={IconDots} size={16} />
    </ActionIcon>
  );
}
