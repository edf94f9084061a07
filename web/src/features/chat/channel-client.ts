import type { Message, Messages, SyncReply } from '../../../../src/contracts/chat/chat';
import { api } from '../../api/http';
import { keys } from '../../api/keys';
import { queryClient } from '../../api/query';
import { signedIn } from '../../api/session';
import { ask, connection, onEvent } from '../../api/socket';
import { createStore, useStore } from '../../api/store';
import {
  type ChannelState,
  apply,
  applySync,
  foresee,
  hasGap,
  learn,
  opened,
  withNewer,
  withOlder,
  withThread,
} from './store';

const GAP_PATIENCE_MS = 300;
const SYNC_EVERY_MS = 60_000;
/** Three times what comes while one scrolls: there is room to keep in place what is read when rows come above it. */
const FIRST_PIECE = 150;
const NEXT_PIECE = 50;
const MAX_SYNC_ROUNDS = 20;

/** The channels that were opened in this browser, by id: the live events are applied to all of them. */
const channels = createStore<ReadonlyMap<string, ChannelState>>(new Map());

/** The channel as it is now; undefined until it was opened. */
export function useChannelState(channelId: string): ChannelState | undefined {
  return useStore(channels).get(channelId);
}

export const heldChannel = (channelId: string) => channels.get().get(channelId);

function put(channelId: string, state: ChannelState): void {
  channels.set(new Map(channels.get()).set(channelId, state));
}

function change(channelId: string, how: (state: ChannelState) => ChannelState): void {
  const state = heldChannel(channelId);
  if (!state) return;
  const next = how(state);
  if (next !== state) put(channelId, next);
}

/** Takes a channel out: one may not read it any more. */
export function forget(channelId: string): void {
  const next = new Map(channels.get());
  if (next.delete(channelId)) channels.set(next);
}

const pathOf = (channelId: string) => `/channels/${channelId}/messages`;

/** What is heard of a channel while a piece of it is on its way: the piece may be older than that. */
const meanwhile = new Set<{ channelId: string; heard: Message[] }>();

/**
 * Fetches a piece of a channel: around a place, else the last page. It takes the place of what is held when the answer of this is
 * called, so that who shows it can say in the same moment where it begins. Throws `Problem` (404: not mine).
 */
export async function fetchPiece(channelId: string, around: number | null): Promise<() => void> {
  const query = around === null ? { limit: FIRST_PIECE } : { around, limit: FIRST_PIECE };
  const waiting = { channelId, heard: [] as Message[] };
  meanwhile.add(waiting);
  try {
    const page = await api.get<Messages>(pathOf(channelId), { query });
    return () => {
      meanwhile.delete(waiting);
      put(channelId, opened(page, heldChannel(channelId)));
      waiting.heard.forEach(hear);
    };
  } catch (error) {
    meanwhile.delete(waiting);
    throw error;
  }
}

/** One message of a channel, held or asked for. Throws `Problem` (404: there is none). */
export const fetchMessage = async (channelId: string, messageId: string): Promise<Message> =>
  heldChannel(channelId)?.known.get(messageId) ?? (await api.get<Message>(`${pathOf(channelId)}/${messageId}`));

const loading = new Set<string>();

/** One fetch of a kind at a time; what fails is asked for again by the next scroll. */
async function once(key: string, fetchPage: () => Promise<void>): Promise<void> {
  if (loading.has(key)) return;
  loading.add(key);
  try {
    await fetchPage();
  } catch {
    // The line is down or the channel is gone: the offline line or the page says so.
  } finally {
    loading.delete(key);
  }
}

export const loadOlder = (channelId: string) =>
  once(`${channelId} older`, async () => {
    const state = heldChannel(channelId);
    if (!state?.hasBefore) return;
    const page = await api.get<Messages>(pathOf(channelId), {
      query: { before: Math.max(1, state.from), limit: NEXT_PIECE },
    });
    change(channelId, (now) => withOlder(now, page));
  });

export const loadNewer = (channelId: string) =>
  once(`${channelId} newer`, async () => {
    const state = heldChannel(channelId);
    if (!state || state.to === Infinity) return;
    const page = await api.get<Messages>(pathOf(channelId), { query: { after: state.to, limit: NEXT_PIECE } });
    change(channelId, (now) => withNewer(now, page));
  });

/** Fetches a message and all that was answered to it. Throws `Problem` (404: there is no such thread). */
export async function loadThread(channelId: string, threadId: string): Promise<void> {
  const root = await fetchMessage(channelId, threadId);
  let after = 0;
  let page: Messages;
  do {
    page = await api.get<Messages>(pathOf(channelId), { query: { threadId, after, limit: 200 } });
    const { items } = page;
    change(channelId, (now) => learn(now, [root, ...items]));
    after = items.at(-1)?.seq ?? after;
  } while (page.hasAfter);
  const last = page;
  change(channelId, (now) => withThread(now, threadId, last));
}

/** Takes in what the server answered to an act of mine. */
export function learnMessage(message: Message): void {
  keepForLater(message);
  change(message.channelId, (state) => learn(state, [message]));
}

/** Says what an image of one's own message shows. */
export async function describeImage(message: Message, fileId: string, alt: string): Promise<void> {
  const change = { body: message.body, attachments: [{ fileId, alt }] };
  learnMessage(await api.patch<Message>(`${pathOf(message.channelId)}/${message.id}`, change));
}

/** Edits one's own text. */
export async function editMessage(message: Message, body: string): Promise<void> {
  learnMessage(await api.patch<Message>(`${pathOf(message.channelId)}/${message.id}`, { body }));
}

/** Takes what a page says from beneath a message, for all. */
export async function removePreview(message: Message, previewId: string): Promise<void> {
  learnMessage(await api.delete<Message>(`${pathOf(message.channelId)}/${message.id}/previews/${previewId}`));
}

/** Puts it among those pinned to the channel, or takes it down. */
export async function pinMessage(message: Message, pinned: boolean): Promise<void> {
  learnMessage(await api.put<Message>(`${pathOf(message.channelId)}/${message.id}/pinned`, { pinned }));
}

/** Says whether the thread under a message needs somebody. */
export async function resolveThread(message: Message, resolved: boolean): Promise<void> {
  learnMessage(await api.put<Message>(`${pathOf(message.channelId)}/${message.id}/resolved`, { resolved }));
}

export async function deleteMessage(message: Message): Promise<void> {
  await api.delete(`${pathOf(message.channelId)}/${message.id}`);
}

/** Adds my reaction or takes it back; it is shown at once, and put back when the server refuses. */
export async function toggleReaction(message: Message, emoji: string, myId: string): Promise<void> {
  const mine = message.reactions.find((one) => one.emoji === emoji)?.userIds.includes(myId) ?? false;
  change(message.channelId, (state) => foresee(state, { ...message, reactions: toggled(message, emoji, myId, mine) }));
  const path = `${pathOf(message.channelId)}/${message.id}/reactions/${encodeURIComponent(emoji)}`;
  try {
    learnMessage(await (mine ? api.delete<Message>(path) : api.put<Message>(path)));
  } catch (error) {
    change(message.channelId, (state) =>
      state.known.get(message.id)?.rev === message.rev ? foresee(state, message) : state,
    );
    throw error;
  }
}

function toggled({ reactions }: Message, emoji: string, myId: string, mine: boolean): Message['reactions'] {
  if (!mine && !reactions.some((one) => one.emoji === emoji)) return [...reactions, { emoji, userIds: [myId] }];
  return reactions
    .map((one) => {
      if (one.emoji !== emoji) return one;
      return { emoji, userIds: mine ? one.userIds.filter((id) => id !== myId) : [...one.userIds, myId] };
    })
    .filter((one) => one.userIds.length > 0);
}

let syncing: Promise<void> | undefined;

/** Asks once for all that changed in the channels held here, page by page, until everything is known. */
export function sync(): Promise<void> {
  syncing ??= syncAll()
    .catch(() => undefined)
    .finally(() => {
      syncing = undefined;
    });
  return syncing;
}

async function syncAll(): Promise<void> {
  let asked = new Map([...channels.get()].map(([id, state]) => [id, state.rev]));
  for (let round = 0; round < MAX_SYNC_ROUNDS && asked.size > 0; round += 1) {
    const reply = await ask<SyncReply>('sync', { channels: Object.fromEntries(asked) });
    reply.gone.forEach(forget);
    // The list, asked anew, says what I am out of.
    if (reply.gone.length > 0) void queryClient.invalidateQueries({ queryKey: keys.channels, exact: true });
    for (const [id, changes] of Object.entries(reply.channels)) change(id, (state) => applySync(state, changes));
    asked = new Map(
      Object.entries(reply.channels).flatMap(([id, { more, rev }]) => (more ? [[id, rev] as const] : [])),
    );
  }
}

let patience: ReturnType<typeof setTimeout> | undefined;

function keepForLater(message: Message): void {
  for (const { channelId, heard } of meanwhile) if (channelId === message.channelId) heard.push(message);
}

function hear(message: Message): void {
  keepForLater(message);
  change(message.channelId, (state) => apply(state, message));
  const state = heldChannel(message.channelId);
  if (!state || !hasGap(state)) return;
  clearTimeout(patience);
  patience = setTimeout(() => void sync(), GAP_PATIENCE_MS);
}

for (const name of ['message.created', 'message.updated', 'message.deleted'] as const) onEvent(name, hear);
onEvent('channel.removed', ({ channelId }) => forget(channelId));

// Who signs out takes with them what they could read.
signedIn.subscribe(() => {
  if (signedIn.get() === 'out') channels.set(new Map());
});

const syncIfLive = () => {
  if (connection.get() === 'live') void sync();
};
connection.subscribe(syncIfLive);
window.addEventListener('focus', syncIfLive);
setInterval(syncIfLive, SYNC_EVERY_MS);
