import type { Types } from 'mongoose';
import { defineEvent } from '../../infra/events/event-bus.js';
import type { GoalRow } from './goal.schema.js';

/** A goal was set or changed, or where it stands was recorded. Says nothing of it, except whom it concerns: its readers. */
export const goalChanged = defineEvent<{ cohortId: string; goalId: string; revision: number; readerIds: string[] }>(
  'goal.changed',
);

/** A goal is the user's from now on, too (`set` by the other of the two, or it `goes_on` with them), or (`left`) no more: its fellow goes on with another coach. Only to who reads it, or did. In the outbox. */
export const goalAssigned = defineEvent<{
  cohortId: string;
  goalId: string;
  byId: string;
  userId: string;
  how: 'set' | 'goes_on' | 'left';
  revision: number;
}>('goal.assigned');

type Told = Pick<GoalRow, '_id' | 'cohortId' | 'revision' | 'readers'>;

/** What the event says of a goal: who read it `before` and does not any more hears of it as well, and finds it gone. */
export const changeOf = (row: Told, before: Pick<Told, 'readers'> = row) => ({
  cohortId: String(row.cohortId),
  goalId: String(row._id),
  revision: row.revision,
  readerIds: [...new Set([...before.readers, ...row.readers].map(String))],
});

/** What {@link goalAssigned} says of a goal as it is written. */
export const assignmentOf = (
  { _id, cohortId, revision }: Pick<GoalRow, '_id' | 'cohortId' | 'revision'>,
  by: Types.ObjectId,
  user: Types.ObjectId,
  how: 'set' | 'goes_on' | 'left',
) => ({
  ...{ cohortId: String(cohortId), goalId: String(_id), byId: String(by), userId: String(user) },
  ...{ how, revision },
});
