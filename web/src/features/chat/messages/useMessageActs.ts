import { addressHere } from './message-links';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, Message } from '../../../../../src/contracts/chat/chat';
import { useMe } from '../../../api/session';
import { useProblemText } from '../../../ui/page/ProblemAlert';
import { toast, toastProblem } from '../../../ui/toast';
import { editMessage, pinMessage, removePreview, toggleReaction } from '../channel-client';
import type { MessageActs } from './MessageTools';
import { useSave, useSavedIds } from '../reading/saved';

interface Wishes {
  onThread: (message: Message) => void;
  onQuote: (message: Message) => void;
  onShare: (message: Message) => void;
  onUnread: (message: Message) => void;
  onRemove: (message: Message) => void;
  onRemind: (message: Message) => void;
  onReport: (message: Message) => void;
  onHistory: (message: Message) => void;
  /** A change is over: saved or left. */
  onEdited: () => void;
}

/** A message while its text is being changed; what is typed stays until the server has it. */
export interface Editing {
  save: (body: string) => void;
  cancel: () => void;
  busy: boolean;
  /** Why it could not be saved, in words. */
  problem: string | null;
}

export interface RowActs {
  acts: MessageActs;
  editing?: Editing;
  onThread?: () => void;
}

/** What may be done with a message, by place. */
export type ActsOf = (message: Message | null, place: 'channel' | 'thread') => RowActs;

const NONE: RowActs = { acts: {} };

/** The acts on the messages of a channel, as its abilities and the sender allow them. */
export function useMessageActs(abilities: Channel['abilities'], wishes: Wishes) {
  const { t } = useTranslation('chat');
  const me = useMe();
  const text = useProblemText('chat');
  const [editing, setEditing] = useState<{ id: string; busy: boolean; problem: string | null } | null>(null);
  const { onThread, onQuote, onShare, onUnread, onRemind, onRemove, onReport, onHistory, onEdited } = wishes;
  const [savedIds, save] = [useSavedIds(), useSave()];
  const edit = (id: string) => setEditing({ id, busy: false, problem: null });

  const tried = (act: Promise<unknown>) => void act.catch((error: unknown) => toastProblem(text(error)));

  const copyLink = async ({ id }: Message) => {
    const url = addressHere(id);
    try {
      await navigator.clipboard.writeText(url);
      toast(t('linkCopied'));
    } catch {
      // A page over plain HTTP has no clipboard: the link is shown instead.
      toast(url);
    }
  };

  const actsOf: ActsOf = (message, place) => {
    if (!message) return NONE;
    const isMine = message.senderId === me.id;
    const inChannel = place === 'channel';
    const acts: MessageActs = {
      ...(abilities.send && {
        react: (emoji: string) => tried(toggleReaction(message, emoji, me.id)),
        ...(inChannel && { reply: () => onThread(message), quote: () => onQuote(message) }),
        ...((isMine || abilities.moderate) && { removePreview: (id: string) => removePreview(message, id) }),
        ...(isMine && !message.note && { edit: () => edit(message.id) }),
        ...(message.pinnedAt
          ? { unpin: () => tried(pinMessage(message, false)) }
          : { pin: () => tried(pinMessage(message, true)) }),
      }),
      ...(savedIds.has(message.id)
        ? { unsave: () => tried(save(message, false)) }
        : { save: () => tried(save(message, true)) }),
      copyLink: () => void copyLink(message),
      share: () => onShare(message),
      remind: () => onRemind(message),
      ...(inChannel && !isMine && { unread: () => onUnread(message) }),
      ...(message.editedAt && abilities.moderate && { history: () => onHistory(message) }),
      ...(!isMine && { report: () => onReport(message) }),
      ...(((isMine && abilities.send) || abilities.moderate) && { remove: () => onRemove(message) }),
    };
    const done = () => {
      setEditing(null);
      onEdited();
    };
    const saveText = async (body: string) => {
      if (body === message.body) {
        done();
        return;
      }
      setEditing({ id: message.id, busy: true, problem: null });
      try {
        await editMessage(message, body);
        done();
      } catch (error) {
        setEditing({ id: message.id, busy: false, problem: text(error) });
      }
    };
    return {
      acts,
      ...(editing?.id === message.id && {
        editing: {
          save: (body: string) => void saveText(body),
          cancel: done,
          busy: editing.busy,
          problem: editing.problem,
        },
      }),
      ...(inChannel && { onThread: () => onThread(message) }),
    };
  };
  return { actsOf, edit, editingId: editing?.id ?? null };
}
