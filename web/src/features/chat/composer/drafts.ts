import type { Channel } from '../../../../../src/contracts/chat/chat';
import * as kept from '../../../api/drafts';
import { keys } from '../../../api/keys';
import { queryClient } from '../../../api/query';
import type { Me } from '../../../api/types';
import type { UploadPlace } from '../../../ui/files/uploads';

/** Where one writes: a channel, or a thread in it. */
const placeOf = (channelId: string, threadId: string | null) => `${channelId}${threadId ? `:${threadId}` : ''}`;

/** Where the files for it are gathered. */
export const uploadPlaceOf = (channel: Pick<Channel, 'id' | 'cohortId'>, threadId: string | null): UploadPlace => ({
  name: placeOf(channel.id, threadId),
  cohortId: channel.cohortId,
});

const myId = () => queryClient.getQueryData<Me>(keys.me)?.id ?? '';

/** What was typed and not sent, kept in this browser by person, channel and thread. */
export const readDraft = (channelId: string, threadId: string | null): string =>
  kept.readDraft(myId(), placeOf(channelId, threadId));

export const keepDraft = (channelId: string, threadId: string | null, text: string): void =>
  kept.keepDraft(myId(), placeOf(channelId, threadId), text);
