import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import type { ActionState } from '../../contracts/mentoring/mentoring.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { actionsChanged } from '../mentoring.events.js';
import type { ActionRow } from './action.schema.js';

/** As many are read at once; no answer of the database grows past it. */
const A_PAGE = 2000;

/** The only user of the `actions` collection. That some changed is in the outbox with it. */
@Injectable()
export class ActionsRepository {
  constructor(
    @InjectModel('Action') private readonly actions: Model<ActionRow>,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** In the transaction that touches its session, so that of many at once each counts the others. False where as many as `most` were written in it. */
  async insert(action: ActionRow, most: number, session: ClientSession): Promise<boolean> {
    const { sessionId } = action;
    if ((await this.actions.countDocuments({ sessionId }, { session }).limit(most)) >= most) return false;
    await this.actions.create([action], { session });
    await this.changed([action], session);
    return true;
  }

  async inCohort(cohortId: Types.ObjectId, actionId: Types.ObjectId): Promise<ActionRow | null> {
    return await this.actions.findOne({ _id: actionId, cohortId }).lean<ActionRow>();
  }

  /** Those written in a session, oldest first. */
  async ofSession(sessionId: Types.ObjectId): Promise<ActionRow[]> {
    return await this.all({ sessionId });
  }

  /** The open ones of some pairs, over all their sessions in a cohort: what they have in another one is not for the people of this one. */
  async openOfPairs(cohortId: Types.ObjectId, pairs: readonly string[]): Promise<ActionRow[]> {
    if (pairs.length === 0) return [];
    return await this.all({ pairs: { $in: [...new Set(pairs)] }, state: 'open', cohortId });
  }

  /** A page of what a person owns in some cohorts, oldest first. */
  async ofOwner(
    ownerId: Types.ObjectId,
    state: ActionState,
    cohortIds: readonly Types.ObjectId[],
    after: Types.ObjectId | null,
    limit: number,
  ): Promise<ActionRow[]> {
    return await this.actions
      .find({ ownerId, state, cohortId: { $in: cohortIds }, ...(after && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ActionRow[]>();
  }

  /** What was written in a session goes over with it: to be seen, changed and carried on by the new coach; what the old one owned is theirs. */
  async passOnOf(
    sessionId: Types.ObjectId,
    from: Types.ObjectId,
    to: Types.ObjectId,
    transaction: ClientSession,
  ): Promise<void> {
    const rows = await this.actions
      .find({ sessionId, state: 'open' }, null, { session: transaction })
      .lean<ActionRow[]>();
    await this.passAll(rows, from, to, transaction);
  }

  /** All that somebody owns in a cohort and is open. */
  async openOf(cohortId: Types.ObjectId, ownerId: Types.ObjectId): Promise<ActionRow[]> {
    return await this.all({ ownerId, state: 'open', cohortId });
  }

  /** How many are open in a cohort, by who owns them. */
  async openByOwner(cohortId: Types.ObjectId): Promise<Map<string, number>> {
    const rows = await this.actions.aggregate<{ _id: Types.ObjectId; count: number }>([
      { $match: { cohortId, state: 'open' } },
      { $group: { _id: '$ownerId', count: { $sum: 1 } } },
    ]);
    return new Map(rows.map(({ _id, count }) => [String(_id), count]));
  }

  async byIds(actionIds: readonly Types.ObjectId[]): Promise<ActionRow[]> {
    return await this.actions.find({ _id: { $in: actionIds } }).lean<ActionRow[]>();
  }

  /** What is open in a cohort and is to be done by a day. */
  async dueIn(cohortId: Types.ObjectId): Promise<ActionRow[]> {
    return await this.all({ cohortId, state: 'open', dueOn: { $gte: '' } });
  }

  /** The same of one person, in all cohorts. */
  async dueOf(ownerId: Types.ObjectId): Promise<ActionRow[]> {
    return await this.all({ ownerId, state: 'open', dueOn: { $gte: '' } });
  }

  /** Open ones of a coach who left go to another, who finds them in the sessions with the fellow. */
  async passOn(rows: readonly ActionRow[], from: Types.ObjectId, to: Types.ObjectId): Promise<void> {
    await this.transactions.run((session) => this.passAll(rows, from, to, session));
  }

  /** Drops what is still open and theirs of somebody who left then. */
  async drop(rows: readonly ActionRow[], ownerId: Types.ObjectId, leftAt: Date, session: ClientSession): Promise<void> {
    await this.actions.updateMany(
      { _id: { $in: rows.map((row) => row._id) }, ownerId, state: 'open' },
      { $set: { state: 'dropped', leftAt } },
      { session },
    );
    await this.changed(rows, session);
  }

  /** What was dropped in a cohort because its owner left. */
  async droppedOf(cohortId: Types.ObjectId, ownerId: Types.ObjectId): Promise<ActionRow[]> {
    return await this.all({ ownerId, state: 'dropped', cohortId, leftAt: { $ne: null } });
  }

  /** Changes these fields and no others, as long as the same people are in it. The row as it is then, and whether that is anything new; null when they are not. */
  async update(
    { _id, people }: Pick<ActionRow, '_id' | 'people'>,
    change: Partial<Pick<ActionRow, 'text' | 'ownerId' | 'dueOn' | 'state' | 'doneAt'>>,
  ): Promise<{ row: ActionRow; isNew: boolean } | null> {
    return await this.transactions.run(async (session) => {
      const before = await this.actions
        .findOneAndUpdate({ _id, people }, { $set: change }, { session, returnDocument: 'before' })
        .lean<ActionRow>();
      if (!before) return null;
      const row = { ...before, ...change };
      const isNew = JSON.stringify(row) !== JSON.stringify(before);
      if (isNew) await this.changed([row], session);
      return { row, isNew };
    });
  }

  private async passAll(
    rows: readonly ActionRow[],
    from: Types.ObjectId,
    to: Types.ObjectId,
    session: ClientSession,
  ): Promise<void> {
    if (rows.length === 0) return;
    await this.actions.bulkWrite(
      rows.map((row) => passedOn(row, from, to)),
      { session },
    );
    await this.changed(rows, session);
  }

  /** All are of one cohort. */
  private async changed(rows: readonly ActionRow[], session: ClientSession): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const fact = { cohortId: String(first.cohortId), actionIds: rows.map(({ _id }) => String(_id)) };
    await this.outbox.write(actionsChanged, fact, session);
  }

  /** Page by page, oldest first: those of one pair or person never take the place of others. */
  private async all(filter: QueryFilter<ActionRow>): Promise<ActionRow[]> {
    const rows: ActionRow[] = [];
    for (let page = A_PAGE; page === A_PAGE;) {
      const last = rows.at(-1);
      // By itself: many rows would hold up what goes along.
      const found = await this.actions
        .find(last ? { ...filter, _id: { $gt: last._id } } : filter)
        .sort({ _id: 1 })
        .limit(A_PAGE)
        .lean<ActionRow[]>();
      rows.push(...found);
      page = found.length;
    }
    return rows;
  }
}

/** An action with another coach in the place of one of its session. */
function passedOn(row: ActionRow, from: Types.ObjectId, to: Types.ObjectId) {
  const replaced = (id: Types.ObjectId) => (id.equals(from) ? to : id);
  return {
    updateOne: {
      filter: { _id: row._id, state: 'open' as const },
      update: {
        $set: {
          ownerId: replaced(row.ownerId),
          coachId: replaced(row.coachId),
          people: row.people.map(replaced),
          pairs: row.pairs.map((pair) => pair.replace(`${String(from)}:`, `${String(to)}:`)),
        },
      },
    },
  };
}
