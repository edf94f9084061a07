import type { Connection, mongo } from 'mongoose';
import { digestOf } from '../../../common/secrets.js';

type Db = NonNullable<Connection['db']>;

interface OldPost {
  topicId: mongo.ObjectId;
  authorId: mongo.ObjectId;
  number: number;
  body: string | null;
  quotes?: { body: string | null }[];
  deletedAt: Date | null;
}

/** Reports of before are of the text that they keep: what a message says by now can be reported anew. */
export async function reportEachText(db: Db): Promise<void> {
  const reports = db.collection<{ text: string }>('message-reports');
  for await (const { _id, text } of reports.find({ digest: { $exists: false } }, { projection: { text: 1 } }))
    await reports.updateOne({ _id }, { $set: { digest: digestOf(text), alts: [] } });
}

/** Posts that staff were asked to look at keep their words from now on; those of before, what they say today. What is gone by now was not kept. */
export async function flagEachText(db: Db): Promise<void> {
  const flags = db.collection<{ postId: mongo.ObjectId; resolvedAt: Date | null }>('post-flags');
  for await (const { _id, postId, resolvedAt } of flags.find({ digest: { $exists: false } })) {
    const post = await db.collection<OldPost>('posts').findOne({ _id: postId });
    const topic = await db.collection('topics').findOne({ _id: post?.topicId, deletedAt: null });
    const isThere = post && !post.deletedAt && topic;
    const text = [post?.body, ...(post?.quotes ?? []).map(({ body }) => body)].flatMap((one) => one ?? []).join('\n\n');
    const title = String(topic?.['title'] ?? '');
    const { authorId = _id, number = 1 } = post ?? {};
    const words = isThere && !resolvedAt ? { text, title } : { resolvedAt: resolvedAt ?? new Date() };
    const digest = digestOf(text, ...(number === 1 ? [title] : []));
    await flags.updateOne({ _id }, { $set: { authorId, number, digest, ...words } });
  }
}
