import type { Connection } from 'mongoose';
import { digestOf } from '../../common/secrets.js';

/** Reports of before are of the text that they keep: what a message says by now can be reported anew. */
export async function reportEachText(db: NonNullable<Connection['db']>): Promise<void> {
  const reports = db.collection<{ text: string }>('message-reports');
  for await (const { _id, text } of reports.find({ digest: { $exists: false } }, { projection: { text: 1 } }))
    await reports.updateOne({ _id }, { $set: { digest: digestOf(text), alts: [] } });
  // One that is not there needs no dropping.
  await reports.dropIndex('once').catch(() => undefined);
}
