import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { againWhenDoubled } from '../../infra/mongo/errors.js';
import { newId } from '../../infra/mongo/ids.js';
import { digestOf } from '../../common/secrets.js';
import type { GuestForm, GuestRow } from './guest.schema.js';
import { UNCONFIRMED_KEPT_MS } from './public-page.js';

/** As many as one address may ask in a day, about; the oldest go first. */
const MAX_FORMS = 20;
/** What waits to be confirmed is much, and in no list. */
const WITHOUT_FORMS = { forms: 0 } as const;

/** What somebody from outside asks for with an address. */
export type GuestAsked = Omit<
  GuestRow,
  '_id' | 'email' | 'key' | 'companionId' | 'forms' | 'confirmedAt' | 'leftAt' | 'refusedAt' | 'answer'
> & { email: string };

/** Somebody whom a host lets in, whom a device calls by `key`. */
export type LetInGuest = Omit<GuestRow, 'email' | 'key' | 'forms'> & { key: string };

/** The only user of the `workshop-guests` collection. */
@Injectable()
export class GuestsRepository {
  constructor(@InjectModel('WorkshopGuest') private readonly guests: Model<GuestRow>) {}

  /**
   * Keeps what was asked with an address beside what was asked with it before, unless the address was confirmed: then all stays as it was. What the row itself says
   * stays, and goes, as if nobody had asked: whoever knows an address may ask. The same work in each case, so that the time it takes says nothing. The row's id, and
   * the key of the form.
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
    const first = { ...asked, cohortId, eraseAt, forms: [form], companionId: newId(), confirmedAt: null };
    // Together: one writes something, whoever the address belongs to, and the database is waited for once.
    await againWhenDoubled(() =>
      this.guests.bulkWrite([
        {
          updateOne: {
            filter: { ...unconfirmed, 'forms.formKey': form.formKey },
            update: { $set: { 'forms.$.askedAt': form.askedAt } },
          },
        },
        {
          updateOne: {
            filter: { ...unconfirmed, 'forms.formKey': { $ne: form.formKey } },
            update: { $push: { forms: { $each: [form], $slice: -MAX_FORMS } } },
          },
        },
        {
          updateOne: {
            filter: { workshopId, email },
            update: { $setOnInsert: first, $inc: { asks: 1 } },
            upsert: true,
          },
        },
      ]),
    );
    const row = await this.guests.findOne({ workshopId, email }, { _id: 1 }).lean<Pick<GuestRow, '_id'>>();
    if (!row) throw new Error('a guest was erased while they asked');
    return { id: row._id, form: form.formKey };
  }

  /** From now on the row says what this form asked for. False where one was confirmed before, or they left since: neither leaves a form. */
  async settle(id: Types.ObjectId, { formKey, ...asked }: GuestForm, session: ClientSession): Promise<boolean> {
    const waiting = { _id: id, confirmedAt: null, 'forms.formKey': formKey };
    return (await this.guests.updateOne(waiting, { $set: asked }, { session })).matchedCount === 1;
  }

  /** Somebody whom a host lets in; the same `key` is the same person. */
  async letIn(guest: LetInGuest, session: ClientSession): Promise<void> {
    await this.guests.create([guest], { session });
  }

  async byKey(workshopId: Types.ObjectId, key: string, session?: ClientSession): Promise<GuestRow | null> {
    return await this.guests.findOne({ workshopId, key }, null, { session: session ?? null }).lean<GuestRow>();
  }

  /** How many were let in, at most `most`. */
  async countLetIn(workshopId: Types.ObjectId, most: number, session: ClientSession): Promise<number> {
    return await this.guests.countDocuments({ workshopId, key: { $exists: true } }, { session }).limit(most);
  }

  async byId(id: Types.ObjectId): Promise<GuestRow | null> {
    return await this.guests.findById(id).lean<GuestRow>();
  }

  async byIds(ids: readonly Types.ObjectId[], session?: ClientSession): Promise<GuestRow[]> {
    return await this.guests.find({ _id: { $in: ids } }, null, { session }).lean<GuestRow[]>();
  }

  /** Who brings one of these along. */
  async ofCompanions(companionIds: readonly Types.ObjectId[], session?: ClientSession): Promise<GuestRow[]> {
    return await this.guests
      .find({ companionId: { $in: companionIds } }, WITHOUT_FORMS, { session: session ?? null })
      .lean<GuestRow[]>();
  }

  /** A page in order of asking. */
  async ofWorkshop(workshopId: Types.ObjectId, after: Types.ObjectId | null, limit: number): Promise<GuestRow[]> {
    return await this.guests
      .find({ workshopId, ...(after && { _id: { $gt: after } }) }, WITHOUT_FORMS)
      .sort({ _id: 1 })
      .limit(limit)
      .lean<GuestRow[]>();
  }

  /** They showed that the address is theirs, in the transaction that gives the place: nothing else that was asked with it is kept. */
  async confirm(id: Types.ObjectId, confirmedAt: Date, eraseAt: Date, session: ClientSession): Promise<void> {
    const confirmed = { $set: { confirmedAt, eraseAt }, $unset: { forms: 1, leftAt: 1 } };
    await this.guests.updateOne({ _id: id }, confirmed, { session });
  }

  /** Somebody who has a place, which the row does not say (a process of before died in between, or they left at the same moment): it is theirs. */
  async confirmStanding(id: Types.ObjectId, confirmedAt: Date, eraseAt: Date): Promise<void> {
    await this.guests.updateOne({ _id: id }, { $set: { confirmedAt, eraseAt }, $unset: { forms: 1, leftAt: 1 } });
  }

  /** The mail server refused a letter to them for good. `answer`: its codes, null when it gave none. */
  async refused(id: Types.ObjectId, refusedAt: Date, answer: string | null): Promise<void> {
    await this.guests.updateOne({ _id: id }, { $set: { refusedAt, ...(answer && { answer }) } });
  }

  /** A letter reached their mail server: what it said of one before is no more. */
  async reached(id: Types.ObjectId): Promise<void> {
    await this.guests.updateOne({ _id: id, refusedAt: { $exists: true } }, { $unset: { refusedAt: 1, answer: 1 } });
  }

  /**
   * They gave their place back, in the transaction that takes it: what they ask next by the form is confirmed anew, and until then the row tells of who left.
   */
  async leave(id: Types.ObjectId, leftAt: Date, eraseAt: Date, session: ClientSession): Promise<void> {
    const left = { $set: { confirmedAt: null, leftAt, eraseAt }, $unset: { forms: 1 } };
    await this.guests.updateOne({ _id: id }, left, { session });
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

  /**
   * Erases those of them whose time is over still. Where a form asked with the same address waits, the row is of whom that one tells from now on, as if they had been
   * the first to ask.
   */
  async erase(ids: readonly Types.ObjectId[], now: Date, session: ClientSession): Promise<void> {
    const over = { _id: { $in: ids }, eraseAt: { $lte: now } };
    const since = new Date(now.getTime() - UNCONFIRMED_KEPT_MS);
    const asked = await this.guests
      .find({ ...over, confirmedAt: null, 'forms.askedAt': { $gt: since } }, { forms: 1 }, { session })
      .lean<Pick<GuestRow, '_id' | 'forms'>[]>();
    await this.guests.bulkWrite(
      asked.map(({ _id, forms = [] }) => ({
        updateOne: { filter: { _id }, update: { $set: ofNext(forms, since), $unset: { leftAt: 1 } } },
      })),
      { session },
    );
    await this.guests.deleteMany(over, { session });
  }
}

/** What a row says once its own words are over: what was asked next, and the forms that wait still. */
function ofNext(forms: readonly GuestForm[], since: Date) {
  const waiting = forms.filter(({ askedAt }) => askedAt > since);
  const next = waiting.reduce((first, form) => (form.askedAt < first.askedAt ? form : first));
  const { formKey: _, ...asked } = next;
  return { ...asked, forms: waiting, eraseAt: new Date(next.askedAt.getTime() + UNCONFIRMED_KEPT_MS) };
}

/** The same for what is asked again in the same words. */
function keyOf({ name, locale, timeZone, mode, plusOne, answers }: Omit<GuestForm, 'formKey'>): string {
  return digestOf(JSON.stringify([name, locale, timeZone, mode ?? null, plusOne, answers])).slice(0, 22);
}
