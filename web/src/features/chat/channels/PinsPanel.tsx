import { ActionIcon } from '@mantine/core';
import { IconPinnedOff, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel, Message } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { useEvent } from '../../../api/socket';
import type { Page } from '../../../api/types';
import { Empty } from '../../../ui/page/Empty';
import { onEscape } from '../../../ui/page/focus';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { toastProblem } from '../../../ui/toast';
import { pinMessage } from '../channel-client';
import { MessageCard } from '../messages/MessageCard';
import { useChatPeople } from './people';
import classes from '../Chat.module.css';

/** The pinned messages of a channel, beside it. */
export default function PinsPanel({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t } = useTranslation('chat');
  const text = useProblemText('chat');
  const people = useChatPeople();
  const pins = useQuery({
    queryKey: [...keys.channels, channel.id, 'pins'],
    queryFn: () => api.get<Page<Message>>(`/channels/${channel.id}/pins`),
  });
  useEvent('message.updated', (message) => {
    if (message.channelId === channel.id) void pins.refetch();
  });
  const takeDown = (message: Message) => {
    pinMessage(message, false)
      .then(() => pins.refetch())
      .catch((error: unknown) => toastProblem(text(error)));
  };

  return (
    <aside className={classes.side} aria-label={t('pins.title')} onKeyDown={onEscape(onClose)}>
      <div className={classes.head}>
        <h2>{t('pins.title')}</h2>
        <span className="right">
          <ActionIcon aria-label={t('pins.close')} onClick={onClose} autoFocus>
            <Icon of={IconX} />
          </ActionIcon>
        </span>
      </div>
      <div className={classes.people}>
        <QueryBoundary query={pins} ns="chat">
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('pins.empty')}>{t('pins.emptyHow')}</Empty>
            ) : (
              <ul className={classes.cards}>
                {items.map((message) => (
                  <MessageCard key={message.id} message={message} channel={channel} by={people.find(message.senderId)}>
                    {channel.abilities.send && (
                      <ActionIcon size="sm" aria-label={t('tools.unpin')} onClick={() => takeDown(message)}>
                        <Icon of={IconPinnedOff} size={16} />
                      </ActionIcon>
                    )}
                  </MessageCard>
                ))}
              </ul>
            )
          }
        </QueryBoundary>
      </div>
    </aside>
  );
}
