import { useHotkeys } from '@mantine/hooks';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCohortId } from '../../api/session';
import { useChannels } from '../navigation/channels';
import { useSingleKeys } from './single-keys';
import { nextChannel } from './next-channel';

/** Keys that work on every page: `?` shows all keys, Alt and an arrow leads to the channel above or below. Single keys work where nothing is typed, and unless they are switched off. */
export function useShellKeys(onHelp: () => void): void {
  const navigate = useNavigate();
  const cohortId = useCohortId();
  const { channelId } = useParams({ strict: false });
  const channels = useChannels().data ?? [];
  const go = (by: 1 | -1) => {
    const next = nextChannel(channels, { cohortId, channelId, by });
    if (!next) return;
    if (next.kind === 'direct' || next.cohortId === null)
      void navigate({ to: '/chat/$channelId', params: { channelId: next.id } });
    else
      void navigate({
        to: '/c/$cohortId/chat/$channelId',
        params: { cohortId: next.cohortId, channelId: next.id },
      });
  };
  useSingleKeys({ '?': onHelp });
  useHotkeys(
    [
      ['alt+ArrowUp', () => go(-1)],
      ['alt+ArrowDown', () => go(1)],
    ],
    // Also from the composer: that is where one is in a channel.
    [],
  );
}
