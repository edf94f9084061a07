import { type Connection, mongo } from 'mongoose';

type Db = NonNullable<Connection['db']>;
type Id = mongo.ObjectId;

interface OldFlag {
  _id: Id;
  cohortId: Id;
  topicId: Id;
  postId: Id;
  userId: Id;
  authorId: Id;
  number: number;
  digest: string;
  text?: string;
  createdAt: Date;
  resolvedAt: Date | null;
}

/** What of a case this writes; the schema gives the rest when it is read. */
interface OpenCase extends Pick<OldFlag, '_id' | 'cohortId' | 'topicId' | 'postId' | 'authorId' | 'number'> {
  people: Id[];
  newest: Id[];
  texts: { flagId: Id; digest: string; length: number }[];
  openedAt: Date;
  waitsFrom: Date;
  hiddenAt: null;
  settledAt: null;
}

/**
 * Flags that wait for staff become one case for each post; those that staff dealt with belong to none. Run again, it finds the cases that it made. Nothing is hidden by it: three people who flagged a
 * post before asked for somebody to look, and no more. What waits in the outbox names a flag: it names the case from now on.
 */
export async function openFlagCases(db: Db): Promise<void> {
  const flags = db.collection<OldFlag>('post-flags');
  const cases = db.collection<OpenCase>('flag-cases');
  const open = db.collection<{ _id: Id; caseId: Id }>('flag-cases-open');
  for await (const flag of flags.find({ resolvedAt: null, caseId: { $exists: false } }).sort({ _id: 1 })) {
    const { _id: flagId, cohortId, topicId, postId, authorId, number, userId, digest, text = '', createdAt } = flag;
    // The first case of a post may well bear its id.
    const caseId = postId;
    const begun = { cohortId, topicId, postId, authorId, number, hiddenAt: null, settledAt: null };
    await cases.updateOne(
      { _id: caseId },
      {
        $setOnInsert: { ...begun, openedAt: createdAt, waitsFrom: createdAt },
        $addToSet: { people: userId, newest: flagId, texts: { flagId, digest, length: text.length } },
      },
      { upsert: true },
    );
    await open.updateOne({ _id: postId }, { $setOnInsert: { caseId } }, { upsert: true });
    await flags.updateOne({ _id: flagId }, { $set: { caseId, kind: 'other' } });
  }
  await flags.updateMany({ caseId: { $exists: false } }, [{ $set: { caseId: '$_id', kind: 'other' } }]);
  const outbox = db.collection('outbox');
  for await (const row of outbox.find({ kind: 'post.flagged' })) {
    const flagId = (row['fact'] as { flagId?: string }).flagId;
    const flag = flagId && (await flags.findOne({ _id: new mongo.ObjectId(flagId) }));
    const caseId = flag && (flag as OldFlag & { caseId?: Id }).caseId;
    if (caseId) await outbox.updateOne({ _id: row._id }, { $set: { fact: { caseId: String(caseId) } } });
  }
}
