import type { QueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys';
import type { useApplyEvents } from '../api/socket';
import type { ChannelSummary, Me, Message } from '../api/types';
import { applyNotice } from '../features/inbox/inbox';

export interface ChannelList {
  items: ChannelSummary[];
}

const EXCERPT = 140;

/**
 * A new message in the list of channels: the same counts that a fetch would give. Known revs change nothing, one's own
 * message moves one's pointer, replies in threads are not counted as unread.
 */
export function withMessage(list: ChannelList, message: Message, myId: string): ChannelList {
  return {
    items: list.items.map((channel) => (channel.id === message.channelId ? counted(channel, message, myId) : channel)),
  };
}

function counted(channel: ChannelSummary, message: Message, myId: string): ChannelSummary {
  if (message.rev <= channel.rev) return channel;
  const seen = { ...channel, rev: message.rev };
  if (message.threadId === null) {
    seen.last = { senderId: message.senderId, excerpt: message.body.slice(0, EXCERPT), createdAt: message.createdAt };
  }
  if (message.senderId === myId)
    return message.threadId ? seen : { ...seen, readSeq: message.seq, unread: 0, mentions: 0 };
  const named = message.mentionsAll || message.mentions.includes(myId);
  return { ...seen, unread: channel.unread + (message.threadId ? 0 : 1), mentions: channel.mentions + (named ? 1 : 0) };
}

/** I read a channel to its end, here or on another device. Reading to the middle needs a count from the server. */
export function withRead(list: ChannelList, channelId: string, seq: number): ChannelList | 'ask' {
  const channel = list.items.find((one) => one.id === channelId);
  if (!channel) return list;
  if (seq < channel.rev) return channel.unread === 0 ? list : 'ask';
  const read = { ...channel, readSeq: seq, unread: 0, mentions: 0 };
  return { items: list.items.map((one) => (one.id === channelId ? read : one)) };
}

const askChannels = (client: QueryClient) => void client.invalidateQueries({ queryKey: keys.channels });

/** What the shell listens to on every page. */
export const shellEvents: Parameters<typeof useApplyEvents>[0] = {
  'message.created': (client, message) => {
    const me = client.getQueryData<Me>(keys.me);
    const list = client.getQueryData<ChannelList>(keys.channels);
    if (!me || !list) return;
    if (list.items.some((channel) => channel.id === message.channelId)) {
      client.setQueryData(keys.channels, withMessage(list, message, me.id));
    } else askChannels(client);
  },
  'message.deleted': askChannels,
  'channel.read': (client, { channelId, userId, seq }) => {
    const me = client.getQueryData<Me>(keys.me);
    const list = client.getQueryData<ChannelList>(keys.channels);
    if (!list || userId !== me?.id) return;
    const next = withRead(list, channelId, seq);
    if (next === 'ask') askChannels(client);
    else client.setQueryData(keys.channels, next);
  },
  'channel.changed': askChannels,
  'channel.removed': askChannels,
  'notification.created': applyNotice,
};

/** After a cut the counts are asked for again. */
export function askAgain(client: QueryClient): void {
  askChannels(client);
  void client.invalidateQueries({ queryKey: keys.inbox });
}
