import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import type { RequestState } from '../../contracts/mentoring/requests.js';
import type { ListedRequestRow, RequestRow, TrailEntry } from './request.schema.js';

/** What an act writes into a row. */
export interface RequestChange {
  state: RequestState;
  waiting: boolean;
  ownerId: Types.ObjectId | null;
  askedAt: Date;
  waitingSince: Date;
}

/** Whose requests a list shows: all of the cohort, those of who asked, or those of an owner with what is asked of nobody yet. */
export type Whose =
  | { whose: 'all' }
  | { whose: 'asker'; askerId: Types.ObjectId }
  | { whose: 'owner'; ownerId: Types.ObjectId; unowned: 'none' | 'all' | { craft: string } };

/** A place in a list: after what was made at this instant with this id. */
export interface RequestPlace {
  at: Date;
  id: Types.ObjectId;
}

/** What was done last, of all that was. */
const lastAct = { trail: { $slice: -1 } } as const;

/** The only user of the `help-requests` collection. */
@Injectable()
export class RequestsRepository {
  constructor(@InjectModel('HelpRequest') private readonly requests: Model<RequestRow>) {}

  async insert(request: RequestRow, session: ClientSession): Promise<void> {
    await this.requests.create([request], { session });
  }

  /** Writes an act, if nobody has done anything since it was read. Who is first wins; false for all others. */
  async act(request: RequestRow, change: RequestChange, entry: TrailEntry, session: ClientSession): Promise<boolean> {
    const result = await this.requests.updateOne(
      { _id: request._id, revision: request.revision },
      { $set: { ...change, changedAt: entry.at }, $inc: { revision: 1 }, $push: { trail: entry } },
      { session },
    );
    return result.matchedCount === 1;
  }

  async inCohort(cohortId: Types.ObjectId, requestId: Types.ObjectId): Promise<RequestRow | null> {
    return await this.requests.findOne({ _id: requestId, cohortId }).lean<RequestRow>();
  }

  async byIds(requestIds: readonly Types.ObjectId[], session: ClientSession | null = null): Promise<RequestRow[]> {
    return await this.requests.find({ _id: { $in: requestIds } }, null, { session }).lean<RequestRow[]>();
  }

  /** A page of a list: what waits, the oldest first; what is answered, the latest first. */
  async page(
    cohortId: Types.ObjectId,
    whose: Whose,
    waiting: boolean,
    after: RequestPlace | null,
    limit: number,
  ): Promise<ListedRequestRow[]> {
    const further = waiting ? '$gt' : '$lt';
    const order = waiting ? 1 : -1;
    const place: QueryFilter<RequestRow>[] = after
      ? [
          {
            $or: [{ createdAt: { [further]: after.at } }, { createdAt: after.at, _id: { [further]: after.id } }],
          },
        ]
      : [];
    const alternatives = filtersOf(cohortId, whose, waiting);
    const [only] = alternatives;
    const filter: QueryFilter<RequestRow> = alternatives.length === 1 && only ? only : { $or: alternatives };
    return await this.requests
      .find(place.length > 0 ? { ...filter, $and: place } : filter, { trail: 0 })
      .sort({ createdAt: order, _id: order })
      .limit(limit)
      .lean<ListedRequestRow[]>();
  }

  /** How many requests wait for each of these people, in one cohort. People without any are left out. */
  async waitingFor(cohortId: Types.ObjectId, ownerIds: readonly Types.ObjectId[]): Promise<Map<string, number>> {
    const rows = await this.requests
      .find({ ownerId: { $in: ownerIds }, waiting: true, cohortId }, { ownerId: 1 })
      .lean<Pick<RequestRow, 'ownerId'>[]>();
    const count = new Map<string, number>();
    for (const { ownerId } of rows) count.set(String(ownerId), (count.get(String(ownerId)) ?? 0) + 1);
    return count;
  }

  /** Gives all that has waited for an owner in a cohort since `before` or longer to another, but what that one asks themself. One write, repeatable. */
  async handOver(
    cohortId: Types.ObjectId,
    owner: Types.ObjectId,
    to: { ownerId: Types.ObjectId; entry: TrailEntry; before: Date },
    session: ClientSession,
  ): Promise<Types.ObjectId[]> {
    const { ownerId, entry, before } = to;
    const mine = {
      ownerId: owner,
      waiting: true,
      cohortId,
      askerId: { $ne: ownerId },
      waitingSince: { $lte: before },
    };
    const rows = await this.requests.find(mine, { _id: 1 }, { session }).lean<Pick<RequestRow, '_id'>[]>();
    const change = { ownerId, waitingSince: entry.at, changedAt: entry.at };
    await this.requests.updateMany(mine, { $set: change, $inc: { revision: 1 }, $push: { trail: entry } }, { session });
    return rows.map(({ _id }) => _id);
  }

  /** What a person asked in a cohort waits for nobody any more. One write, repeatable. */
  async withdrawAll(
    cohortId: Types.ObjectId,
    askerId: Types.ObjectId,
    entry: TrailEntry,
    session: ClientSession,
  ): Promise<Types.ObjectId[]> {
    const mine = { askerId, waiting: true, cohortId };
    const rows = await this.requests.find(mine, { _id: 1 }, { session }).lean<Pick<RequestRow, '_id'>[]>();
    const change = { state: 'withdrawn' as const, waiting: false, changedAt: entry.at };
    await this.requests.updateMany(mine, { $set: change, $inc: { revision: 1 }, $push: { trail: entry } }, { session });
    return rows.map(({ _id }) => _id);
  }

  /** What waits of a person, with what was done last, all of it: what they asked, what they own, and all of the cohorts in which they are staff. */
  async waitingOf(person: Types.ObjectId, staffIn: readonly Types.ObjectId[]): Promise<RequestRow[]> {
    return await this.requests
      .find(
        {
          $or: [
            { ownerId: person, waiting: true },
            { askerId: person, waiting: true },
            ...(staffIn.length > 0 ? [{ cohortId: { $in: staffIn }, waiting: true }] : []),
          ],
        },
        lastAct,
      )
      .lean<RequestRow[]>();
  }

  /** What waits in a cohort, with what was done last, the oldest first; all of it: of what is left out nobody would be reminded. */
  async waitingIn(cohortId: Types.ObjectId): Promise<RequestRow[]> {
    return await this.requests
      .find({ cohortId, waiting: true }, lastAct)
      .sort({ createdAt: 1, _id: 1 })
      .lean<RequestRow[]>();
  }
}

/** Each served by an index of its own. */
function filtersOf(cohortId: Types.ObjectId, whose: Whose, waiting: boolean): QueryFilter<RequestRow>[] {
  if (whose.whose === 'all') return [{ cohortId, waiting }];
  if (whose.whose === 'asker') return [{ askerId: whose.askerId, waiting, cohortId }];
  const own = { ownerId: whose.ownerId, waiting, cohortId };
  if (whose.unowned === 'none' || !waiting) return [own];
  const craft = whose.unowned === 'all' ? {} : { craft: whose.unowned.craft };
  return [own, { cohortId, waiting, ownerId: null, askerId: { $ne: whose.ownerId }, ...craft } as never];
}
