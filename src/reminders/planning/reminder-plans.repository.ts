import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model, Types } from 'mongoose';
import type { ReminderSubjectType } from '../../contracts/reminders/reminders.js';
import { isOnlyDuplicates } from '../../infra/mongo/errors.js';
import { idOf } from '../../infra/mongo/ids.js';
import { together } from '../../infra/mongo/together.js';
import type { ExistingReminder, PlanChange, ReminderSubject } from './reminder-plan.js';
import { writesOf } from '../reminder-rows.js';
import type { ReminderRow } from '../reminder.schema.js';
import { type SubjectRef, refKey } from '../sources/subject-source.js';

const EVER = new Date('9999-12-31T00:00:00.000Z');

/** The `reminders` collection as planning reads and writes it. */
@Injectable()
export class ReminderPlansRepository {
  constructor(@InjectModel('Reminder') private readonly reminders: Model<ReminderRow>) {}

  /** Takes away what rows about invitations say of whom they were for. */
  async eraseInvited(invitationIds: readonly string[]): Promise<void> {
    const theirs = { 'subject.id': { $in: invitationIds.map(idOf) }, 'subject.type': 'invitation' as const };
    await this.reminders.updateMany(theirs, { $set: { title: null } });
  }

  /** The subjects of which something is planned in a cohort from an instant on. */
  async plannedIn(cohortId: string, from: Date): Promise<SubjectRef[]> {
    const found = await this.reminders.aggregate<{ _id: { type: ReminderSubjectType; id: Types.ObjectId } }>([
      {
        $match: {
          ...{ cohortId: idOf(cohortId), dueAt: { $gte: from, $lte: EVER } },
          state: 'planned',
        },
      },
      { $group: { _id: { type: '$subject.type', id: '$subject.id' } } },
    ]);
    return found.map(({ _id: { type, id } }) => ({ type, id: String(id), cohortId }));
  }

  /**
   * The rows of some subjects (of some people) that may still change, by the subject's `refKey`: those planned, and all of the revision at
   * which each subject is now.
   */
  async ofSubjects(
    subjects: readonly Pick<ReminderSubject, 'type' | 'id' | 'revision'>[],
    userIds?: readonly string[],
  ): Promise<Map<string, ExistingReminder[]>> {
    if (subjects.length === 0) return new Map();
    const revisions = [...new Set(subjects.map((subject) => subject.revision))];
    const rows = await together(
      this.reminders
        .find(
          {
            'subject.id': { $in: subjects.map(({ id }) => idOf(id)) },
            'subject.type': { $in: [...new Set(subjects.map(({ type }) => type))] },
            ...(userIds && { userId: { $in: userIds.map(idOf) } }),
            $or: [{ state: 'planned' }, { 'subject.revision': { $in: revisions } }],
          },
          {
            userId: 1,
            subject: 1,
            kind: 1,
            state: 1,
            dueAt: 1,
            held: 1,
            until: 1,
            channels: 1,
            why: 1,
            title: 1,
            titleKey: 1,
            attempts: 1,
          },
        )
        .lean<ReminderRow[]>(),
    );
    const bySubject = new Map<string, ExistingReminder[]>(subjects.map((subject) => [refKey(subject), []]));
    for (const row of rows) {
      bySubject.get(refKey({ type: row.subject.type, id: String(row.subject.id) }))?.push(toExisting(row));
    }
    return bySubject;
  }

  /** Writes new rows, each guarded by its key, so that a race or a second try adds nothing. */
  async insert(rows: readonly ReminderRow[]): Promise<void> {
    if (rows.length === 0) return;
    try {
      // Thousands of rows that were made here a moment ago need no casting.
      await this.reminders.collection.insertMany([...rows], { ordered: false });
    } catch (error) {
      // Somebody planned the same at the same time: the row is there, and the other writes of the bulk are done.
      if (!isOnlyDuplicates(error)) throw error;
    }
  }

  /** Writes the changes of rows that are there, each guarded by its state. */
  async apply(changes: readonly { subject: ReminderSubject; change: PlanChange }[]): Promise<void> {
    const writes = changes.flatMap(({ subject, change }) => writesOf(subject, change));
    if (writes.length > 0) await this.reminders.bulkWrite(writes, { ordered: false });
  }
}

function toExisting(row: ReminderRow): ExistingReminder {
  return {
    id: String(row._id),
    userId: String(row.userId),
    kind: row.kind,
    revision: row.subject.revision,
    state: row.state,
    dueAt: row.dueAt,
    held: row.held ?? null,
    until: row.until,
    channels: row.channels,
    why: row.why,
    title: row.title ?? null,
    titleKey: row.titleKey ?? null,
    attempts: row.attempts,
  };
}
