import type { Connection } from 'mongoose';

/** A change of data that a new version needs, done once. Indexes need none: they come from the schemas. */
export interface Migration {
  /** Sorts by age: `2026-12-01-what-it-does`. */
  name: string;
  up: (connection: Connection) => Promise<void>;
}

interface OldReminder {
  state: string;
  dueAt: Date;
  leaseUntil: Date | null;
  arms: number;
  wakeAt: Date;
  armed: boolean;
}

/** Oldest first. A database without data is current: it needs none of them. */
export const migrations: readonly Migration[] = [
  {
    name: '2026-11-25-reminders-wake',
    up: async ({ db }) => {
      const reminders = db?.collection<OldReminder>('reminders');
      if (!reminders) return;
      const over = { $unset: { leaseUntil: 1, arms: 1 } } as const;
      for await (const row of reminders.find({ leaseUntil: { $exists: true } })) {
        const wakeAt =
          row.state === 'planned' ? new Date(row.dueAt.getTime() - 48 * 3_600_000) : (row.leaseUntil ?? row.dueAt);
        const isOver = ['sent', 'dropped', 'failed'].includes(row.state);
        await reminders.updateOne({ _id: row._id }, isOver ? over : { ...over, $set: { wakeAt, armed: false } });
      }
      await dropIndexes(db, { reminders: ['once', 'subject', 'state', 'due', 'arm', 'lease'] });
      await dropIndexes(db, { workshops: ['changed'], sessions: ['changed'] });
    },
  },
];

async function dropIndexes(db: Connection['db'], names: Record<string, string[]>): Promise<void> {
  for (const [collection, indexes] of Object.entries(names)) {
    // One that is not there needs no dropping.
    for (const index of indexes)
      await db
        ?.collection(collection)
        .dropIndex(index)
        .catch(() => undefined);
  }
}
