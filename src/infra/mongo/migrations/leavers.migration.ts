import type { mongo } from 'mongoose';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Before the outbox, workers looked for leavers every few minutes, so what is older was followed. */
const LATELY_MS = DAY_MS;
const OF_LEAVERS = ['workshops', 'wishes', 'requests', 'sessions'];
const OF_ROLES = ['workshops', 'requests', 'sessions'];

/** Who left lately, or coaches no more, is written to the outbox: the event may have died with its process, and nothing else looks for them any more. To follow twice changes nothing. */
export async function followLeavers(db: mongo.Db, now = new Date()): Promise<void> {
  const gone = await db
    .collection('memberships')
    .find(
      {
        changedAt: { $gt: new Date(now.getTime() - LATELY_MS) },
        $or: [{ endedAt: { $ne: null } }, { handOver: { $ne: null } }],
      },
      { projection: { cohortId: 1, userId: 1, endedAt: 1 } },
    )
    .toArray();
  if (gone.length === 0) return;
  await db.collection('outbox').bulkWrite(
    gone.map((row) => ({
      updateOne: {
        filter: { _id: row._id },
        update: {
          $setOnInsert: {
            kind: row['endedAt'] ? 'member.left' : 'role.changed',
            ...{ fact: { cohortId: String(row['cohortId']), userId: String(row['userId']) } },
            ...{ waiting: row['endedAt'] ? OF_LEAVERS : OF_ROLES, at: now, dueAt: now, tries: 0 },
          },
        },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}
