import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { newId } from '../../infra/mongo/ids.js';
import { digestOf } from '../../common/secrets.js';
import type { GuestForm, GuestRow } from './guest.schema.js';

/** As many as one address may ask in a day, about; the oldest go first. */
const MAX_FORMS = 20;

/** What somebody from outside asks for with an address. */
export type GuestAsked = Omit<
  GuestRow,
  '_id' | 'email' | 'key' | 'companionId' | 'forms' | 'confirmedAt' | 'leftAt' | 'refusedAt' | 'answer'
> & { email: string };

/** The only user of the `workshop-guests` collection. */
@Injectable()
export class GuestsRepository {
  constructor(@InjectModel('WorkshopGuest') private readonly guests: Model<GuestRow>) {}

  /**
   * Keeps what was asked with an address beside what was asked with it before, unless the address was confirmed: then all stays as it was. The same work in each
   * case, so that the time it takes says nothing. The row's id, and the key of the form.
   */
  async ask({
    workshopId,
    email,
    cohortId,
    eraseAt,
    ...asked
  }: GuestAsked): Promise<{ id: Types.ObjectId; form: string }> {
    const form: GuestForm = { ...asked, formKey: keyOf(asked) };
    const unconfirmed = { workshopId, email, confirmedAt: null };
    const fresh = { $set: { eraseAt }, $unset: { leftAt: 1 } } as const;
    await this.guests.updateOne({ ...unconfirmed, 'forms.formKey': form.formKey }, fresh);
    await this.guests.updateOne(
      { ...unconfirmed, 'forms.formKey': { $ne: form.formKey } },
      { ...fresh, $push: { forms: { $each: [form], $slice: -MAX_FORMS } } },
    );
    await againWhenDoubled(() =>
      this.guests.updateOne(
        { workshopId, email },
        { $setOnInsert: { ...asked, cohortId, eraseAt, forms: [form], companionId: newId(), confirmedAt: null } },
        { upsert: true },
      ),
    );
    const row = await this.guests.findOne({ workshopId, email }, { _id: 1 }).lean<Pick<GuestRow, '_id'>>();
    if (!row) throw new Error('a guest was erased while they asked');
    return { id: row._id, form: form.formKey };
  }

  /** From now on the row says what this form asked for, unless one was confirmed before. */
  async settle(id: Types.ObjectId, { formKey, ...asked }: GuestForm): Promise<void> {
    await this.guests.updateOne({ _id: id, confirmedAt: null, 'forms.formKey': formKey }, { $set: asked });
  }

  /** Somebody whom a host lets in; the same `key` is the same person. */
  async letIn(
    guest: Omit<GuestRow, '_id' | 'email' | 'key' | 'companionId' | 'forms'> & { key: string },
  ): Promise<GuestRow> {
    const { workshopId, key, ...fields } = guest;
    await againWhenDoubled(() =>
      this.guests.updateOne(
        { workshopId, key },
        { $setOnInsert: { ...fields, companionId: newId() } },
        { upsert: true },
      ),
    );
    const row = await this.guests.findOne({ workshopId, key }).lean<GuestRow>();
    if (!row) throw new Error('a guest was erased while they came in');
    return row;
  }

  async byId(id: Types.ObjectId): Promise<GuestRow | null> {
    return await this.guests.findById(id).lean<GuestRow>();
  }

  async byIds(ids: readonly Types.ObjectId[], session?: ClientSession): Promise<GuestRow[]> {
    return await this.guests.find({ _id: { $in: ids } }, null, { session }).lean<GuestRow[]>();
  }

  /** Who brings one of these along. */
  async ofCompanions(companionIds: readonly Types.ObjectId[]): Promise<GuestRow[]> {
    return await this.guests.find({ companionId: { $in: companionIds } }).lean<GuestRow[]>();
  }

  /** A page in order of asking. */
  async ofWorkshop(workshopId: Types.ObjectId, after: Types.ObjectId | null, limit: number): Promise<GuestRow[]> {
    return await this.guests
      .find({ workshopId, ...(after && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<GuestRow[]>();
  }

  /** They showed that the address is theirs: nothing else that was asked with it is kept. */
  async confirm(id: Types.ObjectId, confirmedAt: Date, eraseAt: Date): Promise<void> {
    await this.guests.updateOne({ _id: id }, { $set: { confirmedAt, eraseAt }, $unset: { forms: 1 } });
  }

  /** The mail server refused a letter to them for good. `answer`: its codes, null when it gave none. */
  async refused(id: Types.ObjectId, refusedAt: Date, answer: string | null): Promise<void> {
    await this.guests.updateOne({ _id: id }, { $set: { refusedAt, ...(answer && { answer }) } });
  }

  /** A letter reached their mail server: what it said of one before is no more. */
  async reached(id: Types.ObjectId): Promise<void> {
    await this.guests.updateOne({ _id: id, refusedAt: { $exists: true } }, { $unset: { refusedAt: 1, answer: 1 } });
  }

  /** They gave their place back: what they ask next by the form counts as if they had never asked, and is confirmed anew. */
  async leave(id: Types.ObjectId, leftAt: Date, eraseAt: Date): Promise<void> {
    await this.guests.updateOne({ _id: id }, { $set: { confirmedAt: null, leftAt, eraseAt } });
  }

  /** The end of their workshop moved, and with it the day on which they are forgotten. */
  async eraseConfirmedAt(workshopId: Types.ObjectId, eraseAt: Date): Promise<void> {
    await this.guests.updateMany({ workshopId, confirmedAt: { $ne: null } }, { $set: { eraseAt } });
  }

  /** Those whose time is over. */
  async due(now: Date, limit: number): Promise<Pick<GuestRow, '_id' | 'workshopId' | 'leftAt'>[]> {
    return await this.guests
      .find({ eraseAt: { $lte: now, $gt: new Date(0) } }, { workshopId: 1, leftAt: 1 })
      .sort({ eraseAt: 1 })
      .limit(limit)
      .lean<Pick<GuestRow, '_id' | 'workshopId' | 'leftAt'>[]>();
  }

  /** Erases those of them whose time is over still. */
  async erase(ids: readonly Types.ObjectId[], now: Date, session: ClientSession): Promise<void> {
    await this.guests.deleteMany({ _id: { $in: ids }, eraseAt: { $lte: now } }, { session });
  }
}

/** The same for what is asked again in the same words. */
function keyOf({ name, locale, timeZone, mode, plusOne, answers }: Omit<GuestForm, 'formKey'>): string {
  return digestOf(JSON.stringify([name, locale, timeZone, mode ?? null, plusOne, answers])).slice(0, 22);
}
