import fc from 'fast-check';
import { Types } from 'mongoose';
import { turnsDuring } from '../../../test/support/rooms/turns.js';
import { Clock, DAY, HOUR, MINUTE } from '../../common/times/clock.js';
import type { Behind } from '../../infra/mongo/time-place.js';
import type { Place } from '../../infra/mongo/token-walk.js';
import { MessageFinder } from './message-finder.js';
import type { FoundMessages, FoundRow, SearchPair } from './found-messages.repository.js';

const NOW = new Date('2026-10-12T08:00:00.000Z');
const CHANNEL = new Types.ObjectId();
const clock = Object.assign(Object.create(Clock.prototype) as Clock, { now: () => NOW });

const rowAt = (ago: number, tokens: string[], index: number): FoundRow => ({
  _id: Types.ObjectId.createFromTime(index + 1),
  ...{
    channelId: CHANNEL,
    cohortId: null,
    senderId: new Types.ObjectId(),
    clientId: `c-${index}`,
    body: 'x',
    tokens,
  },
  ...{ seq: index, rev: index, names: [], threadId: null, replies: 0, lastReplyAt: null, reactions: [] },
  ...{ createdAt: new Date(NOW.getTime() - ago), editedAt: null, deletedAt: null },
});

const newestFirst = (a: FoundRow, b: FoundRow) =>
  b.createdAt.getTime() - a.createdAt.getTime() || (String(a._id) < String(b._id) ? 1 : -1);

/** What the database would answer, and how much was read. */
function over(rows: readonly FoundRow[]) {
  const read: number[] = [];
  const having = (pairs: readonly SearchPair[]) =>
    rows.filter((row) => pairs.some(({ token }) => row.tokens.includes(token))).sort(newestFirst);
  const repository: Pick<FoundMessages, 'withTokens' | 'countWithTokens'> = {
    withTokens: async (pairs, { after, from }, limit) => {
      const isBehind = (row: FoundRow, { at, id }: Behind) =>
        row.createdAt < at || (id !== null && row.createdAt.getTime() === at.getTime() && String(row._id) < String(id));
      const found = having(pairs).filter((row) => row.createdAt >= from && isBehind(row, after));
      read.push(found.length);
      return await Promise.resolve(found.slice(0, limit));
    },
    countWithTokens: async (pairs, from, to, limit) =>
      await Promise.resolve(
        Math.min(limit, having(pairs).filter(({ createdAt }) => createdAt >= from && createdAt < to).length),
      ),
  };
  return { finder: new MessageFinder(repository as FoundMessages, clock), read, repository };
}

async function allPages(
  finder: MessageFinder,
  groups: readonly (readonly string[])[],
  limit: number,
): Promise<string[]> {
  const ids: string[] = [];
  let after: Place | null = null;
  do {
    const ask = { channelIds: [String(CHANNEL)], groups, from: null, before: null, after, limit };
    const walk = await finder.find(ask);
    ids.push(...walk.found.map(({ id }) => id));
    after = walk.to;
  } while (after);
  return ids;
}

const anAgo = fc.oneof(
  fc.integer({ min: 0, max: 3 * HOUR }),
  fc.integer({ min: 0, max: 300 * DAY }),
  // Many of one instant.
  fc.constantFrom(0, HOUR, 3 * HOUR, 5 * DAY),
);
const someMessages = fc.array(fc.tuple(anAgo, fc.subarray(['a', 'b', 'c'])), { maxLength: 400 });

describe('a walk through messages', () => {
  it('given a group without a token, then nothing is found, and nothing asked: without alternatives a question is for all there is', async () => {
    const { finder, repository } = over([rowAt(0, ['a'], 0)]);
    const asked = [jest.spyOn(repository, 'withTokens'), jest.spyOn(repository, 'countWithTokens')];
    expect(await allPages(finder, [['a'], []], 10)).toEqual([]);
    for (const one of asked) expect(one).not.toHaveBeenCalled();
  });

  it('given any messages and any length of a page, then the pages hold each that fits once, newest first', async () => {
    const groups = fc.constantFrom<readonly (readonly string[])[]>([['a']], [['a'], ['b']], [['a', 'b'], ['c']]);
    await fc.assert(
      fc.asyncProperty(someMessages, groups, fc.integer({ min: 1, max: 60 }), async (some, wanted, limit) => {
        const rows = some.map(([ago, tokens], index) => rowAt(ago, tokens, index));
        const fitting = rows
          .filter((row) => wanted.every((group) => group.some((token) => row.tokens.includes(token))))
          .sort(newestFirst);
        expect(await allPages(over(rows).finder, wanted, limit)).toEqual(fitting.map((row) => String(row._id)));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['one word', [['a']], 80],
    ['two words, of which every third has both', [['a'], ['b']], 200],
  ])('given many messages, then the first page of %s reads few of them', async (_name, groups, most) => {
    const rows = Array.from({ length: 20_000 }, (_, index) =>
      rowAt(index * 3 * MINUTE, index % 3 === 0 ? ['a', 'b'] : ['a', 'b'].slice(0, 1 + (index % 2)), index),
    );
    const { finder, read } = over(rows);
    const walk = await finder.find({
      ...{ channelIds: [String(CHANNEL)], groups, from: null, before: null, after: null, limit: 20 },
    });
    expect(walk.found).toHaveLength(20);
    expect(read.reduce((sum, one) => sum + one, 0)).toBeLessThan(most);
  });

  it('given a word that stands once at the beginning of ten months, then a handful of questions find it', async () => {
    const rows = [rowAt(299 * DAY, ['a'], 0)];
    const { finder, read } = over(rows);
    const ask = { channelIds: [String(CHANNEL)], groups: [['a']], from: null, before: null, after: null, limit: 20 };
    expect((await finder.find(ask)).found).toHaveLength(1);
    expect(read.length).toBeLessThan(8);
  });

  it('given long messages with the words of a phrase, then others have a turn after each that is read for it', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...rowAt(index * MINUTE, ['a'], index),
      body: 'word '.repeat(300),
    }));
    const { finder } = over(rows);
    const read: string[] = [];
    const fits = ({ id }: { id: string }) => read.push(id) < 0;
    const ask = { channelIds: [String(CHANNEL)], groups: [['a']], from: null, before: null, after: null, limit: 20 };
    const turns = await turnsDuring(finder.find({ ...ask, fits }));
    expect(read).toHaveLength(rows.length);
    // Those that begin a window come after a question to the database instead.
    expect(turns).toBeGreaterThan(rows.length - 10);
  });

  it('given messages as long as they may be, then one walk looks through fifty of them, and the pages still hold all', async () => {
    const rows = Array.from({ length: 160 }, (_, index) => ({
      ...rowAt(index * MINUTE, ['a', 'b'], index),
      body: 'x'.repeat(8000),
    }));
    const { finder } = over(rows);
    let looked = 0;
    const fits = () => (looked += 1) % 2 === 1;
    const ask = { channelIds: [String(CHANNEL)], groups: [['a'], ['b']], from: null, before: null, limit: 200 };
    const first = await finder.find({ ...ask, after: null, fits });
    expect([looked, first.found.length]).toEqual([50, 25]);
    expect(first.to).toEqual({ at: rows[49]!.createdAt.getTime(), id: String(rows[49]!._id) });
    expect(await allPages(finder, ask.groups, 200)).toEqual(rows.map(({ _id }) => String(_id)));
  });
});
