import type { Message } from '../../../../../src/contracts/chat/chat';
import { dayOf } from '../../../time/format';
import type { Queued } from '../composer/outbox';

/** One message on screen with the lines above it. `cont`: it stands under the one before, of the same person. */
export interface MessageRowData {
  key: string;
  message: Message | null;
  queued: Queued | null;
  senderId: string;
  createdAt: string;
  day: boolean;
  isNew: boolean;
  cont: boolean;
}

const TOGETHER_MS = 5 * 60_000;

/**
 * The rows of a list: a day line where the day (in the reader's zone) changes, the "new" line once before the first message of
 * somebody else after `readSeq` (null: none), messages of one person within five minutes together.
 */
export function rowsOf(
  messages: readonly Message[],
  queued: readonly Queued[],
  at: { readSeq: number | null; myId: string; zone: string },
): MessageRowData[] {
  const firstNew = at.readSeq === null ? undefined : messages.find((one) => isNews(one, at.readSeq ?? 0, at.myId));
  const sent = new Set(messages.map((one) => one.clientId));
  const all = [
    ...messages.map((message) => ({ message, queued: null, senderId: message.senderId, createdAt: message.createdAt })),
    ...queued
      .filter((one) => !sent.has(one.clientId))
      .map((one) => ({ message: null, queued: one, senderId: one.senderId, createdAt: one.createdAt })),
  ];
  return all.map((row, index): MessageRowData => {
    const before = all[index - 1];
    const day = !before || dayIn(before.createdAt, at.zone) !== dayIn(row.createdAt, at.zone);
    const isNew = row.message !== null && row.message === firstNew;
    const near = before && Date.parse(row.createdAt) - Date.parse(before.createdAt) < TOGETHER_MS;
    const same = before?.senderId === row.senderId && before.message?.bot?.name === row.message?.bot?.name;
    const cont = Boolean(near && !day && !isNew && same && !before.message?.deletedAt);
    return { ...row, key: row.message?.clientId ?? row.queued?.clientId ?? '', day, isNew, cont };
  });
}

const QUARTER_MS = 15 * 60_000;
const days = new Map<string, string>();

/** The day of an instant in a zone. Offsets of zones are whole quarters of an hour, so that the days of a long list are few to find. */
function dayIn(instant: string, zone: string): string {
  const key = `${Math.floor(Date.parse(instant) / QUARTER_MS)} ${zone}`;
  let day = days.get(key);
  if (day === undefined) days.set(key, (day = dayOf(instant, zone).toString()));
  return day;
}

/** Whether somebody else wrote a message after this place, and it is still there. */
export const isNews = (message: Message, readSeq: number, myId: string) =>
  message.seq > readSeq && message.senderId !== myId && message.deletedAt === null;
