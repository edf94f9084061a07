import { draftsOf } from '../../../api/begun';
import { useMe } from '../../../api/session';
import type { ChannelSummary } from '../../../api/types';
import { useNames } from '../../../shell/navigation/names';
import type { BegunText } from '../../../ui/page/Begun';
import { useUnsent } from '../composer/outbox';

/** What I began in channels that I am out of, and what did not go any more. */
export function useBegun(channels: readonly ChannelSummary[]): BegunText[] {
  const me = useMe();
  const names = useNames();
  const unsent = useUnsent(
    channels.map(({ id }) => id),
    me.id,
  );
  return channels.flatMap((channel) => {
    const label = `# ${names.channel(channel)}`;
    return [
      ...unsent
        .filter(({ channelId, body }) => channelId === channel.id && body !== '')
        .map(({ clientId, body }) => ({ key: clientId, label, text: body })),
      ...draftsOf(me.id, channel.id).map(({ name, text }) => ({ key: name, label, text })),
    ];
  });
}
