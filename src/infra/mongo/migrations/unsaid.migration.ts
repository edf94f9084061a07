import type { Connection, mongo } from 'mongoose';
import { toIds } from '../ids.js';

type Db = NonNullable<Connection['db']>;

interface Told {
  _id: mongo.ObjectId;
  params: { topicId: string; postId?: string };
}

interface Conversation {
  _id: mongo.ObjectId;
  createdBy: mongo.ObjectId;
  kind: string;
  cohortId: null;
  rev: number;
}

interface Place {
  _id: mongo.ObjectId;
  channelId: mongo.ObjectId;
  userId: mongo.ObjectId;
}

const BATCH = 500;

/** Conversations in which nothing was said are a place of who opened them alone from now on. Where somebody says something meanwhile it is a place of all. */
export async function keepToOpeners(db: Db): Promise<void> {
  const [channels, members] = [db.collection<Conversation>('channels'), db.collection<Place>('channel-members')];
  const unspoken = channels.find({ cohortId: null, kind: 'direct', rev: 0 }, { projection: { createdBy: 1 } });
  for await (const { _id, createdBy } of unspoken) {
    const others = { channelId: _id, userId: { $ne: createdBy } };
    const places = await members.find(others).toArray();
    await members.deleteMany(others);
    const isSpoken = (await channels.countDocuments({ _id, rev: { $gt: 0 } })) > 0;
    if (isSpoken) await putBack(members, places);
  }
}

/** Who is in one by another way by then stays as they are. */
async function putBack(members: mongo.Collection<Place>, places: readonly mongo.WithId<Place>[]): Promise<void> {
  for (const { _id, channelId, userId, ...rest } of places)
    await members.updateOne({ channelId, userId }, { $setOnInsert: { _id, ...rest } }, { upsert: true });
}

/** Notices of before that are about a post or topic which is deleted by now are shown nowhere any more, and keep no words of it. */
export async function takeBackDeleted(db: Db): Promise<void> {
  const notices = db.collection<Told>('notifications');
  for (let last: mongo.ObjectId | null = null; ;) {
    const rows: Told[] = await notices
      .find(
        { ...(last && { _id: { $gt: last } }), 'params.topicId': { $exists: true } },
        { projection: { 'params.topicId': 1, 'params.postId': 1 } },
      )
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    if (rows.length === 0) return;
    const topics = await livingAmong(
      db.collection('topics'),
      rows.map(({ params }) => params.topicId),
    );
    const posts = await livingAmong(
      db.collection('posts'),
      rows.flatMap(({ params }) => params.postId ?? []),
    );
    const gone = rows.filter(
      ({ params: { topicId, postId } }) => !topics.has(topicId) || (postId !== undefined && !posts.has(postId)),
    );
    await notices.updateMany(
      { _id: { $in: gone.map(({ _id }) => _id) } },
      {
        $set: { shown: false, 'params.title': '', 'params.by': '', 'params.excerpt': '' } as object,
        $unset: { pushAt: 1 },
      },
    );
    last = rows.at(-1)?._id ?? null;
  }
}

async function livingAmong(rows: mongo.Collection, ids: readonly string[]): Promise<Set<string>> {
  const known = toIds([...new Set(ids)]);
  const living = await rows.find({ _id: { $in: known }, deletedAt: null }, { projection: { _id: 1 } }).toArray();
  return new Set(living.map(({ _id }) => String(_id)));
}
