import type { Connection, mongo } from 'mongoose';

/** Files that came in by calls count for their call, and for all calls of the cohort. The nightly turn counts once more. */
export async function countFilesOfCalls(db: NonNullable<Connection['db']>): Promise<void> {
  const files = db.collection('files');
  const ofCalls = { 'holder.kind': 'application', callId: { $exists: false } };
  await files.updateMany(ofCalls, [{ $set: { callId: '$holder.placeId' } }]);
  const counted = { state: { $ne: 'gone' }, callId: { $type: 'objectId' } };
  for (const [of, userId] of [
    ['call', '$callId'],
    ['calls', '$cohortId'],
  ] as const) {
    const group = { _id: { cohortId: '$cohortId', userId }, bytes: { $sum: '$bytes' }, files: { $sum: 1 } };
    const sums = files.aggregate<{ _id: Record<'cohortId' | 'userId', mongo.ObjectId>; bytes: number; files: number }>([
      { $match: counted },
      { $group: group },
    ]);
    for await (const { _id, bytes, files: count } of sums)
      await db.collection('storage_uses').updateOne(_id, { $set: { of, bytes, files: count } }, { upsert: true });
  }
}
