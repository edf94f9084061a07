import * as kept from '../../../api/drafts';
import { keys } from '../../../api/keys';
import { queryClient } from '../../../api/query';
import type { Me } from '../../../api/types';

/** Where one writes: a channel, or a thread in it. */
export const placeOf = (channelId: string, threadId: string | null) => `${channelId}${threadId ? `:${threadId}` : ''}`;

const myId = () => queryClient.getQueryData<Me>(keys.me)?.id ?? '';

/** What was typed and not sent, kept in this browser by person, channel and thread. */
export const readDraft = (channelId: string, threadId: string | null): string =>
  kept.readDraft(myId(), placeOf(channelId, threadId));

export const keepDraft = (channelId: string, threadId: string | null, text: string): void =>
  kept.keepDraft(myId(), placeOf(channelId, threadId), text);
