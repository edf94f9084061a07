import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, QueryFilter, Types } from 'mongoose';
import type { SessionStatus } from '../../contracts/mentoring/mentoring.js';
import type { Ask } from '../../infra/mongo/asked-together.js';
import { together } from '../../infra/mongo/together.js';
import type { SecondPlace } from './session-writes.repository.js';
import type { SessionRow } from './session.schema.js';

/** A session without its claims: they are for the database alone. */
export type Session = Omit<SessionRow, 'claims'>;

/** What is asked of a session to know who is busy. */
export type Taken = Pick<
  SessionRow,
  '_id' | 'coachId' | 'people' | 'startsAt' | 'endsAt' | 'heldUntil' | 'day' | 'week' | 'dayPlace' | 'weekPlace'
> & { second?: SecondPlace | null; cohortId?: Types.ObjectId };

/** The same, and where it is. */
export type TakenRow = Taken & Pick<SessionRow, 'cohortId'>;

/** What tells that a session is another than it was, and who is in it. */
export type SessionVersion = Pick<Session, '_id' | 'cohortId' | 'revision' | 'changedAt' | 'people'>;

/** What is asked of a session to count who met whom. */
export type MetRow = Pick<
  Session,
  '_id' | 'coachId' | 'second' | 'participantIds' | 'startsAt' | 'status' | 'cancelledLate' | 'changedAt'
>;

/** What is asked of a session to know where its cycle stands. */
export type CycleSessionRow = Pick<Session, '_id' | 'coachId' | 'participantIds' | 'startsAt' | 'status'> & {
  cycleId: Types.ObjectId;
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

/** What is asked of the `sessions` collection; {@link SessionWrites} is what writes to it. */
@Injectable()
export class SessionsRepository {
  constructor(@InjectModel('Session') private readonly sessions: Model<SessionRow>) {}

  async byId(sessionId: Types.ObjectId): Promise<Session | null> {
    return await together(this.sessions.findById(sessionId, facts).lean<Session>());
  }

  async byIds(sessionIds: readonly Types.ObjectId[]): Promise<Session[]> {
    return await together(this.sessions.find({ _id: { $in: sessionIds } }, facts).lean<Session[]>());
  }

  async inCohort(cohortId: Types.ObjectId, sessionId: Types.ObjectId): Promise<Session | null> {
    return await together(this.sessions.findOne({ _id: sessionId, cohortId }, facts).lean<Session>());
  }

  /** Whether these people have another session that is scheduled. */
  async areToMeet(
    cohortId: Types.ObjectId,
    people: readonly Types.ObjectId[],
    otherThan: Types.ObjectId,
    transaction: ClientSession,
  ): Promise<boolean> {
    const together = { people: { $all: people }, cohortId, status: 'scheduled', _id: { $ne: otherThan } } as const;
    return (await this.sessions.findOne(together, { _id: 1 }, { session: transaction }).lean()) !== null;
  }

  /** With whom somebody booked what they will come to: sessions that start after an instant, `most` of them. */
  async bookedAhead(
    cohortId: Types.ObjectId,
    person: Types.ObjectId,
    after: Date,
    most: number,
    transaction: ClientSession | null,
  ): Promise<Pick<Session, 'coachId' | 'second'>[]> {
    return await this.sessions
      .find(
        { people: person, startsAt: { $gt: after }, bookedBy: person, cohortId, status: 'scheduled' },
        { coachId: 1, 'second.coachId': 1 },
        { session: transaction },
      )
      .limit(most)
      .lean<Pick<Session, 'coachId' | 'second'>[]>();
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

  /** When some people are taken by sessions that start in [from, to), in all cohorts: to be asked among other questions. */
  takingAsk(people: readonly Types.ObjectId[], from: Date, to: Date): Ask<TakenRow> {
    return {
      collection: this.sessions.collection.name,
      filter: { people: { $in: people }, startsAt: { $gte: from, $lt: to }, status: { $ne: 'cancelled' } },
      projection: {
        cohortId: 1,
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
    };
  }

  /** All sessions of a person that start in [from, to), in all cohorts, in time order. */
  async ofPerson(person: Types.ObjectId, from: Date, to: Date): Promise<Session[]> {
    return await together(
      this.sessions
        .find({ people: person, startsAt: { $gte: from, $lt: to } }, facts)
        .sort({ startsAt: 1, _id: 1 })
        .lean<Session[]>(),
    );
  }

  /** The same as {@link ofPerson} among other questions, without what is in them: whether they are as they were. */
  stampsAsk(person: Types.ObjectId, from: Date, to: Date): Ask<SessionVersion> {
    return {
      collection: this.sessions.collection.name,
      filter: { people: person, startsAt: { $gte: from, $lt: to } },
      projection: { cohortId: 1, revision: 1, changedAt: 1, people: 1 },
      sort: { startsAt: 1, _id: 1 },
    };
  }

  /** All sessions that were booked in some cycles, in any order. */
  async ofCycles(cycleIds: readonly Types.ObjectId[]): Promise<CycleSessionRow[]> {
    return await together(
      this.sessions
        .find({ cycleId: { $in: cycleIds } }, { cycleId: 1, coachId: 1, participantIds: 1, startsAt: 1, status: 1 })
        .lean<CycleSessionRow[]>(),
    );
  }

  /** Scheduled sessions of all cohorts that start in [from, to), in time order. */
  async startingBetween(from: Date, to: Date): Promise<Session[]> {
    return await this.sessions
      .find({ startsAt: { $gte: from, $lt: to }, status: 'scheduled' }, facts)
      .sort({ startsAt: 1 })
      .lean<Session[]>();
  }

  /** Who met whom and when, for the figures of a cohort or of some people in it: sessions that start in [from, to). */
  async contacts(
    cohortId: Types.ObjectId,
    statuses: readonly SessionStatus[],
    from: Date,
    to: Date,
    people?: readonly Types.ObjectId[],
  ): Promise<MetRow[]> {
    return await together(
      this.sessions
        .find(
          {
            cohortId,
            ...(people && { people: { $in: people } }),
            startsAt: { $gte: from, $lt: to },
            status: { $in: statuses },
          },
          { coachId: 1, second: 1, participantIds: 1, startsAt: 1, status: 1, cancelledLate: 1, changedAt: 1 },
        )
        .lean<MetRow[]>(),
    );
  }
}
