import type { ThreadRef } from '../../../../../src/contracts/forums';
import type { WritePage } from '../../../../../src/contracts/handbook/handbook';

/** What a page is made from: each shows the other. */
export type Origin = { topic: string } | { thread: ThreadRef } | { workshop: string };

/** As the address of a new page says it. */
export interface OriginSearch {
  topic?: string;
  thread?: string;
  workshop?: string;
}

export const searchOf = (origin: Origin): OriginSearch =>
  'thread' in origin ? { thread: `${origin.thread.channelId}.${origin.thread.messageId}` } : origin;

/** Null where the address names none. */
export function originIn({ topic, thread, workshop }: OriginSearch): Origin | null {
  if (topic !== undefined) return { topic };
  if (workshop !== undefined) return { workshop };
  const [channelId, messageId] = thread?.split('.') ?? [];
  return channelId !== undefined && messageId !== undefined ? { thread: { channelId, messageId } } : null;
}

/** The end of the path at which the server tells of it. */
export function pathOfOrigin(origin: Origin): string {
  if ('topic' in origin) return encodeURIComponent(origin.topic);
  if ('workshop' in origin) return `workshops/${encodeURIComponent(origin.workshop)}`;
  const { channelId, messageId } = origin.thread;
  return `threads/${encodeURIComponent(channelId)}/${encodeURIComponent(messageId)}`;
}

/** As it is sent with a new page. */
export function sentOrigin(origin: Origin): Partial<WritePage> {
  if ('topic' in origin) return { fromTopic: origin.topic };
  return 'workshop' in origin ? { fromWorkshop: origin.workshop } : { fromThread: origin.thread };
}

/** By which name a draft of the page is kept. */
export const nameOfOrigin = (origin: Origin): string =>
  'topic' in origin ? origin.topic : 'workshop' in origin ? origin.workshop : origin.thread.messageId;
