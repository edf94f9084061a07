import type { mongo } from 'mongoose';

/**
 * Who follows a topic from before has read it so far: where they are, nobody kept. A pointer that was moved meanwhile stays, and one that is written meanwhile begins
 * with what is new. Nobody kept either which levels were chosen: what is given to who writes in a topic, and to its author, is taken as given.
 */
export async function readFollowedTopics(db: mongo.Db): Promise<void> {
  const subscriptions = db.collection('topic-subscriptions');
  const topics = db.collection('topics').find({}, { projection: { lastNumber: 1, authorId: 1 } });
  for await (const { _id, lastNumber, authorId } of topics) {
    const before = { topicId: _id, readNumber: { $exists: false } };
    const given = { $or: [{ level: 'tracking' }, { level: 'watching', userId: authorId as unknown }] };
    await subscriptions.updateMany({ ...before, ...given }, { $set: { byItself: true } });
    await subscriptions.updateMany(before, { $set: { readNumber: lastNumber as number } });
  }
}
