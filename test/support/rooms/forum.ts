import { Types } from 'mongoose';
import type { TestWorld } from '../app.js';
import type { TestPerson } from '../factories.js';

/** A row of the database, as far as the counters of a topic follow from it. */
interface PostOfDb {
  _id: Types.ObjectId;
  topicId: Types.ObjectId;
  number: number;
  authorId: Types.ObjectId;
  votes: number;
  createdAt: Date;
  deletedAt: Date | null;
  moved?: { postId: Types.ObjectId };
}

/** What the counters of the topics of a cohort are, and what a fresh count of their posts and votes makes of them. */
export async function recounted(world: TestWorld, cohortId: string): Promise<{ kept: unknown[]; counted: unknown[] }> {
  const cohort = { cohortId: new Types.ObjectId(cohortId) };
  const topics = await world.db
    .collection('topics')
    .find({ ...cohort, deletedAt: null })
    .toArray();
  const topicId = { $in: topics.map(({ _id }) => _id) };
  const posts = await world.db.collection<PostOfDb>('posts').find({ topicId }).toArray();
  posts.sort((a, b) => a.number - b.number);
  const votes = await world.db.collection('post-votes').find().toArray();
  const votesFor = ({ _id }: PostOfDb) => votes.filter((vote) => _id.equals(vote['postId'] as Types.ObjectId)).length;
  const of = topics.map((topic) => {
    const rows = posts.filter(({ topicId }) => topicId.equals(topic._id));
    const living = rows.filter(({ deletedAt }) => deletedAt === null);
    const [newest] = living.toSorted((a, b) => +b.createdAt - +a.createdAt || b.number - a.number);
    const answer = living.find(({ _id }) => _id.equals(topic['answerId'] as Types.ObjectId | null));
    const kept = {
      ...{ id: String(topic._id), posts: topic['posts'], others: topic['others'], votes: topic['votes'] },
      ...{ lastPostAt: topic['lastPostAt'], lastAuthorId: String(topic['lastAuthorId']), solved: topic['solved'] },
      ...{
        question: String(topic['questionId']),
        numbers: Array.from({ length: topic['lastNumber'] }, (_, at) => at + 1),
      },
      ...{ votesOf: rows.map((post) => post.votes), answer: topic['answerId'] && String(topic['answerId']) },
    };
    const counted = {
      ...{ id: String(topic._id), posts: living.length, votes: rows[0] ? votesFor(rows[0]) : 0 },
      others: living.filter(({ authorId }) => !authorId.equals(topic['authorId'] as Types.ObjectId)).length,
      ...{ lastPostAt: newest?.createdAt, lastAuthorId: String(newest?.authorId), solved: answer !== undefined },
      ...{ question: String(rows[0]?._id), numbers: rows.map(({ number }) => number) },
      ...{ votesOf: rows.map(votesFor), answer: answer ? String(answer._id) : null },
    };
    return { kept, counted };
  });
  return { kept: of.map(({ kept }) => kept), counted: of.map(({ counted }) => counted) };
}

/** A post of a topic that all cohorts read, as the API answers it. */
export interface CommonsPost {
  id: string;
  body: string | null;
  isQuestion: boolean;
  carried: boolean;
  author: { id: string; name: string };
  mentions: { id: string }[];
}

/** The posts of a topic of the commons as somebody reads them; none where there is no such topic. */
export const commonsPosts = async (person: TestPerson, topicId: string): Promise<CommonsPost[]> =>
  (await person.client.get(`/api/commons/topics/${topicId}/posts`)).body.items ?? [];
