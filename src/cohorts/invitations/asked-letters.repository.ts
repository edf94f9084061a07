import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { newId } from '../../infra/mongo/ids.js';
import { Transactions } from '../../infra/mongo/transactions.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { invitationsChanged } from '../cohorts.events.js';
import type { InvitationRow } from './invitation.schema.js';
import { endOf, whereLetterIsFree } from './letter-state.js';

/** A letter of an invitation, which names it (`mailDueAt`, `letterId`) until it has gone. */
export interface DueLetter {
  dueAt: Date;
  /** Absent of one of a version before. */
  letterId?: Types.ObjectId | undefined;
}

/** Which letter of an invitation is to go, and when. */
export type AskedLetter = Pick<InvitationRow, '_id'> & DueLetter;

/** What is said of a letter that did not arrive. */
const FAILURE = { refusedAt: 1, answer: 1, failed: 1 } as const;

/** When letters go, and who of staff has them go. `firstOnly`: to nobody who has had one. `endsAt`: another end than letters give. */
export interface WhenToGo {
  dueAt: Date;
  now: Date;
  byId?: Types.ObjectId;
  firstOnly?: boolean | undefined;
  endsAt?: Date;
}

/**
 * The letters that invitations name: asked for, put off, gone. Whoever asks writes the invitation only where its letter is free (`letter-state`), so that of two at once one asks for it. That a
 * letter went, or was refused, is in the outbox with it.
 */
@Injectable()
export class AskedLettersRepository {
  constructor(
    @InjectModel('Invitation') private readonly invitations: Model<InvitationRow>,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** Has a letter go for those of these whose letter is free, with the end that it gives them; returns those. */
  async ask(
    cohortId: Types.ObjectId,
    invitationIds: readonly Types.ObjectId[],
    { dueAt, now, byId, firstOnly, endsAt = endOf(dueAt, now) }: WhenToGo,
    session: ClientSession,
  ): Promise<AskedLetter[]> {
    const letterId = newId();
    const these = { cohortId, _id: { $in: invitationIds } };
    const asked = { askedAt: now, ...(byId && { askedBy: byId }) };
    // Until a day that is set, what became of the letter before is what is known of the address.
    const over = { ...(dueAt <= now && FAILURE), ...(!byId && { askedBy: 1 }) };
    const change = {
      $set: { mailDueAt: dueAt, letterId, expiresAt: endsAt, ...asked },
      ...(Object.keys(over).length > 0 && { $unset: over }),
    };
    await this.invitations.updateMany({ ...these, ...whereLetterIsFree(now, { firstOnly }) }, change, { session });
    const ids = await this.idsOf({ ...these, letterId }, session);
    if (ids.length > 0) await this.changed(cohortId, ids, session);
    return ids.map((_id) => ({ _id, dueAt, letterId }));
  }

  /** The letters of those of these that are planned, and that nobody has taken, go when staff send them; returns those. One that never went has the long life of what is kept. `first`: what is asked before, in the same transaction. */
  async keep(
    cohortId: Types.ObjectId,
    invitationIds: readonly Types.ObjectId[],
    now: Date,
    first?: (session: ClientSession) => Promise<void>,
  ): Promise<Types.ObjectId[]> {
    return await this.keepWhere({ cohortId, _id: { $in: invitationIds } }, now, first);
  }

  /** The same of the letters that are planned in somebody's name, or whose day they set. `askedUntil`: of those alone whose day was set until then. */
  async keepOf(
    userId: Types.ObjectId,
    { cohortIds, askedUntil, now }: { cohortIds: readonly Types.ObjectId[]; askedUntil?: Date; now: Date },
  ): Promise<void> {
    const theirs = [{ invitedBy: userId }, { askedBy: userId }];
    // One of a version before was made when its day was set.
    const before = [{ askedAt: { $lte: askedUntil } }, { askedAt: null, createdAt: { $lte: askedUntil } }];
    const named = { $and: [{ $or: theirs }, ...(askedUntil ? [{ $or: before }] : [])] };
    for (const cohortId of cohortIds) await this.keepWhere({ $and: [{ cohortId }, named] }, now);
  }

  private async keepWhere(
    these: object,
    now: Date,
    first?: (session: ClientSession) => Promise<void>,
  ): Promise<Types.ObjectId[]> {
    return await this.transactions.run(async (session) => {
      await first?.(session);
      const planned = { $and: [these, whereLetterIsFree(now), { mailDueAt: { $gt: now } }] };
      const ids = await this.idsOf(planned, session);
      const never = { _id: { $in: ids }, sentAt: null };
      await this.invitations.updateMany(never, { $set: { expiresAt: endOf(null, now) } }, { session });
      await this.invitations.updateMany({ _id: { $in: ids } }, { $unset: { mailDueAt: 1, letterId: 1 } }, { session });
      return ids;
    });
  }

  /** Notes that a letter has gone. */
  async sent(invitationId: Types.ObjectId, letter: DueLetter, now: Date): Promise<void> {
    await this.settle(invitationId, letter, { $set: { sentAt: now }, $unset: FAILURE });
  }

  /** Notes that the mail server refused a letter for good. `answer`: its codes, null when it gave none. */
  async refused(invitationId: Types.ObjectId, letter: DueLetter, now: Date, answer: string | null): Promise<void> {
    const said =
      answer === null
        ? { $set: { refusedAt: now }, $unset: { failed: 1, answer: 1 } as const }
        : { $set: { refusedAt: now, answer }, $unset: { failed: 1 } as const };
    await this.settle(invitationId, letter, said);
  }

  /** Notes that a letter goes no more, and that nobody refused it. */
  async failed(invitationId: Types.ObjectId, letter: DueLetter, now: Date): Promise<void> {
    await this.settle(invitationId, letter, { $set: { refusedAt: now, failed: true }, $unset: { answer: 1 } });
  }

  /** Notes that a letter does not go after all. */
  async dropped(invitationId: Types.ObjectId, letter: DueLetter): Promise<void> {
    await this.settle(invitationId, letter, { $unset: {} });
  }

  private async settle(
    _id: Types.ObjectId,
    { dueAt, letterId }: DueLetter,
    { $set, $unset }: { $set?: Partial<InvitationRow>; $unset: Partial<typeof FAILURE> },
  ): Promise<void> {
    const named = { _id, mailDueAt: dueAt, ...(letterId && { letterId }) };
    const change = { ...($set && { $set }), $unset: { ...$unset, mailDueAt: 1 } } as const;
    await this.transactions.run(async (session) => {
      const settled = await this.invitations
        .findOneAndUpdate(named, change, { session })
        .select({ cohortId: 1 })
        .lean<Pick<InvitationRow, '_id' | 'cohortId'>>();
      if (settled) await this.changed(settled.cohortId, [_id], session);
    });
  }

  private async idsOf(filter: object, session: ClientSession): Promise<Types.ObjectId[]> {
    const rows = await this.invitations.find(filter, { _id: 1 }, { session }).lean<Pick<InvitationRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  private async changed(
    cohortId: Types.ObjectId,
    ids: readonly Types.ObjectId[],
    session: ClientSession,
  ): Promise<void> {
    const fact = { cohortId: String(cohortId), invitationIds: ids.map(String) };
    await this.outbox.write(invitationsChanged, fact, session);
  }
}
