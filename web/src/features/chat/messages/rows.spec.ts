import 'temporal-polyfill/global';
import type { Message } from '../../../../../src/contracts/chat/chat';
import { rowsOf } from './rows';

const message = (seq: number, senderId: string, createdAt: string, more: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  channelId: 'c',
  seq,
  rev: seq,
  clientId: `k${seq}`,
  senderId,
  body: 'x',
  attachments: [],
  mentions: [],
  mentionsAll: false,
  threadId: null,
  replies: 0,
  lastReplyAt: null,
  reactions: [],
  topicId: null,
  note: null,
  createdAt,
  bot: null,
  imported: false,
  pinnedAt: null,
  resolvedAt: null,
  previews: [],
  editedAt: null,
  deletedAt: null,
  ...more,
});
const at = { readSeq: null, myId: 'me', zone: 'Europe/Paris' };
const marks = (...args: Parameters<typeof rowsOf>) =>
  rowsOf(...args).map((row) => [row.key, row.day, row.isNew, row.cont]);

describe('rows of messages', () => {
  it('puts a day line where the day changes in the reader’s zone', () => {
    const night = [message(1, 'a', '2026-10-12T21:50:00Z'), message(2, 'a', '2026-10-12T22:01:00Z')];
    expect(marks(night, [], at)).toEqual([
      ['k1', true, false, false],
      ['k2', true, false, false],
    ]);
    expect(marks(night, [], { ...at, zone: 'UTC' })[1]).toEqual(['k2', false, false, false]);
  });

  it('puts messages of one person within five minutes together, not under a tombstone', () => {
    const list = [
      message(1, 'a', '2026-10-12T10:00:00Z'),
      message(2, 'a', '2026-10-12T10:04:00Z'),
      message(3, 'b', '2026-10-12T10:05:00Z', { deletedAt: '2026-10-12T10:06:00Z' }),
      message(4, 'b', '2026-10-12T10:06:00Z'),
      message(5, 'b', '2026-10-12T10:30:00Z'),
    ];
    expect(rowsOf(list, [], at).map((row) => row.cont)).toEqual([false, true, false, false, false]);
  });

  it('puts the new line before the first undeleted message of another after the pointer', () => {
    const list = [
      message(1, 'a', '2026-10-12T10:00:00Z'),
      message(2, 'me', '2026-10-12T10:01:00Z'),
      message(3, 'a', '2026-10-12T10:02:00Z', { deletedAt: '2026-10-12T10:06:00Z' }),
      message(4, 'a', '2026-10-12T10:03:00Z'),
      message(5, 'a', '2026-10-12T10:03:30Z'),
    ];
    expect(rowsOf(list, [], { ...at, readSeq: 1 }).map((row) => row.isNew)).toEqual([false, false, false, true, false]);
    expect(rowsOf(list, [], { ...at, readSeq: 5 }).some((row) => row.isNew)).toBe(false);
  });

  it('puts what waits at the end, and not twice when it is there already', () => {
    const waiting = (clientId: string) => ({
      channelId: 'c',
      clientId,
      body: 'y',
      threadId: null,
      senderId: 'me',
      createdAt: '2026-10-12T10:01:00Z',
      state: 'waiting' as const,
      code: null,
    });
    const list = [message(1, 'me', '2026-10-12T10:00:00Z')];
    expect(rowsOf(list, [waiting('k1'), waiting('k9')], at).map((row) => [row.key, row.cont])).toEqual([
      ['k1', false],
      ['k9', true],
    ]);
  });
});
