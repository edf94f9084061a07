import type { Message } from '../../../../../src/contracts/chat/chat';
import type { AnsweredBefore } from '../../../../../src/contracts/forum/answered';
import { api } from '../../../api/http';
import { signedIn } from '../../../api/session';
import { answered } from './answered';

/** Asks whether the forum has the answer to what I just asked. It is an offer: where no answer comes there is none. */
export async function lookForAnswer({ channelId, id }: Pick<Message, 'channelId' | 'id'>): Promise<void> {
  const asked = api.post<AnsweredBefore>(`/channels/${channelId}/messages/${id}/answered`);
  const topic = await asked.then((answer) => answer.topic).catch(() => null);
  if (topic) answered.set({ channelId, topic });
}

// Whoever signs in next asked nothing.
signedIn.subscribe(() => {
  if (signedIn.get() === 'out') answered.set(null);
});
