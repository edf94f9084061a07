import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import { isClaimOf } from '../calendar/claims.js';
import type { SessionStatus } from '../contracts/mentoring.js';
import type { Ask } from '../infra/mongo/asked-together.js';
import { EVER } from '../infra/mongo/time-place.js';
import { Transactions } from '../infra/mongo/transactions.js';
import type { SessionRow } from './session.schema.js';

/** A session without its claims: they are for the database alone. */
export type Session = Omit<SessionRow, 'claims'>;

export interface SecondPlace {
  coachId: Types.ObjectId;
  day: number;
  week: number;
  dayPlace: number;
  weekPlace: number;
  heldUntil: Date;
}

/** What a session takes of its people's time, and its places under the coach's caps. */
export interface Placement {
  startsAt: Date;
  endsAt: Date;
  claims: string[];
  day: number;
  week: number;
  dayPlace: number;
  weekPlace: number;
  heldUntil: Date;
  /** Of a session with two coaches: the places under the second one's caps. */
  second: SecondPlace | null;
  /** Until when it can be cancelled without its counting as late. */
  cancelBy: Date;
}

/** What is asked of a session to know who is busy. */
export type Taken = Pick<
  SessionRow,
  '_id' | 'coachId' | 'people' | 'startsAt' | 'endsAt' | 'heldUntil' | 'day' | 'week' | 'dayPlace' | 'weekPlace'
> & { second?: SecondPlace | null };

/** What tells that a session is another than it was, and who is in it. */
export type SessionStamp = Pick<Session, '_id' | 'revision' | 'changedAt' | 'people'>;

/** What is asked of a session to count who met whom. */
export type MetRow = Pick<
  Session,
  '_id' | 'coachId' | 'second' | 'participantIds' | 'startsAt' | 'status' | 'cancelledLate'
>;

/** What is asked of a session to know where its cycle stands. */
export type CycleSessionRow = Pick<Session, '_id' | 'coachId' | 'participantIds' | 'startsAt' | 'status'> & {
  cycleId: Types.ObjectId;
};

export type HistoryEntry = Pick<SessionRow['history'][number], 'at' | 'byId' | 'act'> & {
  from?: Date;
  to?: Date;
  fromCoachId?: Types.ObjectId;
  toCoachId?: Types.ObjectId;
};

/** Which sessions a list shows. `person` is one who takes part, `other` a second one. Bounds are of the start, [from, to). */
export interface SessionsFilter {
  cohortId: Types.ObjectId;
  person?: Types.ObjectId | undefined;
  other?: Types.ObjectId | undefined;
  status?: SessionStatus | undefined;
  from: Date;
  to: Date;
  order?: 'soonest' | 'latest';
  after?: { startsAt: Date; id: Types.ObjectId } | undefined;
}

const facts = { claims: 0 } as const;

/** The only user of the `sessions` collection. Every write claims or frees time by the unique index on `claims`. */
@Injectable()
export class SessionsRepository {
  constructor(
    @InjectModel('Session') private readonly sessions: Model<SessionRow>,
    private readonly transactions: Transactions,
  ) {}

  /** Throws E11000 on `claims` when somebody's time or the last place under a cap is taken. */
  async insert(session: SessionRow): Promise<void> {
    await this.sessions.create([session]);
  }

  /** Moves all claims at once, if the session is still scheduled at this revision. False when it is not; E11000 as {@link insert}. */
  async move(sessionId: Types.ObjectId, revision: number, placement: Placement, entry: HistoryEntry): Promise<boolean> {
    return await this.reclaim(sessionId, revision, entry, placement);
  }

  /** Cancels and frees the time of all, if the session is still scheduled at this revision. */
  async cancel(
    sessionId: Types.ObjectId,
    revision: number,
    reason: string,
    entry: HistoryEntry,
    isLate = false,
  ): Promise<boolean> {
    return await this.reclaim(sessionId, revision, entry, {
      status: 'cancelled',
      cancelReason: reason,
      cancelledLate: isLate,
      claims: undefined,
    });
  }

  /**
   * Gives it to other coaches at the same time, if the session is still scheduled at this revision: their claims are taken and those of
   * who gave it up are freed in one write, and `along` with it. The fellows' deadline to cancel stays. False and E11000 as {@link move}.
   */
  async handOver(
    { _id, revision }: Session,
    to: { coachId: Types.ObjectId; people: Types.ObjectId[]; placement: Placement },
    entry: HistoryEntry,
    along: (transaction: ClientSession) => Promise<void>,
  ): Promise<boolean> {
    const { cancelBy: _cancelBy, ...placement } = to.placement;
    return await this.reclaim(_id, revision, entry, { ...placement, coachId: to.coachId, people: to.people }, along);
  }

  /**
   * Makes the second coach the only one and frees what the first one held, if the session is still scheduled as it was read; `along` in
   * the same transaction. The second keeps the places that they have under their own caps.
   */
  async goOnWithSecond(
    session: Session,
    entry: HistoryEntry,
    along: (transaction: ClientSession) => Promise<void>,
  ): Promise<boolean> {
    const leaver = session.coachId;
    const change = ({ second, people, claims }: SessionRow): Partial<SessionRow> =>
      second
        ? {
            ...placeOf(second),
            second: null,
            people: people.filter((person) => !person.equals(leaver)),
            claims: claims?.filter((claim) => !isClaimOf(claim, String(leaver))),
          }
        : {};
    return await this.reclaim(session._id, session.revision, entry, change, along);
  }

  /** Takes one of several participants, or the second coach, out and frees their time, if the session is still scheduled as it was read. */
  async withdraw(session: Session, person: Types.ObjectId, entry: HistoryEntry): Promise<boolean> {
    const others = (ids: readonly Types.ObjectId[]) => ids.filter((id) => !id.equals(person));
    return await this.reclaim(session._id, session.revision, entry, (before) => ({
      participantIds: others(before.participantIds),
      people: others(before.people),
      second: before.second?.coachId.equals(person) ? null : before.second,
      claims: before.claims?.filter((claim) => !isClaimOf(claim, String(person))),
    }));
  }

  /** Says how it went, if the session is still scheduled at this revision. Its claims stay: the time was spent. */
  async complete(
    sessionId: Types.ObjectId,
    revision: number,
    outcome: 'held' | 'no_show',
    entry: HistoryEntry,
  ): Promise<boolean> {
    const result = await this.sessions.updateOne(
      { _id: sessionId, revision, status: 'scheduled' },
      { $set: { status: outcome, changedAt: entry.at }, $inc: { revision: 1 }, $push: { history: entry } },
    );
    return result.matchedCount === 1;
  }

  async byId(sessionId: Types.ObjectId): Promise<Session | null> {
    return await this.sessions.findById(sessionId, facts).lean<Session>();
  }

  async byIds(sessionIds: readonly Types.ObjectId[]): Promise<Session[]> {
    return await this.sessions.find({ _id: { $in: sessionIds } }, facts).lean<Session[]>();
  }

  async inCohort(cohortId: Types.ObjectId, sessionId: Types.ObjectId): Promise<Session | null> {
    return await this.sessions.findOne({ _id: sessionId, cohortId }, facts).lean<Session>();
  }

  /** A page of a list, in time order or against it. */
  async list(filter: SessionsFilter, limit: number): Promise<Session[]> {
    const { cohortId, person, other, status, order, from, to, after } = filter;
    const latest = order === 'latest';
    const further = latest ? '$lt' : '$gt';
    const direction = latest ? -1 : 1;
    const query: QueryFilter<SessionRow> = {
      cohortId,
      ...(person && { people: person }),
      ...(status && { status }),
      startsAt: {
        $gte: !latest && after && after.startsAt > from ? after.startsAt : from,
        $lt: to,
        ...(latest && after && { $lte: after.startsAt }),
      },
      $and: [
        ...(other ? [{ $or: [{ coachId: other }, { 'second.coachId': other }, { participantIds: other }] }] : []),
        ...(after ? [{ $or: [{ startsAt: { [further]: after.startsAt } }, { _id: { [further]: after.id } }] }] : []),
      ],
    };
    if (query.$and?.length === 0) delete query.$and;
    return await this.sessions
      .find(query, facts)
      .sort({ startsAt: direction, _id: direction })
      .limit(limit)
      .lean<Session[]>();
  }

  /** When some people are taken by sessions that start in [from, to), in all cohorts. */
  async taking(people: readonly Types.ObjectId[], from: Date, to: Date): Promise<Taken[]> {
    return await this.sessions
      .find(
        { people: { $in: people }, startsAt: { $gte: from, $lt: to }, status: { $ne: 'cancelled' } },
        {
          coachId: 1,
          people: 1,
          startsAt: 1,
          endsAt: 1,
          heldUntil: 1,
          day: 1,
          week: 1,
          dayPlace: 1,
          weekPlace: 1,
          second: 1,
        },
      )
      .lean<Taken[]>();
  }

  /** All sessions of a person that start in [from, to), in all cohorts, in time order. */
  async ofPerson(person: Types.ObjectId, from: Date, to: Date): Promise<Session[]> {
    return await this.sessions
      .find({ people: person, startsAt: { $gte: from, $lt: to } }, facts)
      .sort({ startsAt: 1, _id: 1 })
      .lean<Session[]>();
  }

  /** The same as {@link ofPerson} among other questions, without what is in them: whether they are as they were. */
  stampsAsk(person: Types.ObjectId, from: Date, to: Date): Ask<SessionStamp> {
    return {
      collection: this.sessions.collection.name,
      filter: { people: person, startsAt: { $gte: from, $lt: to } },
      projection: { revision: 1, changedAt: 1, people: 1 },
      sort: { startsAt: 1, _id: 1 },
    };
  }

  /** All sessions that were booked in some cycles, in any order. */
  async ofCycles(cycleIds: readonly Types.ObjectId[]): Promise<CycleSessionRow[]> {
    return await this.sessions
      .find({ cycleId: { $in: cycleIds } }, { cycleId: 1, coachId: 1, participantIds: 1, startsAt: 1, status: 1 })
      .lean<CycleSessionRow[]>();
  }

  /** Scheduled sessions of all cohorts that start in [from, to), in time order. */
  async startingBetween(from: Date, to: Date): Promise<Session[]> {
    return await this.sessions
      .find({ startsAt: { $gte: from, $lt: to }, status: 'scheduled' }, facts)
      .sort({ startsAt: 1 })
      .lean<Session[]>();
  }

  /** Scheduled sessions of some people that have not begun, in all cohorts, in any order. */
  async aheadOf(people: readonly Types.ObjectId[], now: Date): Promise<Session[]> {
    if (people.length === 0) return [];
    return await this.sessions
      .find({ people: { $in: people }, startsAt: { $gte: now, $lte: EVER }, status: 'scheduled' }, facts)
      .lean<Session[]>();
  }

  /** Sessions written to since an instant, oldest change first: for reconcilers. */
  async changedSince(since: Date, limit: number, after: Types.ObjectId | null): Promise<Session[]> {
    return await this.sessions
      .find(
        {
          changedAt: { $gte: since },
          ...(after && { $or: [{ changedAt: { $gt: since } }, { _id: { $gt: after } }] }),
        },
        facts,
      )
      .sort({ changedAt: 1, _id: 1 })
      .limit(limit)
      .lean<Session[]>();
  }

  /** Who met whom and when, for the figures of a cohort: sessions that start in [from, to). */
  async contacts(
    cohortId: Types.ObjectId,
    statuses: readonly SessionStatus[],
    from: Date,
    to: Date,
  ): Promise<MetRow[]> {
    return await this.sessions
      .find(
        { cohortId, startsAt: { $gte: from, $lt: to }, status: { $in: statuses } },
        { coachId: 1, second: 1, participantIds: 1, startsAt: 1, status: 1, cancelledLate: 1 },
      )
      .lean<MetRow[]>();
  }

  /**
   * Writes a session with other claims, or none, as a new document of the same id in the place of the old one. Not by an update: only
   * deleting a document frees its entries of a unique index over an array on every engine (SecantusDB keeps those of an updated one).
   */
  private async reclaim(
    sessionId: Types.ObjectId,
    revision: number,
    entry: HistoryEntry,
    change: Partial<SessionRow> | ((before: SessionRow) => Partial<SessionRow>),
    along?: (transaction: ClientSession) => Promise<void>,
  ): Promise<boolean> {
    return await this.transactions.run(async (transaction) => {
      const guard = { _id: sessionId, revision, status: 'scheduled' } as const;
      const before = await this.sessions.findOne(guard, null, { session: transaction }).lean<SessionRow>();
      if (!before) return false;
      const { deletedCount } = await this.sessions.deleteOne(guard, { session: transaction });
      if (deletedCount !== 1) return false;
      const history = [...before.history, entry] as SessionRow['history'];
      const changed = typeof change === 'function' ? change(before) : change;
      const after = { ...before, ...changed, history, revision: revision + 1, changedAt: entry.at };
      await this.sessions.create([after], { session: transaction });
      await along?.(transaction);
      return true;
    });
  }
}

const placeOf = ({ coachId, day, week, dayPlace, weekPlace, heldUntil }: NonNullable<SessionRow['second']>) => ({
  ...{ coachId, day, week, dayPlace, weekPlace, heldUntil },
});
