import { mongo } from 'mongoose';

/**
 * Coaches whom a fellow let read notes, and who gave the session up before a hand-over took them out, are out: whoever is in no session with the fellow any more.
 * A note that is changed meanwhile keeps its other readers.
 */
export async function takeOutLeavers(db: mongo.Db): Promise<void> {
  const [notes, sessions] = [db.collection('notes'), db.collection('sessions')];
  const shared = notes.find(
    { 'sharedWith.0': { $exists: true } },
    { projection: { pairs: 1, sharedWith: 1, cohortId: 1 } },
  );
  for await (const note of shared) {
    for (const coach of note['sharedWith'] as mongo.ObjectId[]) {
      const pair = (note['pairs'] as string[]).find((one) => one.startsWith(`${String(coach)}:`));
      const fellow = pair?.split(':')[1];
      const together = fellow && {
        ...{ people: { $all: [coach, new mongo.ObjectId(fellow)] }, cohortId: note['cohortId'] as mongo.ObjectId },
        status: { $ne: 'cancelled' },
      };
      if (together && (await sessions.findOne(together, { projection: { _id: 1 } }))) continue;
      const parts = { readers: coach, sharedWith: coach, ...(pair && { pairs: pair }) };
      await notes.updateOne({ _id: note._id }, { $pull: parts as mongo.Document });
    }
  }
}
