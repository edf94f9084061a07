import type { Connection, mongo } from 'mongoose';

interface OldTopic {
  _id: mongo.ObjectId;
  fromTopicId: mongo.ObjectId;
  authorId: mongo.ObjectId;
}

/** Topics of the commons from before they could have an answer: whether they ask, and how many posts others wrote in them. Posts that come meanwhile count for themselves. */
export async function askInCommons(db: NonNullable<Connection['db']>): Promise<void> {
  const [topics, posts, origins] = [
    db.collection('commons-topics'),
    db.collection('commons-posts'),
    db.collection('topics'),
  ];
  for await (const { _id, fromTopicId, authorId } of topics.find<OldTopic>({ solved: { $exists: false } })) {
    const origin = await origins.findOne({ _id: fromTopicId }, { projection: { kind: 1 } });
    const shown = { topicId: _id, removedAt: null, hiddenAt: null, authorId: { $ne: authorId } };
    const others = await posts.countDocuments(shown);
    const kind: unknown = origin?.['kind'] ?? 'question';
    const none = { solved: false, answerId: null, chosen: null, answerWords: [] };
    await topics.updateOne({ _id, solved: { $exists: false } }, { $set: { kind, others, ...none } });
  }
}
