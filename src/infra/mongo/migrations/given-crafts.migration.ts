import type { Connection, mongo } from 'mongoose';

interface Invited {
  cohortId: mongo.ObjectId;
  acceptedBy: mongo.ObjectId;
  craft: string;
}

/**
 * Who reads what is asked of a craft is up to staff from now on: it is the craft of their invitation; of coaches and staff who were invited without, the one that
 * they say they have, since staff gave them their role. To all others staff give one.
 */
export async function giveCrafts(db: NonNullable<Connection['db']>): Promise<void> {
  const memberships = db.collection<{ userId: mongo.ObjectId }>('memberships');
  const ungiven = { craft: { $exists: false } };
  const invited = db
    .collection<Invited>('invitations')
    .find({ acceptedBy: { $ne: null }, craft: { $ne: null } } as object);
  // The last invitation to a cohort is the one that counts.
  const last = new Map<string, Invited>();
  for await (const one of invited.sort({ _id: 1 })) last.set(`${String(one.cohortId)} ${String(one.acceptedBy)}`, one);
  for (const { cohortId, acceptedBy: userId, craft } of last.values())
    await memberships.updateOne({ ...ungiven, cohortId, userId }, { $set: { craft } });
  for await (const { _id, userId } of memberships.find({ ...ungiven, role: { $in: ['coach', 'staff'] } })) {
    const person = await db.collection('users').findOne({ _id: userId }, { projection: { craft: 1 } });
    await memberships.updateOne({ _id }, { $set: { craft: (person?.['craft'] ?? null) as string | null } });
  }
  await memberships.updateMany(ungiven, { $set: { craft: null } });
}
