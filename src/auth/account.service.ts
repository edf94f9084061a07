import { Inject, Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Actor } from '../common/actor.js';
import { Clock, DAY } from '../common/times/clock.js';
import { conflict, invalidField, notFound, unauthorized } from '../common/problem.js';
import { CONFIG, type Config } from '../config/config.js';
import type {
  ChangeEmail,
  ChangePassword,
  ConfirmEmail,
  FirstPassword,
  ResetPassword,
  ResetView,
} from '../contracts/auth/auth.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { Outbox } from '../infra/outbox/outbox.js';
import { type Count, type Limit, RateLimits } from '../infra/redis/rate-limits.js';
import { AccountLinks, letterNow, lifetime, linkUsedUp } from './account-links.js';
import { AccountMails } from './account-mails.js';
import { mailTo } from './address-limits.js';
import { UNDO_DAYS } from './address-undo.service.js';
import { AttemptLimits, forgotLimits } from './logins/attempt-limits.js';
import { addressConfirmed } from './auth.events.js';
import { Devices } from './tokens/devices.js';
import { GivingBack } from './giving-back.js';
import { isKept } from './kept-addresses.js';
import { type LoginResult, LoginsService } from './logins/logins.service.js';
import { MailRequestsRepository } from './mail-requests.repository.js';
import type { Origin } from './origin.js';
import { hashPassword, passwordFits } from './logins/passwords.js';
import type { UserRow } from './user.schema.js';
import { type NewUser, type Profile, UsersRepository, isNameless } from './users.repository.js';

const VERIFY_DAYS = 7;
/** Wrong passwords of who is signed in. */
const passwordLimit: Limit = { name: 'password', points: 10, seconds: 15 * 60, growsTo: 24 * 60 * 60 };
/**
 * Each change of a password is a mail to the address of the account, which may be nobody's who changes it, and voids the links that its owner asked for: who knows the
 * password must not keep them out with it.
 */
const passwordChanges: Limit = { name: 'password-change', points: 5, seconds: 24 * 60 * 60 };
/** `from`: the hash of the password that was given for it; null for who came by a mail to `email`. */
interface NewPassword {
  userId: Types.ObjectId;
  email: string;
  from: string | null;
}

/** Changing what one signs in with. A new password ends other logins and voids older links; each change is told by mail. */
@Injectable()
export class AccountService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: UsersRepository,
    private readonly requests: MailRequestsRepository,
    private readonly links: AccountLinks,
    private readonly logins: LoginsService,
    private readonly limits: RateLimits,
    private readonly transactions: Transactions,
    private readonly mails: AccountMails,
    private readonly attempts: AttemptLimits,
    private readonly devices: Devices,
    private readonly giving: GivingBack,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Known address or not: the same work, the same answer. The job finds out whether a mail goes. */
  async forgotPassword(email: string, origin: Origin): Promise<void> {
    const user = await this.users.byEmail(email);
    await this.attempts.take(forgotLimits, { email, user }, origin);
    this.mails.ring(await this.requests.insert({ kind: 'reset', email, ...letterNow() }));
  }

  /** A link that sets a password, for the admin who has the machine in hand. */
  async resetLink(email: string): Promise<string> {
    const requestId = String(await this.requests.insert({ kind: 'reset', email, ...lifetime() }));
    return new URL(`/reset/${this.links.sign('reset', requestId)}`, this.config.PUBLIC_URL).href;
  }

  /**
   * Throws 409 `link_used_up` for a token that is old, used or not ours. All logins of the person end, and what goes on without one. Returns the marks of the device,
   * which is theirs: they can sign in on it whatever strangers try.
   */
  async resetPassword({ token, password }: ResetPassword, origin: Origin): Promise<string> {
    const request = await this.links.use(['reset'], token);
    const user = await this.users.byEmail(request.email);
    if (!user || (user.passwordChangedAt && user.passwordChangedAt >= request.createdAt)) throw linkUsedUp();
    await this.setPassword({ userId: user._id, email: user.email, from: null }, password);
    return await this.marksOf(user._id, origin);
  }

  /** What a link that sets a password leads to; looking at it uses nothing up. Throws 404 for one that is not ours, 409 `link_used_up`. */
  async resetView(token: string): Promise<ResetView> {
    const request = await this.links.look('reset', token);
    if (!request) throw notFound();
    const user = await this.users.byEmail(request.email);
    if (!user || request.usedAt || request.expiresAt <= new Date()) throw linkUsedUp();
    return { first: isFirst(user), name: isNameless(user) ? null : user.name };
  }

  /**
   * The first password of an account that was made on the machine, with the name of its person, who is signed in at once. Throws 409
   * `link_used_up`, also for an account that had one before.
   */
  async firstPassword({ token, name, password }: FirstPassword, origin: Origin): Promise<LoginResult> {
    const { first } = await this.resetView(token);
    if (!first) throw linkUsedUp();
    const request = await this.links.use(['reset'], token);
    const user = await this.users.byEmail(request.email);
    if (!user) throw linkUsedUp();
    const change = { name, passwordHash: await hashPassword(password), passwordChangedAt: new Date() };
    if (!(await this.users.setFirstPassword(user, change, this.clock.now()))) throw linkUsedUp();
    return await this.logins.begin(String(user._id), origin);
  }

  /** Throws 422 `wrong_password`, 429. Other logins end; the one asking stays. */
  async changePassword(actor: Actor, { currentPassword, password }: ChangePassword): Promise<void> {
    const counts: Count[] = [[passwordChanges, actor.userId]];
    const from = await this.checkPassword(actor, currentPassword, '/currentPassword', counts);
    const userId = idOf(actor.userId);
    const { email } = await this.profileOf(userId);
    await this.setPassword({ userId, email, from }, password, actor.loginId);
  }

  /**
   * The new address gets a link to confirm, the old one a notice if it was confirmed. Throws 422 `wrong_password`, 429. A taken address is
   * told only to who can read its mail.
   */
  async changeEmail(actor: Actor, { email, password }: ChangeEmail): Promise<void> {
    const from = await this.checkPassword(actor, password, '/password', mailTo(email, actor.userId));
    const userId = idOf(actor.userId);
    const old = await this.profileOf(userId);
    const letters = await this.transactions.run(async (session) => {
      // A new password voids what was asked for with the old one: what is asked for at that very moment, too.
      if (!(await this.users.holdWith(userId, from, session))) throw invalidField('/password', 'wrong_password');
      await this.requests.voidConfirmations(userId, new Date(), session);
      const confirm = await this.requests.insert({ kind: 'confirm', email, userId, ...letterNow() }, session);
      if (old.unconfirmedIn) return [confirm];
      const told = { kind: 'email-changing' as const, email: old.email, userId, ...letterNow(DAY) };
      return [confirm, await this.requests.insert(told, session)];
    });
    for (const letter of letters) this.mails.ring(letter);
  }

  /** Sends the letter again that confirms the address of my account. Throws 409 `already_confirmed`, 429. */
  async askAgain(actor: Actor): Promise<void> {
    const { _id, email, unconfirmedIn } = await this.profileOf(idOf(actor.userId));
    if (!unconfirmedIn) throw conflict('already_confirmed', 'Your address is confirmed.');
    await this.limits.takeAll(mailTo(email, actor.userId));
    this.mails.ring(await this.askToConfirm(_id, email));
  }

  /** Writes the letter that confirms the address of an account; it is to be rung for. */
  async askToConfirm(userId: Types.ObjectId, email: string, session?: ClientSession): Promise<Types.ObjectId> {
    return await this.requests.insert({ kind: 'verify', email, userId, ...letterNow(VERIFY_DAYS * DAY) }, session);
  }

  /**
   * Gives an unconfirmed account to who has shown that its address is theirs, with a new password; what its maker had asked for is void, and what they made to go on without a login ends. False when
   * it was confirmed or closed meanwhile. Logins are to be ended after.
   */
  async takeOver(userId: Types.ObjectId, owner: NewUser, session: ClientSession): Promise<boolean> {
    if (!(await this.users.takeOver(userId, owner, session))) return false;
    await this.requests.voidConfirmations(userId, new Date(), session);
    await this.giving.giveBack(userId, session);
    await this.outbox.write(addressConfirmed, { userId: String(userId) }, session);
    return true;
  }

  /**
   * The account has the address, and whoever reads its mail has the account: who is not signed in to it sets its password, since somebody else may have asked for
   * this; all logins end then, and what goes on without one. Returns the marks of the device in that case. Throws 409 `link_used_up`; `email_taken` while the
   * address has another account, and 422 `/password` `required`, which use nothing up; 401 for a token of a login that is over.
   */
  async confirmEmail({ token, password }: ConfirmEmail, bearer: string | null, origin: Origin): Promise<string | null> {
    const signedIn = bearer === null ? null : await this.logins.personBehind(bearer);
    const { userId, isTheirs, letters } = await this.addressed(async (session) => {
      const { kind, userId, email } = await this.links.use(['confirm', 'verify'], token, session);
      if (!userId) throw linkUsedUp();
      const isTheirs = String(userId) === signedIn;
      const undo = kind === 'confirm' ? await this.moveTo(userId, email, session) : null;
      if (kind === 'verify' && !(await this.users.confirmEmail(userId, email, session))) throw linkUsedUp();
      await this.outbox.write(addressConfirmed, { userId: String(userId) }, session);
      if (!isTheirs && password === undefined) throw invalidField('/password', 'required');
      const set = isTheirs || password === undefined ? null : await hashPassword(password);
      const notice = set && (await this.writePassword({ userId, email, from: null }, set, session));
      return { userId, isTheirs, letters: [undo, notice] };
    });
    for (const letter of letters) if (letter) this.mails.ring(letter);
    if (isTheirs) return null;
    await this.logins.endAll(String(userId), 'password_changed');
    return await this.marksOf(userId, origin);
  }

  /** The old address, if it was confirmed, gets a link that undoes it; it is to be rung for. */
  private async moveTo(userId: Types.ObjectId, email: string, session: ClientSession): Promise<Types.ObjectId | null> {
    const before = await this.users.setEmail(userId, email, session);
    if (!before || before.unconfirmedIn || isKept(before.email) || before.email === email) return null;
    const letter = { kind: 'undo' as const, email: before.email, userId, ...letterNow(UNDO_DAYS * DAY) };
    return await this.requests.insert(letter, session);
  }

  private async addressed<T>(change: (session: ClientSession) => Promise<T>): Promise<T> {
    try {
      return await this.transactions.run(change);
    } catch (error) {
      if (isDuplicateKey(error, 'email')) throw conflict('email_taken', 'This address belongs to another account.');
      throw error;
    }
  }

  /**
   * The password and the notice of it are one: whoever is told that it failed still has the old one. Links made before are void:
   * whoever knew the old password could have asked for another address. Logins end after, so that one begun with the old password
   * meanwhile is found, or finds the new one.
   */
  private async setPassword(owner: NewPassword, password: string, keep?: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    const notice = await this.transactions.run((session) => this.writePassword(owner, passwordHash, session));
    await this.logins.endAll(String(owner.userId), 'password_changed', keep);
    this.mails.ring(notice);
  }

  /**
   * Returns the notice, which is to be rung for. Logins are to be ended after. What gave the right to it must hold still: an owner who sets a password, or takes their
   * address back, while a thief does so has the last word. Throws as whoever asks says of a wrong password, or of a link that is over.
   */
  private async writePassword(
    { userId, email, from }: NewPassword,
    passwordHash: string,
    session: ClientSession,
  ): Promise<Types.ObjectId> {
    const letter = letterNow(DAY);
    const only = from === null ? { email } : { passwordHash: from };
    const change = { passwordHash, passwordChangedAt: letter.createdAt };
    if (!(await this.users.setPassword(userId, change, { only, session })))
      throw from === null ? linkUsedUp() : invalidField('/currentPassword', 'wrong_password');
    if (from === null) {
      await this.users.confirmEmail(userId, email, session);
      await this.giving.giveBack(userId, session);
    }
    await this.requests.voidConfirmations(userId, letter.createdAt, session);
    return await this.requests.insert({ kind: 'password-changed', email, userId, ...letter }, session);
  }

  /** The device is theirs who took the account back on it. */
  private async marksOf(userId: Types.ObjectId, origin: Origin): Promise<string> {
    const id = String(userId);
    return this.devices.remember(origin.devices, id, (await this.users.disputedUntil([userId])).get(id));
  }

  private async profileOf(userId: Types.ObjectId): Promise<Profile> {
    const user = await this.users.profile(userId);
    if (!user) throw unauthorized();
    return user;
  }

  /**
   * The hash of the password that they have. `counts`: what they do with it counts there; none of it is left, no password is looked at, right or wrong. A wrong one
   * uses up nothing of them.
   */
  private async checkPassword(
    actor: Actor,
    password: string,
    field: string,
    counts: readonly Count[],
  ): Promise<string> {
    await this.limits.takeAll([[passwordLimit, actor.userId], ...counts]);
    const userId = toId(actor.userId);
    if (!userId) throw unauthorized();
    const stored = await this.users.passwordHash(userId);
    if (!(await passwordFits(stored, password)) || stored === null) {
      await this.limits.giveAllBack(counts);
      throw invalidField(field, 'wrong_password');
    }
    await this.limits.giveBack(passwordLimit, actor.userId);
    return stored;
  }
}

/** Nobody has ever set a password. */
const isFirst = (user: UserRow) => user.passwordHash === null && !user.passwordChangedAt;
