import { Types } from 'mongoose';
import { postTokens, titleTokens, topicTokens } from '../../../src/common/texts/forum/forum-tokens.js';
import { foldedWords } from '../../../src/common/texts/fold.js';
import { startWorld, type TestWorld } from '../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { countQueries } from '../../support/queries.js';
import { sized } from '../../support/size.js';

const POSTS = sized(10_000, 100_000);
const PER_TOPIC = 10;
const HOUR = 3_600_000;
const MOST_QUERIES = 40;
/** Rows that the database hands over for one page. What grows with the forum would be far beyond. */
const MOST_ROWS = 200;

let world: TestWorld;
let ines: TestPerson;
let C: string;

beforeAll(async () => {
  world = await startWorld();
  const cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow');
  await fill(new Types.ObjectId(cohortId), new Types.ObjectId(ines.id));
});
afterAll(() => world.stop());

/** A year of topics of a hundred people: every post has "common", every 500th "seldom", one in all "needle". */
async function fill(cohortId: Types.ObjectId, mine: Types.ObjectId): Promise<void> {
  const people = [mine, ...Array.from({ length: 99 }, () => new Types.ObjectId())];
  const every = (365 * 24 * HOUR) / POSTS;
  const now = world.clock.now().getTime();
  for (let from = 0; from < POSTS; from += 5000) {
    const topics: object[] = [];
    const posts: object[] = [];
    for (let at = from; at < from + 5000; at += PER_TOPIC) {
      const [_id, questionId] = [new Types.ObjectId(), new Types.ObjectId()];
      const createdAt = new Date(now - at * every);
      const authorId = people[(at / PER_TOPIC) % 100]!;
      const [title, tags] = [`Topic about subject${at % 97}`, [at % 1000 === 0 ? 'rare' : 'usual']];
      topics.push({
        ...{ _id, cohortId, authorId, questionId, title, tags, excerpt: 'x', words: foldedWords([title, ...tags]) },
        ...{ tokens: topicTokens(foldedWords([title, ...tags, 'question'])), titleTokens: titleTokens(title, tags) },
        ...{ lastNumber: PER_TOPIC, posts: PER_TOPIC, others: at % 400 === 0 ? 0 : 1, votes: 0, solved: false },
        ...{ answerId: null, lastPostAt: createdAt, lastAuthorId: authorId, createdAt, deletedAt: null },
      });
      for (let number = 1; number <= PER_TOPIC; number += 1) {
        const index = at + number;
        const body = `common ${index % 500 === 0 ? 'seldom' : 'words'} ${index === POSTS - 5 ? 'needle' : `w${index % 5000}`}`;
        posts.push({
          ...{
            _id: number === 1 ? questionId : new Types.ObjectId(),
            cohortId,
            topicId: _id,
            number,
            authorId: people[index % 100],
            body,
          },
          ...{ tokens: postTokens({ body }), mentions: [], votes: 0, createdAt, deletedAt: null },
        });
      }
    }
    await world.db.collection('topics').insertMany(topics);
    await world.db.collection('posts').insertMany(posts);
  }
}

/** Counts the rows that finds and aggregates bring until the answer is called, which says how many they were. */
function countRows(): () => number {
  let rows = 0;
  const count = ({ reply }: { reply: { cursor?: { firstBatch?: object[]; nextBatch?: object[] } } }) =>
    (rows += (reply.cursor?.firstBatch ?? reply.cursor?.nextBatch ?? []).length);
  world.db.getClient().on('commandSucceeded', count);
  return () => {
    world.db.getClient().off('commandSucceeded', count);
    return rows;
  };
}

const search = async (q: string) => {
  const answer = await ines.client.get(`${C}/forum/search?${new URLSearchParams({ q }).toString()}`);
  expect(answer.status).toBe(200);
  return answer.body;
};

it.each([
  ['a word that all have', 'common', 20],
  ['a rare word', 'seldom', 20],
  ['two words, one of them rare', 'common seldom', 20],
  ['a word of titles', 'subject3', Math.min(20, Math.floor(POSTS / PER_TOPIC / 97) + 1)],
  ['a tag', 'tag:rare', Math.min(20, POSTS / 1000)],
  ['questions that wait', 'is:unanswered', 20],
  ['what I wrote', 'from:me common', 20],
])('given a year of posts, then the first page of %s comes by few queries, of few rows', async (_name, q, count) => {
  const [counted, rows] = [countQueries(world.db), countRows()];
  expect((await search(q)).items).toHaveLength(count);
  const [queries, read] = [counted(), rows()];
  expect(queries).toBeLessThan(MOST_QUERIES);
  expect(read).toBeLessThan(MOST_ROWS);
});

it('given one word at the beginning of the year, then it is found', async () => {
  expect((await search('needle')).items).toHaveLength(1);
});

it('given topics that are alike, then those like a title come by few queries, of few rows', async () => {
  const [counted, rows] = [countQueries(world.db), countRows()];
  const like = await ines.client.get(`${C}/topics/similar?title=Another+subject3+usual+question`);
  expect(like.body.items).toHaveLength(5);
  const [queries, read] = [counted(), rows()];
  expect(queries).toBeLessThan(MOST_QUERIES);
  expect(read).toBeLessThan(MOST_ROWS);
});
