import { ActionIcon, Menu } from '@mantine/core';
import { IconCalendarTime, IconDots } from '@tabler/icons-react';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgendaItem } from '../../../../src/contracts/calendar';
import { Icon } from '../../ui/Icon';
import { useItemTitle } from '../agenda/names';
import { MoveContext } from './moving';

/** The menu of an entry that may be moved: what dragging does, without a pointer. */
export default function MoveButton({ item, className }: { item: AgendaItem; className?: string }) {
  const { t } = useTranslation('calendar');
  const ask = useContext(MoveContext);
  const titleOf = useItemTitle();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon className={className} size={24} aria-label={t('move.menu', { title: titleOf(item) })}>
          <Icon of={IconDots} size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Icon of={IconCalendarTime} size={16} />} onClick={() => ask?.(item)}>
          {t('move.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
