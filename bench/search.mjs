import { Types } from 'mongoose';
import { built, insideApp, makeHouse } from './support/house.mjs';
import { aCohort, members } from './support/people.mjs';
import { quantile } from './support/statistics.mjs';
import { timed } from './support/timed.mjs';

const DAY = 86_400_000;
const DAYS = 300;
const BATCH = 2000;
const SHARE_OF_MINE = 0.3;
const MINE = 20;
const OTHERS = 380;
const WORDS_EACH = 14;
const VOCABULARY = 20_000;

/** The first page of a search among many messages, of which 30 % are in 20 channels of the one who asks; beside a bare find by the same index. */
export default async function search({ services, quick }) {
  const count = Number(process.env.BENCH_MESSAGES ?? (quick ? 5_000 : 1_000_000));
  const house = makeHouse(services, { NODE_ENV: 'test' });
  const app = await insideApp(house);
  try {
    const [{ SearchService }, { Migrator }, { getConnectionToken }] = [
      await built('search/search.service.js'),
      await built('infra/mongo/migrator.js'),
      await import('@nestjs/mongoose'),
    ];
    await app.get(Migrator).run();
    const db = app.get(getConnectionToken());
    const cohortId = await aCohort(app);
    const [me, other] = await members(app, cohortId, 'fellow', 2);
    const mine = await channelsOf(db, cohortId, me);
    const now = Date.now();
    const loaded = await load(db, { count, cohortId, mine, senders: [me, other], now });
    const ask = (q, more = {}) =>
      app
        .get(SearchService)
        .find({ userId: me, loginId: '', isAdmin: false }, { q, in: ['messages'], sort: 'newest', limit: 20, ...more });
    const word = (rank) => loaded.words[rank];
    const cases = [
      ['a word in most messages', word(0)],
      ['a word in one of 50', word(10)],
      ['a word in one of 1,000', word(100)],
      ['a rare word', word(5_000)],
      ['a word that nobody wrote', 'zzyzx'],
      ['two words, common and rare', `${word(1)} ${word(2_000)}`],
      ['two common words', `${word(2)} ${word(6)}`],
      ['a phrase', `"${word(0)} ${word(1)}"`],
      ['one person and a word', `${word(20)} from:me`],
    ];
    const figures = [];
    for (const [name, q] of cases) {
      const ours = await timed(() => ask(q));
      figures.push({ name: `${name}: p50`, unit: 'ms', mid: quantile(ours, 0.5), atMost: 50 });
      figures.push({ name: `${name}: p95`, unit: 'ms', mid: quantile(ours, 0.95) });
    }
    const messages = db.collection('messages');
    const createdAt = { $gte: new Date(now - 2 * DAY), $lt: new Date(now + DAY) };
    const bare = await timed(() =>
      messages
        .find({ tokens: word(10), channelId: mine[0], createdAt })
        .sort({ createdAt: -1, _id: -1 })
        .limit(21)
        .toArray(),
    );
    const ours = await timed(() => ask(word(10)));
    figures.push({
      name: 'a bare find of one word in one channel, two days: p50',
      unit: 'ms',
      mid: quantile(bare, 0.5),
    });
    figures.push({
      name: 'the search of that word in all beside it',
      unit: 'x',
      mid: quantile(ours, 0.5) / quantile(bare, 0.5),
    });
    figures.push({ name: 'messages written with their tokens', unit: '/s', mid: loaded.rate });
    return {
      figures,
      notes: [`${count.toLocaleString('en')} messages over ${DAYS} days in ${MINE + OTHERS} channels.`],
    };
  } finally {
    await app.close();
    await house.close();
  }
}

/** Channels of the cohort; the person is in the first 20 of them. */
async function channelsOf(db, cohortId, userId) {
  const ids = Array.from({ length: MINE }, () => new Types.ObjectId());
  const cohort = new Types.ObjectId(cohortId);
  const made = { cohortId: cohort, topic: '', rev: 0, headSeq: 0, last: null, createdAt: new Date(), archivedAt: null };
  await db
    .collection('channels')
    .insertMany(
      ids.map((_id, index) => ({ _id, ...made, kind: 'private', key: `private:${_id}`, name: `channel-${index}` })),
    );
  await db.collection('channel-members').insertMany(
    ids.map((channelId) => ({
      channelId,
      cohortId: cohort,
      userId: new Types.ObjectId(userId),
      readSeq: 0,
      joinedAt: new Date(),
    })),
  );
  return ids;
}

/** Messages of words as common as words are (the nth is in one of n), as the product would write them, in batches. */
async function load(db, { count, cohortId, mine, senders, now }) {
  const { messageTokens } = await built('common/texts/search-words.js');
  const words = Array.from({ length: VOCABULARY }, (_, rank) => wordOf(rank));
  const pick = zipf(VOCABULARY);
  const others = Array.from({ length: OTHERS }, () => new Types.ObjectId());
  const [cohort, ids] = [new Types.ObjectId(cohortId), senders.map((id) => new Types.ObjectId(id))];
  const since = performance.now();
  for (let done = 0; done < count; done += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - done) }, (_, index) => {
      const seq = done + index + 1;
      const channels = Math.random() < SHARE_OF_MINE ? mine : others;
      const row = {
        channelId: channels[Math.floor(Math.random() * channels.length)],
        cohortId: cohort,
        ...{ seq, rev: seq, clientId: `bench-${seq}`, senderId: ids[seq % ids.length] },
        body: Array.from({ length: WORDS_EACH }, () => words[pick()]).join(' '),
        ...{ names: [], threadId: null, replies: 0, lastReplyAt: null, reactions: [] },
        createdAt: new Date(now - DAYS * DAY * (1 - seq / count)),
        ...{ editedAt: null, deletedAt: null },
      };
      return { ...row, tokens: messageTokens(row) };
    });
    await db.collection('messages').insertMany(rows, { ordered: false });
  }
  return { words, rate: (count / (performance.now() - since)) * 1000 };
}

/** A word of its own for each rank, that no stemmer shortens to another's. */
const wordOf = (rank) => `k${[...rank.toString(26)].map((digit) => LETTERS[parseInt(digit, 26)]).join('')}q`;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

function zipf(size) {
  const sums = [];
  let sum = 0;
  for (let rank = 1; rank <= size; rank += 1) sums.push((sum += 1 / rank));
  return () => {
    const drawn = Math.random() * sum;
    let [low, high] = [0, size - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < drawn) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
