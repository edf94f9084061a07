import type { Message } from '../../../../src/contracts/chat/chat';
import { FollowedReplies, isForMe } from './worth';

const said = (change: Partial<Message> = {}) =>
  ({
    id: 'm',
    channelId: 'c',
    senderId: 'leo',
    mentions: [],
    mentionsAll: false,
    threadId: null,
    deletedAt: null,
    ...change,
  }) as unknown as Message;
const me = { myId: 'ines', blocked: new Set(['troll']) };
const channel = { kind: 'team', muted: false } as const;
const direct = { kind: 'direct', muted: false } as const;

describe('what is worth a desktop notification', () => {
  it.each([
    ['I am named', said({ mentions: ['ines'] }), channel, true],
    ['all are named', said({ mentionsAll: true }), channel, true],
    ['somebody else is named', said({ mentions: ['sam'] }), channel, false],
    ['it is written to me', said(), direct, true],
    ['nobody is named in a channel', said(), channel, false],
    ['I wrote it', said({ senderId: 'ines', mentionsAll: true }), channel, false],
    ['I blocked who wrote it', said({ senderId: 'troll' }), direct, false],
    ['the channel is quiet', said({ mentions: ['ines'] }), { ...channel, muted: true }, false],
    ['it is gone', said({ mentions: ['ines'], deletedAt: '2026-10-13T09:45:00.000Z' }), channel, false],
    ['the channel is not mine', said({ mentions: ['ines'] }), undefined, false],
  ] as const)('given %s', (_, message, where, worth) => {
    expect(isForMe(message, where, me)).toBe(worth);
  });
});

describe('a reply in a thread that I follow', () => {
  const reply = said({ threadId: 't' });

  it('given the reply before the news of its thread, or after it, then it is told once', () => {
    const first = new FollowedReplies();
    expect([first.replied(reply, 0), first.changed('t', 100), first.changed('t', 200)]).toEqual([null, reply, null]);
    const second = new FollowedReplies();
    expect([second.changed('t', 0), second.replied(reply, 100), second.replied(reply, 200)]).toEqual([
      null,
      reply,
      null,
    ]);
  });

  it('given no news of the thread, or news of long ago, then nothing', () => {
    const replies = new FollowedReplies();
    expect(replies.changed('t', 0)).toBeNull();
    expect(replies.replied(reply, 5_000)).toBeNull();
    expect(replies.changed('t', 11_000)).toBeNull();
    expect(replies.replied(said(), 11_000)).toBeNull();
  });
});
