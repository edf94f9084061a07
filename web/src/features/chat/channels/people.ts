import { createContext, useContext } from 'react';
import type { Channel, Message } from '../../../../../src/contracts/chat/chat';
import type { Person } from '../../../../../src/contracts/primitives';

/** The people of the channel on screen, for names and faces. */
export interface ChatPeople {
  /** The channel, where it is open. */
  channel: Channel | null;
  people: readonly Person[];
  /** Members of its cohort who are not in it; empty until they were wanted. */
  outside: readonly Person[];
  wantOutside: () => void;
  find: (id: string) => Person | undefined;
  nameOf: (id: string) => string;
  /** Their messages are folded here, until I ask to see one. */
  isFolded: (id: string) => boolean;
  /** A person's page; null where there is no cohort to show it in. */
  hrefOf: (id: string) => string | null;
}

export const ChatPeopleContext = createContext<ChatPeople | null>(null);

const TOKEN = /<@([0-9a-f]{24})>/gi;

/** Does what is known of a channel speak of somebody who is not in it: a writer, a reaction, a name in a text? */
export function speaksOfStrangers(messages: Iterable<Message>, inside: ReadonlySet<string>): boolean {
  for (const { bot, senderId, body, reactions } of messages) {
    if (!bot && !inside.has(senderId)) return true;
    if (reactions.some(({ userIds }) => userIds.some((id) => !inside.has(id)))) return true;
    for (const [, id = ''] of body.matchAll(TOKEN)) if (!inside.has(id.toLowerCase())) return true;
  }
  return false;
}

/** Within a channel's page. */
export function useChatPeople(): ChatPeople {
  const people = useContext(ChatPeopleContext);
  if (!people) throw new Error('useChatPeople is for the parts of a channel');
  return people;
}
