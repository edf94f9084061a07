import { ActionIcon } from '@mantine/core';
import { IconBell, IconBellRinging } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';

/** Tells me of every message in the channel, or only of those that name me. */
export function WatchButton({ channel }: { channel: Channel }) {
  const { t } = useTranslation('chat');
  const client = useQueryClient();
  const text = useProblemText('chat');
  const { watched } = channel;
  const word = t(watched ? 'watch.off' : 'watch.on');
  const change = async () => {
    try {
      await api.put(`/channels/${channel.id}/watched`, { watched: !watched });
      await client.invalidateQueries({ queryKey: keys.channels });
      toast(t(watched ? 'watch.isOff' : 'watch.isOn'));
    } catch (error) {
      toastProblem(text(error));
    }
  };
  return (
    <ActionIcon aria-label={word} title={word} aria-pressed={watched} onClick={() => void change()}>
      <Icon of={watched ? IconBellRinging : IconBell} size={16} />
    </ActionIcon>
  );
}
