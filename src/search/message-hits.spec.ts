import { turnsDuring } from '../../test/support/rooms/turns.js';
import { parseQuery } from '../common/texts/search-query.js';
import type { Message } from '../contracts/chat/chat.js';
import { wantedOf } from './ask.js';
import type { Seeking } from './hits.js';
import { MessageHits } from './message-hits.js';

const LONG = 'a plan de charge '.repeat(400);
const found = Array.from({ length: 20 }, (_, index) => ({
  ...{
    id: `m${index}`,
    channelId: 'room',
    senderId: 'ines',
    body: LONG,
    attachments: [],
    mentions: [],
    threadId: null,
  },
  createdAt: '2026-10-12T08:00:00.000Z',
})) as unknown as Message[];

const hits = new MessageHits(
  { find: () => Promise.resolve({ found, to: null }) } as never,
  { of: () => Promise.resolve(new Map([['room', { id: 'room' }]])) } as never,
  { byId: () => Promise.resolve(new Map()) } as never,
  { of: () => Promise.resolve(found.map(() => () => undefined)) } as never,
  { ids: () => Promise.resolve([]) } as never,
);

it('given a page of long messages, then others have a turn after each that is shown', async () => {
  const wanted = wantedOf(parseQuery('"plan de charge"'));
  const seeking = {
    wanted,
    channels: new Map([['room', null]]),
    authorIds: null,
    has: [],
    is: [],
    not: { authorIds: [], has: [], is: [] },
    limit: 20,
  };
  const finding = hits.find(seeking as unknown as Seeking);
  expect(await turnsDuring(finding)).toBeGreaterThanOrEqual(found.length - 1);
  expect((await finding).hits).toHaveLength(found.length);
});
