import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Topic } from '../../../../../src/contracts/forums';
import { useMe, useMembership } from '../../../api/session';
import { ASKS, type Ask } from './asks';
import { MenuButton } from './TopicMenu';
import { useDeeds } from './useDeeds';

interface OpenMenuProps {
  topic: Topic;
  onAsk: (ask: Ask) => void;
  onClose: () => void;
}

/** It is open when it comes; closing it gives the focus back to the dots. */
export default function OpenMenu({ topic, onAsk, onClose }: OpenMenuProps) {
  const { t } = useTranslation('forum');
  const deeds = useDeeds(topic);
  const { abilities, pinned, slow, cohortId, id } = topic;
  const navigate = useNavigate();
  const membership = useMembership();
  const isRunning = membership?.cohortState === 'running';
  const becomesPage = abilities.edit && isRunning && topic.handbookPage === null;
  const toHandbook = () =>
    void navigate({ to: '/c/$cohortId/handbook/new', params: { cohortId }, search: { topic: id } as never });
  const me = useMe();
  const mayOpen = topic.author.id === me.id || membership?.role === 'staff' || topic.commonsTopic !== null;
  const toCommons = () =>
    void navigate({ to: '/c/$cohortId/forum/$topicId/commons', params: { cohortId, topicId: id } });
  const asks = ASKS.filter((ask) => ask === 'trail' || abilities[ask]);
  const atOnce = [
    ...(abilities.reopen ? [['reopen', deeds.reopen] as const] : []),
    ...(abilities.pin && pinned ? [['unpin', deeds.unpin] as const] : []),
    ...(abilities.slow && slow ? [['hasten', deeds.hasten] as const] : []),
  ];
  return (
    <Menu position="bottom-end" defaultOpened withInitialFocusPlaceholder={false} onExitTransitionEnd={onClose}>
      <Menu.Target>
        <MenuButton />
      </Menu.Target>
      <Menu.Dropdown>
        {atOnce.map(([word, act]) => (
          <Menu.Item key={word} onClick={act}>
            {t(`moderation.acts.${word}`)}
          </Menu.Item>
        ))}
        {asks.map((ask) => (
          <Menu.Item key={ask} onClick={() => onAsk(ask)}>
            {t(`moderation.acts.${ask}`)}
          </Menu.Item>
        ))}
        {becomesPage && <Menu.Item onClick={toHandbook}>{t('moderation.acts.handbook')}</Menu.Item>}
        {mayOpen && <Menu.Item onClick={toCommons}>{t('moderation.acts.commons')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
