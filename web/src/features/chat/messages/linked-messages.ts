import type { Message } from '../../../../../src/contracts/chat/chat';
import type { MessagePreview, MessagePreviews } from '../../../../../src/contracts/chat/message-previews';
import { MAX_PREVIEWS } from '../../../../../src/contracts/limits';
import { api } from '../../../api/http';
import { signedIn } from '../../../api/session';
import { onEvent } from '../../../api/socket';
import { createStore, useStore } from '../../../api/store';
import type { LinkedPlace } from './message-links';

/** What the server said of a linked message; null: nothing. */
interface Known {
  place: LinkedPlace;
  preview: MessagePreview | null;
}

/** Links of one page that are drawn together are asked for together. */
const TOGETHER_MS = 20;
const MAX_KNOWN = 500;

const known = createStore<ReadonlyMap<string, Known>>(new Map());
const waiting = new Map<string, LinkedPlace>();
const keyOf = ({ channelId, messageId }: LinkedPlace) => `${channelId} ${messageId}`;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Undefined until the server has answered, which it is asked to by `wantPreview`. */
export function usePreview(place: LinkedPlace): MessagePreview | null | undefined {
  return useStore(known).get(keyOf(place))?.preview;
}

/** Asks for what a link shows, unless that is known. */
export function wantPreview(place: LinkedPlace): void {
  if (known.get().has(keyOf(place))) return;
  waiting.set(keyOf(place), place);
  timer ??= setTimeout(() => void ask(), TOGETHER_MS);
}

async function ask(): Promise<void> {
  timer = undefined;
  const links = [...waiting.values()].slice(0, MAX_PREVIEWS);
  links.forEach((link) => waiting.delete(keyOf(link)));
  if (waiting.size > 0) timer = setTimeout(() => void ask(), TOGETHER_MS);
  try {
    const { items } = await api.post<MessagePreviews>('/message-previews', { links });
    const next = new Map(known.get());
    links.forEach((place, at) => next.set(keyOf(place), { place, preview: items[at] ?? null }));
    while (next.size > MAX_KNOWN) next.delete(next.keys().next().value ?? '');
    known.set(next);
  } catch {
    // Without an answer the links stay links; the next one that is drawn asks again.
  }
}

/** Asks anew for those that are known and fit. */
function renew(fits: (one: Known) => boolean): void {
  for (const [key, one] of known.get()) if (fits(one)) waiting.set(key, one.place);
  if (waiting.size > 0) timer ??= setTimeout(() => void ask(), TOGETHER_MS);
}

const changed = (message: Message) =>
  renew(({ place, preview }) => place.messageId === message.id && (preview?.rev ?? 0) < message.rev);
onEvent('message.updated', changed);
onEvent('message.deleted', changed);
// Who comes into a channel sees more, who is taken out sees nothing, and its name may be another.
for (const name of ['channel.changed', 'channel.removed'] as const)
  onEvent(name, ({ channelId }) => renew(({ place }) => place.channelId === channelId));
signedIn.subscribe(() => {
  if (signedIn.get() === 'out') known.set(new Map());
});
