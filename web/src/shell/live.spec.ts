import type { ChannelSummary, Message } from '../../../src/contracts/chat/chat';
import { type ChannelList, fresher, withChange, withMessage, withRead } from './live';

const channel = (more: Partial<ChannelSummary> = {}): ChannelSummary => ({
  id: 'c',
  cohortId: 'cohort',
  kind: 'team',
  name: 'team',
  nameKey: null,
  topic: '',
  isPrivate: true,
  archived: false,
  muted: false,
  watched: false,
  starred: false,
  unread: 2,
  mentions: 1,
  rev: 10,
  readSeq: 7,
  last: null,
  people: [],
  ...more,
});
const list = (more: Partial<ChannelSummary> = {}): ChannelList => ({
  items: [channel(more), channel({ id: 'other' })],
});
const message = (more: Partial<Message> = {}): Message => ({
  id: 'm',
  channelId: 'c',
  seq: 11,
  rev: 11,
  clientId: 'client',
  senderId: 'leo',
  body: 'Hello',
  attachments: [],
  mentions: [],
  mentionsAll: false,
  threadId: null,
  replies: 0,
  lastReplyAt: null,
  reactions: [],
  topicId: null,
  note: null,
  createdAt: '2026-10-13T09:45:00.000Z',
  bot: null,
  imported: false,
  pinnedAt: null,
  resolvedAt: null,
  previews: [],
  editedAt: null,
  deletedAt: null,
  ...more,
});
const counts = (next: ChannelList | 'ask') => {
  if (next === 'ask') return next;
  const { unread, mentions, rev, readSeq } = next.items[0]!;
  return { unread, mentions, rev, readSeq };
};

describe('the list of channels, as events come', () => {
  it.each([
    ['a message of another', message(), { unread: 3, mentions: 1, rev: 11, readSeq: 7 }],
    ['one that names me', message({ mentions: ['me'] }), { unread: 3, mentions: 2, rev: 11, readSeq: 7 }],
    ['one for all', message({ mentionsAll: true }), { unread: 3, mentions: 2, rev: 11, readSeq: 7 }],
    ['a reply in a thread', message({ threadId: 'root' }), { unread: 2, mentions: 1, rev: 11, readSeq: 7 }],
    ['my own', message({ senderId: 'me' }), { unread: 0, mentions: 0, rev: 11, readSeq: 11 }],
    ['my own reply', message({ senderId: 'me', threadId: 'root' }), { unread: 2, mentions: 1, rev: 11, readSeq: 7 }],
    ['one that is known', message({ rev: 10, seq: 10 }), { unread: 2, mentions: 1, rev: 10, readSeq: 7 }],
    ['one after a gap', message({ rev: 12, seq: 12 }), 'ask'],
    ['one of a channel that is new to me', message({ channelId: 'unheard' }), 'ask'],
  ])('given %s', (_, one, expected) => {
    expect(counts(withMessage(list(), one, 'me'))).toEqual(expected);
  });

  it.each([
    ['an edit', message({ seq: 8 }), { unread: 2, mentions: 1, rev: 11, readSeq: 7 }],
    ['a deletion', message({ seq: 8, deletedAt: 'now' }), 'ask'],
    ['a change after a gap', message({ seq: 8, rev: 13 }), 'ask'],
    ['a change that is known', message({ seq: 8, rev: 9 }), { unread: 2, mentions: 1, rev: 10, readSeq: 7 }],
  ])('given %s of a message', (_, one, expected) => {
    expect(counts(withChange(list(), one))).toEqual(expected);
  });

  it('given that I read to the end, then nothing is unread; to the middle, then the server counts', () => {
    expect(counts(withRead(list(), 'c', 10))).toEqual({ unread: 0, mentions: 0, rev: 10, readSeq: 10 });
    expect(withRead(list(), 'c', 8)).toBe('ask');
  });

  it('given nothing unread, then a pointer that moves back on another device is asked for, and one that moves on counts nothing', () => {
    // Edits and replies in threads take revs that nobody has to read: the pointer stands before them.
    const read = list({ unread: 0, mentions: 0, readSeq: 8 });
    expect(withRead(read, 'c', 5)).toBe('ask');
    expect(counts(withRead(read, 'c', 9))).toEqual({ unread: 0, mentions: 0, rev: 10, readSeq: 9 });
  });

  it('given a fetch that was overtaken by events, then the later state of each channel stays', () => {
    const fetched: ChannelList = {
      items: [channel({ rev: 9, unread: 1 }), channel({ id: 'other', rev: 12, unread: 4 })],
    };
    expect(fresher(list(), fetched).items.map((one) => [one.rev, one.unread])).toEqual([
      [10, 2],
      [12, 4],
    ]);
  });
});
