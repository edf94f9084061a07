import type { mongo } from 'mongoose';
import { postTokens, titleTokens, topicTokens } from '../../../common/texts/forum/forum-tokens.js';

interface OldTopic {
  _id: mongo.ObjectId;
  title: string;
  tags: string[];
  words: string[];
  tokens?: string[];
}

interface OldPost {
  _id: mongo.ObjectId;
  body: string | null;
  attachments?: { kind: string }[];
  tokens?: string[];
}

const BATCH = 500;

/**
 * Topics and posts from before get what they are found by, batch by batch in the order of their ids. One that is changed meanwhile keeps what its change wrote. Killed in
 * between, the next start passes over those that are done.
 */
export async function giveForumTokens(db: mongo.Db): Promise<void> {
  const [topics, posts] = [db.collection<OldTopic>('topics'), db.collection<OldPost>('posts')];
  await inBatches(topics, { title: 1, tags: 1, words: 1 }, ({ _id, title, tags, words }) => ({
    filter: { _id, title, words, tokens: { $exists: false } },
    update: { $set: { tokens: topicTokens(words), titleTokens: titleTokens(title, tags) } },
  }));
  // What a deleted one said for good is found by nobody.
  await inBatches(posts, { body: 1, attachments: 1 }, ({ _id, body, attachments }) => ({
    filter: { _id, body, tokens: { $exists: false } },
    update: { $set: { tokens: postTokens({ body, attachments }) } },
  }));
}

async function inBatches<Row extends { _id: mongo.ObjectId; tokens?: string[] }>(
  rows: mongo.Collection<Row>,
  projection: Record<string, 1>,
  change: (row: Row) => { filter: object; update: object },
): Promise<void> {
  for (let last: mongo.ObjectId | null = null; ;) {
    const filter = { ...(last && { _id: { $gt: last } }), tokens: { $exists: false } } as mongo.Filter<Row>;
    const batch = (await rows.find(filter, { projection }).sort({ _id: 1 }).limit(BATCH).toArray()) as unknown as Row[];
    if (batch.length === 0) return;
    await rows.bulkWrite(batch.map((row) => ({ updateOne: change(row) })) as mongo.AnyBulkWriteOperation<Row>[], {
      ordered: false,
    });
    last = batch.at(-1)?._id ?? null;
  }
}
