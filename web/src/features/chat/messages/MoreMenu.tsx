import { Menu } from '@mantine/core';
import {
  IconBell,
  IconFlag,
  IconHistory,
  IconLink,
  IconMailOpened,
  IconPin,
  IconPinnedOff,
  IconShare3,
  IconTrash,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/Icon';
import type { MessageActs } from './MessageTools';
import { MoreButton } from './MoreButton';

const TOOLS = [
  ['unread', IconMailOpened],
  ['remind', IconBell],
  ['copyLink', IconLink],
  ['share', IconShare3],
  ['pin', IconPin],
  ['unpin', IconPinnedOff],
  ['history', IconHistory],
  ['report', IconFlag],
  ['remove', IconTrash],
] as const satisfies [keyof MessageActs, TablerIcon][];

/** What is done with a message less often. It is open when it comes; closing it gives the focus back to the dots. */
export default function MoreMenu({ acts, onClose }: { acts: MessageActs; onClose: () => void }) {
  const { t } = useTranslation('chat');
  return (
    <Menu position="bottom-end" defaultOpened withInitialFocusPlaceholder={false} onExitTransitionEnd={onClose}>
      <Menu.Target>
        <MoreButton />
      </Menu.Target>
      <Menu.Dropdown>
        {TOOLS.map(([tool, icon]) => {
          const act = acts[tool];
          return (
            act && (
              <Menu.Item key={tool} leftSection={<Icon of={icon} size={16} />} onClick={() => act()}>
                {t(`tools.${tool}`)}
              </Menu.Item>
            )
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
