import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { isClaimOf } from '../../calendar/claims.js';
import { inNewRoom } from '../../cohorts/meeting-link.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { sessionChanged, sessionSeriesChanged } from '../mentoring.events.js';
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
  actId?: Types.ObjectId;
};

/** What one act does with several of a series: followed as one, too. */
export interface SeriesAct {
  seriesId: Types.ObjectId;
  actId: Types.ObjectId;
}

/** A session is not as it was read any more: nothing of what was to be done with it and others is written. */
class NotAsRead extends Error {
  constructor(readonly session: Session) {
    super('a session is not as it was read');
  }
}

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

  /**
   * All or none. `along` goes first in the same transaction. Throws E11000 on `claims` when somebody's time or the last place under a cap is taken. Those of a series are
   * followed as one, too.
   */
  async insert(sessions: readonly SessionRow[], along: Along, act?: SeriesAct): Promise<void> {
    await this.transactions.run(async (transaction) => {
      await along(transaction);
      await this.sessions.create([...sessions], { session: transaction, ordered: true });
      for (const { _id } of sessions) await this.changed(_id, transaction);
      if (act) await this.changedTogether(act, transaction);
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
    return await this.reclaim(sessionId, revision, entry, cancelled(reason, isLate));
  }

  /** The same for several of a series, all or none. Gives back one that is not as it was read any more, or null. */
  async cancelTogether(
    those: readonly { session: Session; entry: HistoryEntry; isLate: boolean }[],
    reason: string,
    act: SeriesAct,
  ): Promise<Session | null> {
    try {
      await this.transactions.run(async (transaction) => {
        for (const { session, entry, isLate } of those) {
          const { _id, revision } = session;
          const change = cancelled(reason, isLate);
          if (!(await this.rewrite(_id, revision, entry, change, transaction))) throw new NotAsRead(session);
        }
        await this.changedTogether(act, transaction);
      });
      return null;
    } catch (error) {
      if (error instanceof NotAsRead) return error.session;
      throw error;
    }
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

  /** `along`, if the session is still as it was read: what is written for its people as they are, other such things and giving it up at once conflict here. */
  async whileAsRead({ _id, revision }: Pick<Session, '_id' | 'revision'>, along: Along): Promise<boolean> {
    return await this.transactions.run(async (transaction) => {
      const touched = await this.sessions.updateOne(
        { _id, revision },
        { $inc: { heldRevision: 1 } },
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
    return await this.transactions.run(
      async (transaction) => await this.rewrite(sessionId, revision, entry, change, transaction, along),
    );
  }

  private async rewrite(
    sessionId: Types.ObjectId,
    revision: number,
    entry: HistoryEntry,
    change: Partial<SessionRow> | ((before: SessionRow) => Partial<SessionRow>),
    transaction: ClientSession,
    along?: Along,
  ): Promise<boolean> {
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
  }

  private async changedTogether({ seriesId, actId }: SeriesAct, transaction: ClientSession): Promise<void> {
    const fact = { seriesId: String(seriesId), actId: String(actId) };
    await this.outbox.write(sessionSeriesChanged, fact, transaction);
  }

  private async changed(sessionId: Types.ObjectId, transaction: ClientSession): Promise<void> {
    await this.outbox.write(sessionChanged, { sessionId: String(sessionId) }, transaction);
  }
}

const cancelled = (reason: string, isLate: boolean): Partial<SessionRow> => ({
  status: 'cancelled',
  cancelReason: reason,
  cancelledLate: isLate,
  claims: undefined,
});

const placeOf = ({ coachId, day, week, dayPlace, weekPlace, heldUntil }: NonNullable<SessionRow['second']>) => ({
  ...{ coachId, day, week, dayPlace, weekPlace, heldUntil },
});
