import { ActionIcon } from '@mantine/core';
import { IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';

/** Keeps the channel quiet for me, or lets it speak again. */
export function MuteButton({ channel }: { channel: Channel }) {
  const { t } = useTranslation('chat');
  const client = useQueryClient();
  const text = useProblemText('chat');
  const { muted } = channel;
  const word = t(muted ? 'mute.off' : 'mute.on');
  const change = async () => {
    try {
      await api.put(`/channels/${channel.id}/muted`, { muted: !muted });
      await client.invalidateQueries({ queryKey: keys.channels });
      toast(t(muted ? 'mute.isOff' : 'mute.isOn'));
    } catch (error) {
      toastProblem(text(error));
    }
  };
  return (
    <ActionIcon aria-label={word} title={word} aria-pressed={muted} onClick={() => void change()}>
      <Icon of={muted ? IconVolumeOff : IconVolume} size={16} />
    </ActionIcon>
  );
}
