import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { ClientSession, Model, Types } from 'mongoose';
import { foldedWords } from '../common/texts/fold.js';
import { mailboxOf } from '../common/texts/mailbox.js';
import type { Ask } from '../infra/mongo/asked-together.js';
import { againWhenDoubled } from '../infra/mongo/errors.js';
import { newId, toIds } from '../infra/mongo/ids.js';
import { RowsById } from '../infra/mongo/rows-by-id.js';
import { together } from '../infra/mongo/together.js';
import type { Marked } from './tokens/devices.js';
import type { Choice, UserRow } from './user.schema.js';

/** A person without what only signing in needs. */
export type Profile = Omit<UserRow, 'passwordHash'>;
/** A person as a directory lists them. */
export type Listed = Pick<
  UserRow,
  '_id' | 'name' | 'email' | 'avatar' | 'craft' | 'gives' | 'wants' | 'words' | 'timeZone' | 'lastSeenAt'
>;
/** How somebody stands, as it is kept: it may have ended. */
export type StandingRow = Pick<UserRow, '_id' | 'status' | 'quietUntil'>;
type Face = Pick<UserRow, '_id' | 'name' | 'avatar'>;

export interface NewUser {
  email: string;
  name: string;
  passwordHash: string | null;
  locale: 'en' | 'fr';
  timeZone: string;
  craft?: string | null;
  gives?: string[];
  wants?: string[];
  isAdmin?: boolean;
  unconfirmedIn?: Types.ObjectId;
  createdAt: Date;
}

/** Somebody who wrote elsewhere, as {@link placeholderOfMail} or by where they wrote; in a cohort they are found by {@link placeholderIn}. */
export interface Placeholder {
  placeholderFor: string;
  name: string;
}

/** What the placeholder of a mail address stands for. */
export const placeholderOfMail = (email: string) => `mail:${email}`;

/** Its key: one cohort's placeholder is nobody in another one, whatever an export of that says. */
export const placeholderIn = (cohortId: Types.ObjectId, placeholderFor: string) =>
  `${String(cohortId)}:${placeholderFor}`;

/** An account whose person has said no name yet is called by its address. */
export const isNameless = ({ name, email }: Pick<UserRow, 'name' | 'email'>) => name === email;

/** By what a letter to an address of somebody calls them: by nothing where nobody has shown that it is theirs, since the name may be what a stranger has us write to its owner. */
export const namedAt = (email: string, user: Pick<UserRow, 'name' | 'email' | 'unconfirmedIn'>): string =>
  user.email === email && !user.unconfirmedIn ? user.name : '';

/** The addresses that are known to be somebody's: the one of their account, and the mailboxes of those that it had before. */
export const knownAddresses = ({ email, formerEmails }: Pick<UserRow, 'email' | 'formerEmails'>): string[] => [
  email,
  ...(formerEmails ?? []),
];

/** An account that is open, and whose address somebody has shown to be theirs. */
const PROVEN = { unconfirmedIn: { $exists: false }, ended: null };

/** The only user of the `users` collection. */
@Injectable()
export class UsersRepository {
  private readonly people = new RowsById<Profile>((ids) =>
    together(this.users.find({ _id: { $in: ids } }, { passwordHash: 0 }).lean<Profile[]>()),
  );

  constructor(@InjectModel('User') private readonly users: Model<UserRow>) {}

  /** Throws E11000 when the address is taken. */
  async insert(user: NewUser, session?: ClientSession): Promise<Types.ObjectId> {
    const [row] = await this.users.create([{ ...user, words: wordsOf(user) }], { session });
    if (!row) throw new Error('no user was written');
    return row._id;
  }

  /**
   * As `insert`, of who joins a cohort; whom a placeholder stood for there becomes that very person, with all that they wrote elsewhere. Not while the
   * address is unconfirmed: anybody could become them.
   */
  async insertOrBecome(user: NewUser, cohortId: Types.ObjectId, session: ClientSession): Promise<Types.ObjectId> {
    if (user.unconfirmedIn) return await this.insert(user, session);
    const { createdAt, ...known } = user;
    const became = await this.users
      .findOneAndUpdate(
        { placeholderFor: placeholderIn(cohortId, placeholderOfMail(user.email)) },
        { $set: { ...known, words: wordsOf(user), changedAt: createdAt }, $unset: { placeholderFor: 1 } },
        { session, projection: { _id: 1 } },
      )
      .lean<Pick<UserRow, '_id'>>();
    return became ? became._id : await this.insert(user, session);
  }

  /** Makes those who are missing in a cohort, and returns the ids of all, by what they stand for. */
  async placeholders(
    cohortId: Types.ObjectId,
    rows: readonly Placeholder[],
    createdAt: Date,
  ): Promise<Map<string, Types.ObjectId>> {
    const byKey = new Map(rows.map((row) => [placeholderIn(cohortId, row.placeholderFor), row]));
    const upserts = [...byKey].map(([placeholderFor, { name }]) => ({
      updateOne: {
        filter: { placeholderFor },
        update: {
          $setOnInsert: {
            ...{ name, email: `${String(newId())}@placeholder.invalid`, passwordHash: null, locale: 'en' as const },
            ...{ timeZone: 'UTC', words: foldedWords([name]), createdAt },
          },
        },
        upsert: true,
      },
    }));
    if (upserts.length > 0) await againWhenDoubled(() => this.users.bulkWrite(upserts, { ordered: false }));
    const found = await this.users
      .find({ placeholderFor: { $in: [...byKey.keys()] } }, { placeholderFor: 1 })
      .lean<Pick<UserRow, '_id' | 'placeholderFor'>[]>();
    return new Map(
      found.flatMap(({ _id, placeholderFor }) => {
        const row = byKey.get(placeholderFor ?? '');
        return row ? [[row.placeholderFor, _id] as const] : [];
      }),
    );
  }

  /** The placeholders of a cohort that stand for some of these people, by id, with the person: those whose confirmed address they were made for. */
  async standInsOf(cohortId: Types.ObjectId, userIds: readonly Types.ObjectId[]): Promise<Map<string, Types.ObjectId>> {
    const people = await this.users
      .find({ _id: { $in: userIds }, ...PROVEN }, { email: 1 })
      .lean<Pick<UserRow, '_id' | 'email'>[]>();
    const byKey = new Map(people.map(({ _id, email }) => [placeholderIn(cohortId, placeholderOfMail(email)), _id]));
    const found = await this.users
      .find({ placeholderFor: { $in: [...byKey.keys()] } }, { placeholderFor: 1 })
      .lean<Pick<UserRow, '_id' | 'placeholderFor'>[]>();
    return new Map(
      found.flatMap(({ _id, placeholderFor }) => {
        const person = byKey.get(placeholderFor ?? '');
        return person ? [[String(_id), person] as const] : [];
      }),
    );
  }

  async profile(userId: Types.ObjectId): Promise<Profile | null> {
    return await this.people.one(userId);
  }

  /** The language and zone in which somebody reads by an address that was made at an instant; nothing of a closed account, or of one that was given back since. */
  readerAsk(userId: Types.ObjectId, madeAt: Date): Ask<Pick<UserRow, '_id' | 'locale' | 'timeZone'>> {
    const filter = { _id: userId, ended: null, disputedUntil: { $not: { $gte: madeAt } } };
    return {
      ...{ collection: this.users.collection.name, filter },
      ...{ projection: { locale: 1, timeZone: 1 }, sort: { _id: 1 } },
    };
  }

  /** What some people are called. */
  namesAsk(userIds: readonly Types.ObjectId[]): Ask<Pick<UserRow, '_id' | 'name'>> {
    return {
      ...{ collection: this.users.collection.name, filter: { _id: { $in: userIds } } },
      ...{ projection: { name: 1 }, sort: { _id: 1 } },
    };
  }

  async profiles(userIds: readonly Types.ObjectId[]): Promise<Profile[]> {
    return await this.people.many(userIds);
  }

  /** The zones of some people, and until when they want quiet, by their ids. */
  async hoursOf(userIds: readonly Types.ObjectId[]): Promise<Map<string, Pick<UserRow, 'timeZone' | 'quietUntil'>>> {
    const rows = await together(
      this.users
        .find({ _id: { $in: userIds } }, { timeZone: 1, quietUntil: 1 })
        .lean<Pick<UserRow, '_id' | 'timeZone' | 'quietUntil'>[]>(),
    );
    return new Map(rows.map((row) => [String(row._id), row]));
  }

  async faces(userIds: readonly string[]): Promise<Face[]> {
    return await together(this.users.find({ _id: { $in: toIds(userIds) } }, { name: 1, avatar: 1 }).lean<Face[]>());
  }

  async listed(userIds: readonly Types.ObjectId[]): Promise<Listed[]> {
    const fields = {
      name: 1,
      email: 1,
      avatar: 1,
      craft: 1,
      gives: 1,
      wants: 1,
      words: 1,
      timeZone: 1,
      lastSeenAt: 1,
    } as const;
    return await this.users.find({ _id: { $in: userIds } }, fields).lean<Listed[]>();
  }

  /** The craft of each of these people who has one. */
  async crafts(userIds: readonly Types.ObjectId[]): Promise<Map<string, string>> {
    const rows = await together(
      this.users
        .find({ _id: { $in: userIds }, craft: { $ne: null } }, { craft: 1 })
        .lean<{ _id: Types.ObjectId; craft: string }[]>(),
    );
    return new Map(rows.map((row) => [String(row._id), row.craft]));
  }

  async byEmail(email: string, session?: ClientSession): Promise<UserRow | null> {
    return await this.users
      .findOne({ email })
      .session(session ?? null)
      .lean<UserRow>();
  }

  /** The accounts that are kept under some addresses, whoever made them: nothing is given by that. {@link ownersOf} says whose an address is. */
  async byEmails(emails: readonly string[]): Promise<Pick<UserRow, '_id' | 'email'>[]> {
    return await this.users.find({ email: { $in: emails } }, { email: 1 }).lean<Pick<UserRow, '_id' | 'email'>[]>();
  }

  /**
   * Whose these addresses are, by the address: of open accounts that have shown that it is theirs. Whatever is given to somebody because of an address asks here:
   * the link of an invitation that staff copied makes an account with an address that nobody has shown.
   */
  async ownersOf(
    emails: readonly string[],
    session: ClientSession | null = null,
  ): Promise<Map<string, Types.ObjectId>> {
    const rows = await this.users
      .find({ email: { $in: emails }, ...PROVEN }, { email: 1 })
      .session(session)
      .lean<Pick<UserRow, '_id' | 'email'>[]>();
    return new Map(rows.map(({ _id, email }) => [email, _id]));
  }

  async passwordHash(userId: Types.ObjectId): Promise<string | null> {
    return (
      (await this.users.findById(userId, { passwordHash: 1 }).lean<{ passwordHash: string | null }>())?.passwordHash ??
      null
    );
  }

  /** When it was last set or made void; null for one of the beginning. */
  async passwordChangedAt(userId: Types.ObjectId): Promise<Date | null> {
    const row = await this.users.findById(userId, { passwordChangedAt: 1 }).lean<Pick<UserRow, 'passwordChangedAt'>>();
    return row?.passwordChangedAt ?? null;
  }

  /** `only`: for an account that still has this password, or this address. `isByMail`: older links that set one are void. False when it has another one by now. */
  async setPassword(
    userId: Types.ObjectId,
    { passwordHash, passwordChangedAt }: Pick<UserRow, 'passwordHash' | 'passwordChangedAt'>,
    {
      only = {},
      isByMail,
      session,
    }: { only?: Partial<Pick<UserRow, 'passwordHash' | 'email'>>; isByMail: boolean; session: ClientSession },
  ): Promise<boolean> {
    const change = { passwordHash, passwordChangedAt, ...(isByMail && { passwordResetAt: passwordChangedAt }) };
    const result = await this.users.updateOne(
      { _id: userId, ...only },
      { $set: change, $inc: { passwordRevision: 1 } },
      { session },
    );
    return result.matchedCount === 1;
  }

  /** False for who had a password before. */
  async setFirstPassword(
    user: UserRow,
    first: Pick<UserRow, 'name' | 'passwordHash' | 'passwordChangedAt'>,
    changedAt: Date,
  ): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: user._id, passwordHash: null, passwordChangedAt: null },
      {
        $set: {
          ...{ ...first, passwordResetAt: first.passwordChangedAt },
          ...{ changedAt, words: wordsOf({ ...user, name: first.name }) },
        },
      },
    );
    return result.modifiedCount === 1;
  }

  /** What was made in the name of an account until then may be another's. */
  async dispute(userId: Types.ObjectId, until: Date, session: ClientSession): Promise<void> {
    await this.users.updateOne({ _id: userId }, { $set: { disputedUntil: until } }, { session });
  }

  /** Until when what was made in the names of these people may be another's, for those to whom that happened. */
  async disputedUntil(userIds: readonly Types.ObjectId[]): Promise<Map<string, Date>> {
    if (userIds.length === 0) return new Map();
    const rows = await together(
      this.users
        .find({ _id: { $in: userIds }, disputedUntil: { $exists: true } }, { disputedUntil: 1 })
        .lean<Pick<UserRow, '_id' | 'disputedUntil'>[]>(),
    );
    return new Map(
      rows.flatMap(({ _id, disputedUntil }) => (disputedUntil ? [[String(_id), disputedUntil] as const] : [])),
    );
  }

  /** By what the marks of devices are known to be theirs; null for nobody. */
  async marked(userId: Types.ObjectId): Promise<Marked | null> {
    return await this.users.findById(userId, { disputedUntil: 1, passwordRevision: 1 }).lean<Marked>();
  }

  /** To an address that was confirmed. Returns the profile as it was before. Throws E11000 when the address is taken. */
  async setEmail(userId: Types.ObjectId, email: string, session: ClientSession): Promise<Profile | null> {
    return await this.users
      .findOneAndUpdate(
        { _id: userId },
        { $set: { email }, $unset: { unconfirmedIn: 1 } },
        { session, projection: { passwordHash: 0 } },
      )
      .lean<Profile>();
  }

  /** It is the address of an account no more, and its mailbox is still known to be its person's. Addresses change a few times a day at most, so all are kept. */
  async rememberEmail(userId: Types.ObjectId, email: string, session: ClientSession): Promise<void> {
    const formerEmails = mailboxOf(email);
    await this.users.updateOne({ _id: userId }, { $addToSet: { formerEmails } }, { session });
  }

  /** The address is theirs, which nobody had shown before. False when somebody had, or they have another one by now. */
  async confirmEmail(userId: Types.ObjectId, email: string, session?: ClientSession): Promise<boolean> {
    const unconfirmed = { _id: userId, email, unconfirmedIn: { $exists: true } };
    const result = await this.users.updateOne(unconfirmed, { $unset: { unconfirmedIn: 1 } }, { session });
    return result.matchedCount === 1;
  }

  /** Gives an account to the owner of its address, whoever made it. False when that was confirmed meanwhile, or the account is closed. */
  async takeOver(
    userId: Types.ObjectId,
    { createdAt: now, name, passwordHash, locale, timeZone }: NewUser,
    session: ClientSession,
  ): Promise<boolean> {
    const before = await this.profileWithin(userId, session);
    const words = wordsOf({ ...before, name });
    const at = new Date();
    const theirs = {
      ...{ name, passwordHash, locale, timeZone, words, changedAt: now },
      ...{ passwordChangedAt: at, passwordResetAt: at },
    };
    const result = await this.users.updateOne(
      { _id: userId, unconfirmedIn: { $exists: true }, ended: null },
      { $set: theirs, $inc: { passwordRevision: 1 }, $unset: { unconfirmedIn: 1 } },
      { session },
    );
    return result.modifiedCount === 1;
  }

  /** Returns the one before. */
  async setAvatar(userId: Types.ObjectId, avatar: string | null): Promise<string | null> {
    const before = await this.users
      .findOneAndUpdate({ _id: userId }, { $set: { avatar } }, { projection: { avatar: 1 } })
      .lean<Pick<UserRow, 'avatar'>>();
    return before?.avatar ?? null;
  }

  async update(
    userId: Types.ObjectId,
    change: Partial<Pick<UserRow, 'name' | 'locale' | 'timeZone' | 'craft' | 'gives' | 'wants'>>,
    changedAt: Date,
    session?: ClientSession,
  ): Promise<void> {
    const before = await (session ? this.profileWithin(userId, session) : this.profile(userId));
    if (!before) return;
    await this.users.updateOne(
      { _id: userId },
      { $set: { ...change, changedAt, words: wordsOf({ ...before, ...change }) } },
      { session },
    );
  }

  /** As it is for a transaction that writes what follows from it: who changes it at the same moment conflicts. */
  private async profileWithin(userId: Types.ObjectId, session: ClientSession): Promise<Profile | null> {
    return await this.users.findById(userId, { passwordHash: 0 }, { session }).lean<Profile>();
  }

  /** Names somebody who has no name yet. */
  async giveName(userId: Types.ObjectId, name: string, changedAt: Date, session: ClientSession): Promise<void> {
    const before = await this.profileWithin(userId, session);
    if (!before) return;
    const named = { name, changedAt, words: wordsOf({ ...before, name }) };
    await this.users.updateOne({ _id: userId, name: before.email }, { $set: named }, { session });
  }

  /** Null takes it back. */
  async setStatus(userId: Types.ObjectId, status: UserRow['status'] | null): Promise<void> {
    await this.users.updateOne({ _id: userId }, status ? { $set: { status } } : { $unset: { status: 1 } });
  }

  /** Null ends it. */
  async setQuiet(userId: Types.ObjectId, quietUntil: Date | null, session: ClientSession): Promise<void> {
    const change = quietUntil ? { $set: { quietUntil } } : { $unset: { quietUntil: 1 } };
    await this.users.updateOne({ _id: userId }, change, { session });
  }

  /** Those of these people who say something of themselves, or want not to be disturbed; it may have ended. */
  async standings(userIds: readonly Types.ObjectId[], now: Date): Promise<StandingRow[]> {
    if (userIds.length === 0) return [];
    const says = [{ status: { $exists: true } }, { quietUntil: { $gt: now } }];
    return await this.users
      .find({ _id: { $in: userIds }, $or: says }, { status: 1, quietUntil: 1 })
      .lean<StandingRow[]>();
  }

  /** Takes a person's row into a transaction: of two that hold it at once, one is ended and tried again. */
  async hold(userId: Types.ObjectId, session: ClientSession): Promise<void> {
    await this.users.updateOne({ _id: userId }, { $inc: { heldRevision: 1 } }, { session });
  }

  /** As {@link hold}, of who still has this password. False for who has another one by now. */
  async holdWith(userId: Types.ObjectId, passwordHash: string, session: ClientSession): Promise<boolean> {
    const result = await this.users.updateOne(
      { _id: userId, passwordHash },
      { $inc: { heldRevision: 1 } },
      { session },
    );
    return result.matchedCount === 1;
  }

  /** Those of these people whom nobody is to see here. */
  async hiddenAmong(userIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    if (userIds.length === 0) return new Set();
    const rows = await this.users
      .find({ _id: { $in: userIds }, hidesPresence: true }, { _id: 1 })
      .lean<{ _id: Types.ObjectId }[]>();
    return new Set(rows.map((row) => String(row._id)));
  }

  async choose(userId: Types.ObjectId, choice: Choice, isOn: boolean): Promise<void> {
    await this.users.updateOne({ _id: userId }, isOn ? { $set: { [choice]: true } } : { $unset: { [choice]: 1 } });
  }

  async hasChosen(userId: Types.ObjectId, choice: Choice): Promise<boolean> {
    return (await this.users.exists({ _id: userId, [choice]: true })) !== null;
  }

  /** The ids of the admins of the installation. */
  async admins(): Promise<string[]> {
    const rows = await together(this.users.find({ isAdmin: true }, { _id: 1 }).lean<Pick<UserRow, '_id'>[]>());
    return rows.map(({ _id }) => String(_id));
  }

  /** Null for an account that is closed: a login of it must not go on. Within a transaction the account stays open until its end. */
  async seen(userId: Types.ObjectId, at: Date, session?: ClientSession): Promise<Marked | null> {
    return await this.users
      .findOneAndUpdate(
        { _id: userId, ended: null },
        { $set: { lastSeenAt: at } },
        { session, projection: { disputedUntil: 1, passwordRevision: 1 } },
      )
      .lean<Marked>();
  }

  /** Those of these people whose account is closed. */
  async endedAmong(userIds: readonly Types.ObjectId[]): Promise<Set<string>> {
    if (userIds.length === 0) return new Set();
    const rows = await this.users
      .find({ _id: { $in: userIds }, 'ended.at': { $type: 'date' } }, { _id: 1 })
      .lean<Pick<UserRow, '_id'>[]>();
    return new Set(rows.map(({ _id }) => String(_id)));
  }

  /** Why an account is closed; null while it is open. */
  async ended(userId: Types.ObjectId): Promise<UserRow['ended'] | null> {
    const row = await this.users.findById(userId, { ended: 1 }).lean<Pick<UserRow, 'ended'>>();
    return row?.ended ?? null;
  }

  async isEmpty(): Promise<boolean> {
    return (await this.users.estimatedDocumentCount()) === 0;
  }
}

function wordsOf(user: { name: string; gives?: string[]; wants?: string[] }): string[] {
  return foldedWords([user.name, ...(user.gives ?? []), ...(user.wants ?? [])]);
}
