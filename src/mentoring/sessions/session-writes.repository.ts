import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { isClaimOf } from '../../calendar/claims.js';
import { inNewRoom } from '../../cohorts/meeting-link.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { sessionChanged } from '../mentoring.events.js';
import type { SessionRow } from './session.schema.js';
import type { Session } from './sessions.repository.js';

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

/** What else belongs to a write. */
export type Along = (transaction: ClientSession) => Promise<void>;

export type HistoryEntry = Pick<SessionRow['history'][number], 'at' | 'byId' | 'act'> & {
  from?: Date;
  to?: Date;
  fromCoachId?: Types.ObjectId;
  toCoachId?: Types.ObjectId;
};

/**
 * All writes to the `sessions` collection. Each claims or frees time by the unique index on `claims`, and each is guarded: it happens to the
 * session that was read, or not at all. That it changed is in the outbox with it.
 */
@Injectable()
export class SessionWrites {
  constructor(
    @InjectModel('Session') private readonly sessions: Model<SessionRow>,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** `along` goes first in the same transaction. Throws E11000 on `claims` when somebody's time or the last place under a cap is taken. */
  async insert(session: SessionRow, along: Along): Promise<void> {
    await this.transactions.run(async (transaction) => {
      await along(transaction);
      await this.sessions.create([session], { session: transaction });
      await this.changed(session._id, transaction);
    });
  }

  /**
   * Moves all claims at once, if the session is still scheduled at this revision; `along` in the same transaction. False when it is not;
   * E11000 as {@link insert}.
   */
  async move(
    sessionId: Types.ObjectId,
    revision: number,
    placement: Placement,
    entry: HistoryEntry,
    along: Along,
  ): Promise<boolean> {
    return await this.reclaim(sessionId, revision, entry, placement, along);
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
    along: Along,
  ): Promise<boolean> {
    const { cancelBy: _cancelBy, ...placement } = to.placement;
    return await this.reclaim(_id, revision, entry, { ...placement, coachId: to.coachId, people: to.people }, along);
  }

  /**
   * Makes the second coach the only one and frees what the first one held, if the session is still scheduled as it was read; `along` in
   * the same transaction. The second keeps the places that they have under their own caps.
   */
  async goOnWithSecond(session: Session, entry: HistoryEntry, along: Along): Promise<boolean> {
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

  /** `along`, if the session is still as it was read: letting somebody read notes and giving a session up at once conflict here. */
  async sharing({ _id, revision }: Pick<Session, '_id' | 'revision'>, sharedAt: Date, along: Along): Promise<boolean> {
    return await this.transactions.run(async (transaction) => {
      const touched = await this.sessions.updateOne(
        { _id, revision },
        { $set: { sharedAt } },
        { session: transaction },
      );
      if (touched.matchedCount !== 1) return false;
      await along(transaction);
      return true;
    });
  }

  /** Says how it went, if the session is still scheduled at this revision. Its claims stay: the time was spent. */
  async complete(
    sessionId: Types.ObjectId,
    revision: number,
    outcome: 'held' | 'no_show',
    entry: HistoryEntry,
  ): Promise<boolean> {
    return await this.transactions.run(async (transaction) => {
      const result = await this.sessions.updateOne(
        { _id: sessionId, revision, status: 'scheduled' },
        { $set: { status: outcome, changedAt: entry.at }, $inc: { revision: 1 }, $push: { history: entry } },
        { session: transaction },
      );
      if (result.matchedCount !== 1) return false;
      await this.changed(sessionId, transaction);
      return true;
    });
  }

  /**
   * Writes a session with other claims, or none, as a new document of the same id in the place of the old one. Not by an update: only
   * deleting a document frees its entries of a unique index over an array on every engine (SecantusDB keeps those of an updated one).
   * The coach who handed it over knows the room in which it would have been: the others meet in another one, of which they hear with the hand-over. Where one of
   * several left, nobody hears of anything, so the room stays.
   */
  private async reclaim(
    sessionId: Types.ObjectId,
    revision: number,
    entry: HistoryEntry,
    change: Partial<SessionRow> | ((before: SessionRow) => Partial<SessionRow>),
    along?: Along,
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
      if (entry.act === 'handed_over' && before.link) after.link = inNewRoom(before.link);
      await this.sessions.create([after], { session: transaction });
      await along?.(transaction);
      await this.changed(sessionId, transaction);
      return true;
    });
  }

  private async changed(sessionId: Types.ObjectId, transaction: ClientSession): Promise<void> {
    await this.outbox.write(sessionChanged, { sessionId: String(sessionId) }, transaction);
  }
}

const placeOf = ({ coachId, day, week, dayPlace, weekPlace, heldUntil }: NonNullable<SessionRow['second']>) => ({
  ...{ coachId, day, week, dayPlace, weekPlace, heldUntil },
});
