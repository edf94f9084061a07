import type { Message } from '../../../../../src/contracts/chat/chat';
import type { Attachment } from '../../../../../src/contracts/files';
import { keys } from '../../../api/keys';
import { Problem, isProblem } from '../../../api/problem';
import { queryClient } from '../../../api/query';
import { ask, connection } from '../../../api/socket';
import { useStore } from '../../../api/store';
import type { Me } from '../../../api/types';
import { unsentList } from '../../../api/autosave/unsent';
import { learnMessage } from '../channel-client';

/** A message of mine that the server has not confirmed. `waiting`: goes when the line is back; `refused`: I decide. */
export interface Queued {
  channelId: string;
  clientId: string;
  body: string;
  /** Absent in what an older version left in this browser. */
  attachments?: readonly Attachment[];
  threadId: string | null;
  senderId: string;
  createdAt: string;
  state: 'sending' | 'waiting' | 'refused';
  /** The code of the refusal. */
  code: string | null;
}

const BUSY_PAUSE_MS = 2_000;

const isQueued = (one: unknown): one is Queued =>
  typeof one === 'object' && one !== null && 'clientId' in one && 'channelId' in one && 'body' in one;

/** What was not sent when the page was closed waits for the next visit. Two tabs may send the same message: it has one `clientId`. */
const { list: outbox, change } = unsentList('cordee-outbox', isQueued, ({ clientId }) => clientId);

/** My unconfirmed messages of a channel (or of a thread in it), in the order of writing. */
export function useOutbox(channelId: string, threadId: string | null, myId: string): Queued[] {
  return useStore(outbox).filter(
    (one) => one.channelId === channelId && one.threadId === threadId && one.senderId === myId,
  );
}

/** Whether a message of mine to a channel, not to a thread in it, is still on its way. */
export const isOnItsWay = (channelId: string, myId: string): boolean =>
  outbox
    .get()
    .some(
      (one) => one.channelId === channelId && one.threadId === null && one.senderId === myId && one.state !== 'refused',
    );

/** My unconfirmed messages of some channels, their threads included. */
export function useUnsent(channelIds: readonly string[], myId: string): Queued[] {
  return useStore(outbox).filter((one) => channelIds.includes(one.channelId) && one.senderId === myId);
}

const mark = (clientId: string, next: Partial<Queued>) =>
  change((all) => all.map((one) => (one.clientId === clientId ? { ...one, ...next } : one)));

export const discard = (clientId: string): void => change((all) => all.filter((one) => one.clientId !== clientId));

const writtenHere = new Set<string>();
/** Whether a message was written on this page: what another tab has to send does not move what is read here. */
export const isWrittenHere = (clientId: string): boolean => writtenHere.has(clientId);

/** Shows the message at once and sends it when those before it are gone; a second try of the same message never makes two. */
export function send(
  message: Pick<Queued, 'channelId' | 'body' | 'attachments' | 'threadId' | 'senderId'>,
  now: number,
): void {
  const createdAt = new Date(now).toISOString();
  const state = connection.get() === 'live' ? 'sending' : 'waiting';
  const queued: Queued = { ...message, clientId: crypto.randomUUID(), createdAt, state, code: null };
  writtenHere.add(queued.clientId);
  change((all) => [...all, queued]);
  void drain(message.channelId);
}

export function tryAgain(queued: Queued): void {
  mark(queued.clientId, { state: 'waiting', code: null });
  void drain(queued.channelId);
}

/** What another person left in this browser is theirs to send. */
function mine(): readonly Queued[] {
  const myId = queryClient.getQueryData<Me>(keys.me)?.id;
  return outbox.get().filter((one) => one.senderId === myId);
}

const draining = new Set<string>();

/** Sends what waits in a channel, one after the other, so that the order of writing is the order of reading. */
async function drain(channelId: string): Promise<void> {
  if (draining.has(channelId)) return;
  draining.add(channelId);
  try {
    for (;;) {
      const next = mine().find((one) => one.channelId === channelId && one.state !== 'refused');
      if (!next || connection.get() !== 'live') break;
      if (!(await deliver(next))) break;
    }
  } finally {
    draining.delete(channelId);
  }
}

/** False when the line went down: the message waits. */
async function deliver(queued: Queued): Promise<boolean> {
  const { channelId, clientId, body, threadId } = queued;
  const attachments = (queued.attachments ?? []).map(({ id, alt }) => ({ fileId: id, alt }));
  mark(clientId, { state: 'sending' });
  try {
    const payload = { channelId, clientId, body, attachments, ...(threadId && { threadId }) };
    const { message } = await ask<{ message: Message }>('channel:send', payload);
    learnMessage(message);
    discard(clientId);
    if (!threadId && body.includes('?'))
      void import('../answered/look').then(({ lookForAnswer }) => lookForAnswer(message)).catch(() => undefined);
    return true;
  } catch (error) {
    if (isProblem(error, 'too_many_requests')) {
      mark(clientId, { state: 'waiting' });
      setTimeout(() => void drain(channelId), Number(error.extras.retryAfterMs) || BUSY_PAUSE_MS);
      return false;
    }
    const isOffline = !(error instanceof Problem) || error.code === 'offline' || error.code === 'unavailable';
    if (isOffline) mark(clientId, { state: 'waiting' });
    else mark(clientId, { state: 'refused', code: isAboutFiles(error) ? 'file_gone' : error.code });
    return !isOffline;
  }
}

/** A file that waited for more than a day is not there any more. */
const isAboutFiles = (error: Problem) => error.errors.some(({ field }) => field.startsWith('/attachments'));

function drainAll(): void {
  if (connection.get() === 'live') for (const { channelId } of mine()) void drain(channelId);
  else if (outbox.get().some(({ state }) => state === 'sending'))
    change((all) => all.map((one) => (one.state === 'sending' ? { ...one, state: 'waiting' } : one)));
}
connection.subscribe(drainAll);
drainAll();
