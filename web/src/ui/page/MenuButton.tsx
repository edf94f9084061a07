import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from '../Icon';

interface MenuButtonProps {
  /** What the button is called: it has three dots alone. */
  label: string;
  /** The items of the menu. */
  children: ReactNode;
}

/** The further acts of a page or of a thing, behind three dots. */
export function MenuButton({ label, children }: MenuButtonProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={36} aria-label={label} title={label}>
          <Icon of={IconDots} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
