import { createContext, useContext } from 'react';
import type { Channel } from '../../../../src/contracts/chat';
import type { Person } from '../../../../src/contracts/primitives';

/** The people of the channel on screen, for names and faces. */
export interface ChatPeople {
  /** The channel, where it is open. */
  channel: Channel | null;
  people: readonly Person[];
  find: (id: string) => Person | undefined;
  nameOf: (id: string) => string;
  /** Their messages are folded here, until I ask to see one. */
  isFolded: (id: string) => boolean;
  /** A person's page; null where there is no cohort to show it in. */
  hrefOf: (id: string) => string | null;
}

export const ChatPeopleContext = createContext<ChatPeople | null>(null);

/** Within a channel's page. */
export function useChatPeople(): ChatPeople {
  const people = useContext(ChatPeopleContext);
  if (!people) throw new Error('useChatPeople is for the parts of a channel');
  return people;
}
