import type { ChannelSummary, Message } from '../../../../src/contracts/chat/chat';

interface Hearer {
  myId: string;
  /** From whom I take no direct messages. */
  blocked: { has: (id: string) => boolean };
}

type Place = Pick<ChannelSummary, 'kind' | 'muted'>;

/** Could this message be meant for me at all? Not my own, not from somebody I blocked, not in a quiet channel. */
export function isHeard(message: Message, channel: Place | undefined, { myId, blocked }: Hearer): channel is Place {
  if (!channel || channel.muted || message.deletedAt) return false;
  return message.senderId !== myId && !blocked.has(message.senderId);
}

/** Is it worth a look by itself: I am named, or written to? A reply in a thread that I follow is told by another event. */
export function isForMe(message: Message, channel: Place | undefined, hearer: Hearer): boolean {
  if (!isHeard(message, channel, hearer)) return false;
  return channel.kind === 'direct' || message.mentionsAll || message.mentions.includes(hearer.myId);
}

const TOGETHER_MS = 5_000;

/**
 * A reply comes to all who are in the channel; that a thread has grown is told to those who follow it. Both together, in whatever order,
 * are a reply in a thread that I follow.
 */
export class FollowedReplies {
  private readonly replies = new Map<string, { message: Message; at: number }>();
  private readonly grown = new Map<string, number>();

  /** A reply came. Returns it when its thread is known to have grown. */
  replied(message: Message, now: number): Message | null {
    const { threadId } = message;
    if (threadId === null) return null;
    const at = this.grown.get(threadId);
    this.grown.delete(threadId);
    if (at !== undefined && now - at < TOGETHER_MS) return message;
    this.replies.set(threadId, { message, at: now });
    return null;
  }

  /** A thread that I follow changed. Returns the reply that made it grow; null: I read it, or the reply is still on its way. */
  changed(threadId: string, now: number): Message | null {
    const reply = this.replies.get(threadId);
    this.replies.delete(threadId);
    if (reply && now - reply.at < TOGETHER_MS) return reply.message;
    this.grown.set(threadId, now);
    return null;
  }
}
