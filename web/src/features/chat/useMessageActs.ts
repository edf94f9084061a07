import { useState } from 'react';
import type { Channel, Message } from '../../../../src/contracts/chat';
import { useMe } from '../../api/session';
import { useProblemText } from '../../ui/ProblemAlert';
import { toastProblem } from '../../ui/toast';
import { editMessage, toggleReaction } from './channel-client';
import type { MessageActs } from './MessageTools';

interface Wishes {
  onThread: (message: Message) => void;
  onQuote: (message: Message) => void;
  onUnread: (message: Message) => void;
  onRemove: (message: Message) => void;
}

export interface RowActs {
  acts: MessageActs;
  editing?: { save: (body: string) => void; cancel: () => void };
  onThread?: () => void;
}

/** What may be done with a message, by place. */
export type ActsOf = (message: Message | null, place: 'channel' | 'thread') => RowActs;

const NONE: RowActs = { acts: {} };

/** The acts on the messages of a channel, as its abilities and the sender allow them. */
export function useMessageActs(abilities: Channel['abilities'], wishes: Wishes) {
  const me = useMe();
  const text = useProblemText('chat');
  const [editingId, setEditingId] = useState<string | null>(null);
  const { onThread, onQuote, onUnread, onRemove } = wishes;

  const tried = (act: Promise<unknown>) => void act.catch((error: unknown) => toastProblem(text(error)));

  const actsOf: ActsOf = (message, place) => {
    if (!message) return NONE;
    const isMine = message.senderId === me.id;
    const inChannel = place === 'channel';
    const acts: MessageActs = {
      ...(abilities.send && {
        react: (emoji: string) => tried(toggleReaction(message, emoji, me.id)),
        ...(inChannel && { reply: () => onThread(message), quote: () => onQuote(message) }),
        ...(isMine && { edit: () => setEditingId(message.id) }),
      }),
      ...(inChannel && !isMine && { unread: () => onUnread(message) }),
      ...(((isMine && abilities.send) || abilities.moderate) && { remove: () => onRemove(message) }),
    };
    const save = (body: string) => {
      setEditingId(null);
      if (body !== message.body) tried(editMessage(message, body));
    };
    return {
      acts,
      ...(editingId === message.id && { editing: { save, cancel: () => setEditingId(null) } }),
      ...(inChannel && { onThread: () => onThread(message) }),
    };
  };
  return { actsOf, edit: setEditingId };
}
