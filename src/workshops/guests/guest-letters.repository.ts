import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { isOnlyDuplicates } from '../../infra/mongo/errors.js';
import { newId } from '../../infra/mongo/ids.js';
import type { GuestLetterRow } from './guest-letter.schema.js';

/** A letter that is to go now. */
export type NewGuestLetter = Omit<GuestLetterRow, '_id' | 'tries' | 'dueAt' | 'failedAt' | 'createdAt'>;

/** The only user of the `guest-letters` collection. */
@Injectable()
export class GuestLettersRepository {
  constructor(@InjectModel('GuestLetter') private readonly letters: Model<GuestLetterRow>) {}

  /** Those of them that nobody wrote down before; their ids. */
  async add(letters: readonly NewGuestLetter[], now: Date): Promise<Types.ObjectId[]> {
    if (letters.length === 0) return [];
    const rows = letters.map((letter) => ({ ...letter, _id: newId(), tries: 0, dueAt: now, createdAt: now }));
    try {
      await this.letters.insertMany(rows, { ordered: false });
    } catch (error) {
      if (!isOnlyDuplicates(error)) throw error;
    }
    return rows.map(({ _id }) => _id);
  }

  async byId(id: Types.ObjectId): Promise<GuestLetterRow | null> {
    return await this.letters.findById(id).lean<GuestLetterRow>();
  }

  /** Takes a letter that is due: whoever wants it before `until` does not get it. Null when it is not due (any more). */
  async claim(id: Types.ObjectId, now: Date, until: Date): Promise<GuestLetterRow | null> {
    const claimed = await this.letters.updateOne(
      { _id: id, dueAt: { $lte: now } },
      { $set: { dueAt: until }, $inc: { tries: 1 } },
    );
    return claimed.modifiedCount === 1 ? await this.byId(id) : null;
  }

  /** It has not gone and is to go later. `untried`: nobody tried; nothing where its lease has ended meanwhile. */
  async putBack(
    { _id, dueAt: lease, tries }: GuestLetterRow,
    { dueAt, untried = false }: { dueAt: Date; untried?: boolean },
  ): Promise<void> {
    await this.letters.updateOne(
      { _id, dueAt: lease, tries },
      { $set: { dueAt }, ...(untried && { $inc: { tries: -1 } }) },
    );
  }

  /** It has gone, or there is nothing to say. */
  async done(id: Types.ObjectId): Promise<void> {
    await this.letters.updateOne({ _id: id }, { $unset: { dueAt: 1 } });
  }

  /** It was tried often enough and is not tried any more. */
  async failed(id: Types.ObjectId, failedAt: Date): Promise<void> {
    await this.letters.updateOne({ _id: id }, { $set: { failedAt }, $unset: { dueAt: 1 } });
  }

  /** Letters that are to go by now, the longest due first. */
  async due(now: Date, limit: number): Promise<Types.ObjectId[]> {
    const rows = await this.letters
      .find({ dueAt: { $lte: now } }, { _id: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<Pick<GuestLetterRow, '_id'>[]>();
    return rows.map(({ _id }) => _id);
  }

  async eraseOf(guestIds: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    await this.letters.deleteMany({ guestId: { $in: guestIds } }, { session });
  }
}
