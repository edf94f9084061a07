import { ActionIcon } from '@mantine/core';
import {
  IconBell,
  IconBellRinging,
  IconStar,
  IconStarFilled,
  IconVolume,
  IconVolumeOff,
  type Icon as TablerIcon,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../../../src/contracts/chat/chat';
import { api } from '../../../api/http';
import { keys } from '../../../api/keys';
import { Icon } from '../../../ui/Icon';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';

/** What I have set of a channel for me: its word, and its signs while it is off and on. */
const SETTINGS = {
  starred: ['star', IconStar, IconStarFilled],
  watched: ['watch', IconBell, IconBellRinging],
  muted: ['mute', IconVolume, IconVolumeOff],
} as const satisfies Record<string, [string, TablerIcon, TablerIcon]>;

/** Switches something of a channel for me: whether it is a favourite, whether I hear of every message, whether it stays quiet. */
export function ChannelSwitch({ channel, of }: { channel: Channel; of: keyof typeof SETTINGS }) {
  const { t } = useTranslation('chat');
  const client = useQueryClient();
  const text = useProblemText('chat');
  const [key, offIcon, onIcon] = SETTINGS[of];
  const isOn = channel[of];
  const word = t(`${key}.${isOn ? 'off' : 'on'}`);
  const change = async () => {
    try {
      await api.put(`/channels/${channel.id}/${of}`, { [of]: !isOn });
      await client.invalidateQueries({ queryKey: keys.channels });
      toast(t(`${key}.${isOn ? 'isOff' : 'isOn'}`));
    } catch (error) {
      toastProblem(text(error));
    }
  };
  return (
    <ActionIcon aria-label={word} title={word} aria-pressed={isOn} onClick={() => void change()}>
      <Icon of={isOn ? onIcon : offIcon} size={16} />
    </ActionIcon>
  );
}
