import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import {
  IconCalendarTime,
  IconCheck,
  IconChecks,
  IconClock,
  IconFilter,
  IconSettings,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';
import { MenuButton } from '../../ui/page/MenuButton';
import type { Show } from './inbox';
import { TOPICS, type Topic } from './pages';

const VIEWS = [
  ['snoozed', IconClock],
  ['done', IconCheck],
  ['coming', IconCalendarTime],
] as const satisfies [Show, TablerIcon][];

interface InboxMenuProps {
  show: Show;
  topic: Topic | undefined;
  /** How many are shown that can be done at once. */
  shown: number;
  unread: number;
  onDoneAll: () => void;
  onReadAll: () => void;
  go: (search: { show?: Show; about?: Topic }) => void;
}

/** The further acts and lists of the inbox, what narrows it, and where one sets what comes. */
export function InboxMenu({ show, topic, shown, unread, onDoneAll, onReadAll, go }: InboxMenuProps) {
  const { t } = useTranslation('inbox');
  const isUnread = show === 'unread';
  return (
    <MenuButton label={t('menu')}>
      <Menu.Item hiddenFrom="sm" leftSection={<Icon of={IconChecks} />} disabled={unread === 0} onClick={onReadAll}>
        {t('readAll')}
      </Menu.Item>
      <Menu.Item leftSection={<Icon of={IconCheck} />} disabled={shown === 0 || show === 'done'} onClick={onDoneAll}>
        {t('doneAll', { count: shown })}
      </Menu.Item>
      <Menu.Sub>
        <Menu.Sub.Target>
          <Menu.Sub.Item leftSection={<Icon of={IconFilter} />}>{t('about')}</Menu.Sub.Item>
        </Menu.Sub.Target>
        <Menu.Sub.Dropdown>
          <Menu.Item onClick={() => go({})}>{t('topics.all')}</Menu.Item>
          <Menu.Item aria-current={isUnread} onClick={() => go({ show: 'unread' })}>
            {t('unread')}
          </Menu.Item>
          {TOPICS.map((one) => (
            <Menu.Item
              key={one}
              aria-current={one === topic}
              onClick={() => go({ ...((show === 'done' || show === 'snoozed') && { show }), about: one })}
            >
              {t(`topics.${one}`)}
            </Menu.Item>
          ))}
        </Menu.Sub.Dropdown>
      </Menu.Sub>
      <Menu.Divider />
      {VIEWS.map(([view, icon]) => (
        <Menu.Item key={view} leftSection={<Icon of={icon} />} onClick={() => go({ show: view })}>
          {t(view)}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item component={Link} leftSection={<Icon of={IconSettings} />} {...{ to: '/settings/notifications' }}>
        {t('preferences')}
      </Menu.Item>
    </MenuButton>
  );
}
