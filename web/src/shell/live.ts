import type { QueryClient } from '@tanstack/react-query';
import { api } from '../api/http';
import { keys } from '../api/keys';
import { comeBack, comeBackAs, leaveChannel, leaveCohort, leftChannels, leftCohorts, outNow } from '../api/left';
import type { useApplyEvents } from '../api/socket';
import type { Channel } from '../../../src/contracts/chat/chat';
import type { ChannelSummary, Me, Message } from '../api/types';
import { askBlocked } from '../api/blocked';
import { askStandings } from '../api/standings';
import { applyMoved, applyNotice, applyRead } from '../features/inbox/inbox';
import { askShell } from './ask-shell';

export interface ChannelList {
  items: ChannelSummary[];
}

const EXCERPT = 140;

/**
 * A message in the list of channels: the same counts that a fetch would give. Known revs change nothing, one's own message moves
 * one's pointer, replies in threads are not counted as unread. `ask`: a change is missing before this one, so the counts must be
 * fetched.
 */
export function withMessage(list: ChannelList, message: Message, myId: string): ChannelList | 'ask' {
  const channel = list.items.find((one) => one.id === message.channelId);
  if (!channel) return 'ask';
  if (message.rev <= channel.rev) return list;
  if (message.rev > channel.rev + 1) return 'ask';
  return replaced(list, counted(channel, message, myId));
}

/** An edit or a reaction: it takes a rev, and counts nothing. A deletion may take something from the counts. */
export function withChange(list: ChannelList, message: Message): ChannelList | 'ask' {
  const channel = list.items.find((one) => one.id === message.channelId);
  if (!channel || message.rev <= channel.rev) return list;
  if (message.rev > channel.rev + 1 || message.deletedAt) return 'ask';
  return replaced(list, { ...channel, rev: message.rev });
}

const replaced = (list: ChannelList, channel: ChannelSummary): ChannelList => ({
  items: list.items.map((one) => (one.id === channel.id ? channel : one)),
});

function counted(channel: ChannelSummary, message: Message, myId: string): ChannelSummary {
  const seen = { ...channel, rev: message.rev };
  if (message.threadId === null) {
    seen.last = { senderId: message.senderId, excerpt: message.body.slice(0, EXCERPT), createdAt: message.createdAt };
  }
  if (message.senderId === myId)
    return message.threadId ? seen : { ...seen, readSeq: message.seq, unread: 0, mentions: 0 };
  const named = message.mentionsAll || message.mentions.includes(myId);
  return { ...seen, unread: channel.unread + (message.threadId ? 0 : 1), mentions: channel.mentions + (named ? 1 : 0) };
}

/** I read a channel to its end, here or on another device. Reading to the middle, or back, needs a count from the server. */
export function withRead(list: ChannelList, channelId: string, seq: number): ChannelList | 'ask' {
  const channel = list.items.find((one) => one.id === channelId);
  if (!channel) return list;
  if (seq < channel.rev && (channel.unread > 0 || seq < channel.readSeq)) return 'ask';
  const read = { ...channel, readSeq: seq, unread: 0, mentions: 0 };
  return { items: list.items.map((one) => (one.id === channelId ? read : one)) };
}

const ASK_AT_MOST_EVERY_MS = 500;
let asking: ReturnType<typeof setTimeout> | undefined;
let isWanted = false;

/** Counts are fetched at once, then at most twice a second: many messages that come out of order do not ask each for themselves. */
function askChannels(client: QueryClient): void {
  isWanted = true;
  if (asking) return;
  isWanted = false;
  void client.invalidateQueries({ queryKey: keys.channels });
  asking = setTimeout(() => {
    asking = undefined;
    if (isWanted) askChannels(client);
  }, ASK_AT_MOST_EVERY_MS);
}

/** A list that was fetched while events came: of each channel the later state stays. */
export function fresher(held: ChannelList | undefined, fetched: ChannelList): ChannelList {
  const before = new Map(held?.items.map((channel) => [channel.id, channel]));
  return {
    ...fetched,
    items: fetched.items.map((channel) => {
      const known = before.get(channel.id);
      return known && known.rev > channel.rev ? known : channel;
    }),
  };
}

type Change = (list: ChannelList) => ChannelList | 'ask';

function keep(client: QueryClient, change: Change): void {
  const list = client.getQueryData<ChannelList>(keys.channels);
  const next = list && change(list);
  if (next === 'ask') askChannels(client);
  else if (next) client.setQueryData(keys.channels, next);
}

/** I was taken out of a channel: it goes from the list, and nothing of it is asked for. The pages go first, then what they showed. */
function goOut(client: QueryClient, channelId: string): void {
  const list = client.getQueryData<ChannelList>(keys.channels);
  const channel =
    list?.items.find((one) => one.id === channelId) ?? client.getQueryData<Channel>([...keys.channels, channelId]);
  if (channel) leaveChannel(channel);
  if (list) client.setQueryData(keys.channels, { items: list.items.filter((one) => one.id !== channelId) });
  setTimeout(() => client.removeQueries({ queryKey: [...keys.channels, channelId] }));
}

/** The same of a cohort with all its channels. An admin goes on seeing it, from outside. */
function goOutOfCohort(client: QueryClient, cohortId: string): void {
  const me = client.getQueryData<Me>(keys.me);
  const membership = me?.memberships.find((one) => one.cohortId === cohortId);
  if (!me || !membership) return;
  const list = client.getQueryData<ChannelList>(keys.channels);
  const channels = [
    ...(list?.items.filter((one) => one.cohortId === cohortId) ?? []),
    // Those that the events of its channels, which come in any order, have taken out already.
    ...[...leftChannels.get().values()].filter((one) => one.cohortId === cohortId),
  ];
  if (!me.isAdmin) leaveCohort(membership, channels);
  for (const { id } of channels) goOut(client, id);
  client.setQueryData<Me>(keys.me, { ...me, memberships: me.memberships.filter((one) => one !== membership) });
  setTimeout(() => client.removeQueries({ queryKey: keys.cohort(cohortId) }));
}

/** Where I belong, as the server says after a cut: what is missing now I was taken out of meanwhile. */
async function askBelonging(client: QueryClient): Promise<void> {
  const before = client.getQueryData<Me>(keys.me);
  const out = outNow();
  const now = await api.get<Me>('/me');
  for (const { cohortId } of before?.memberships ?? [])
    if (!now.memberships.some((one) => one.cohortId === cohortId)) goOutOfCohort(client, cohortId);
  comeBackAs(
    out,
    now.memberships.map(({ cohortId }) => cohortId),
  );
  const memberships = now.memberships.filter(({ cohortId }) => !leftCohorts.get().has(cohortId));
  client.setQueryData<Me>(keys.me, { ...now, memberships });
}

/** What the shell listens to on every page. */
export const shellEvents: Parameters<typeof useApplyEvents>[0] = {
  'message.created': (client, message) => {
    const me = client.getQueryData<Me>(keys.me);
    if (me) keep(client, (list) => withMessage(list, message, me.id));
  },
  'message.updated': (client, message) => keep(client, (list) => withChange(list, message)),
  'message.deleted': (client, message) => keep(client, (list) => withChange(list, message)),
  'channel.read': (client, { channelId, userId, seq }) => {
    if (userId === client.getQueryData<Me>(keys.me)?.id) keep(client, (list) => withRead(list, channelId, seq));
  },
  'thread.changed': (client) => void client.invalidateQueries({ queryKey: keys.threads }),
  'scheduled.changed': (client) => void client.invalidateQueries({ queryKey: keys.scheduled }),
  // Said to the room as well, which whoever goes out may leave a moment later: it does not let them in again.
  'channel.changed': (client, { channelId }) => {
    if (!leftChannels.get().has(channelId)) askChannels(client);
  },
  'channel.added': (client, { channelId }) => {
    comeBack(channelId);
    askChannels(client);
  },
  'channel.removed': (client, { channelId }) => goOut(client, channelId),
  'cohort.left': (client, { cohortId }) => goOutOfCohort(client, cohortId),
  'cohort.joined': (client, { cohortId }) => {
    comeBack(cohortId);
    void client.invalidateQueries({ queryKey: keys.me });
    askChannels(client);
  },
  'notification.created': applyNotice,
  'notification.read': applyRead,
  'notification.moved': applyMoved,
};

/** What people say of themselves, and whom I blocked. A hint: without it the page is whole. */
export function askNear(): void {
  void askStandings().catch(() => undefined);
  void askBlocked().catch(() => undefined);
}

/** Something may have been missed: the counts are asked for again. */
export function askAgain(client: QueryClient): void {
  askShell();
  askChannels(client);
  void askBelonging(client).catch(() => undefined);
  void client.invalidateQueries({ queryKey: keys.inbox });
  void client.invalidateQueries({ queryKey: keys.threads });
  askNear();
}
