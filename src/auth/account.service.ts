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
import { AccountLinks, lifetime, linkUsedUp } from './account-links.js';
import { AccountMails } from './account-mails.js';
import { mailTo } from './address-limits.js';
import { UNDO_DAYS } from './address-undo.service.js';
import { AttemptLimits } from './logins/attempt-limits.js';
import { addressConfirmed } from './auth.events.js';
import { Devices } from './tokens/devices.js';
import { sinceTheirs } from './given-back.js';
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

  /**
   * Known address or not: the same work, the same answer. The worker finds out whether a mail goes; of an unknown address for which a place may not ask any more, not even
   * the request is kept.
   */
  async forgotPassword(email: string, origin: Origin): Promise<void> {
    const user = await this.users.byEmail(email);
    const isKept = await this.attempts.takeLetter({ email, user }, origin);
    const request = await this.mails.write({ kind: 'reset', email, ...lifetime() });
    if (!isKept) void this.mails.drop(request).catch(() => undefined);
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
    if (!user || (user.passwordResetAt && user.passwordResetAt >= request.createdAt)) throw linkUsedUp();
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

  /** Throws 422 `wrong_password`, 429. Other logins end; the one asking stays. Returns the marks of its device; all others of theirs are none any more. */
  async changePassword(actor: Actor, { currentPassword, password }: ChangePassword, origin: Origin): Promise<string> {
    const counts: Count[] = [[passwordChanges, await this.countedAs(actor)]];
    const from = await this.checkPassword(actor, currentPassword, '/currentPassword', counts);
    const userId = idOf(actor.userId);
    const { email } = await this.profileOf(userId);
    await this.setPassword({ userId, email, from }, password, actor.loginId);
    return await this.marksOf(userId, origin);
  }

  /**
   * The new address gets a link to confirm, the old one a notice if it was confirmed. Throws 422 `wrong_password`, 429. A taken address is
   * told only to who can read its mail.
   */
  async changeEmail(actor: Actor, { email, password }: ChangeEmail): Promise<void> {
    const from = await this.checkPassword(actor, password, '/password', mailTo(email, await this.countedAs(actor)));
    const userId = idOf(actor.userId);
    const old = await this.profileOf(userId);
    await this.transactions.run(async (session) => {
      // A new password voids what was asked for with the old one: what is asked for at that very moment, too.
      if (!(await this.users.holdWith(userId, from, session))) throw invalidField('/password', 'wrong_password');
      await this.requests.voidConfirmations(userId, new Date(), session);
      await this.mails.write({ kind: 'confirm', email, userId, ...lifetime() }, session);
      if (old.unconfirmedIn) return;
      await this.mails.write({ kind: 'email-changing', email: old.email, userId, ...lifetime(DAY) }, session);
    });
  }

  /** Sends the letter again that confirms the address of my account. Throws 409 `already_confirmed`, 429. */
  async askAgain(actor: Actor): Promise<void> {
    const { _id, email, unconfirmedIn } = await this.profileOf(idOf(actor.userId));
    if (!unconfirmedIn) throw conflict('already_confirmed', 'Your address is confirmed.');
    await this.limits.takeAll(mailTo(email, await this.countedAs(actor)));
    await this.askToConfirm(_id, email);
  }

  /** Writes the letter that confirms the address of an account. */
  async askToConfirm(userId: Types.ObjectId, email: string, session?: ClientSession): Promise<void> {
    await this.mails.write({ kind: 'verify', email, userId, ...lifetime(VERIFY_DAYS * DAY) }, session);
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
   * The account has the address. A new one is confirmed by who is signed in to the account: a letter that was sent to a mistyped address must not give it away. Where
   * an account has no other owner yet (its first address, or one for an account that was taken back), whoever reads the mail has it: who is not signed in sets its
   * password; all logins end then, and what goes on without one. Returns the marks of the device in that case. Throws 409 `link_used_up`; `email_taken` while the
   * address has another account, 401 `sign_in_to_confirm` and 422 `/password` `required`, which use nothing up; 401 for a token of a login that is over.
   */
  async confirmEmail({ token, password }: ConfirmEmail, bearer: string | null, origin: Origin): Promise<string | null> {
    const signedIn = bearer === null ? null : await this.logins.personBehind(bearer);
    const { userId, isTheirs } = await this.addressed(async (session) => {
      const { kind, userId, email } = await this.links.use(['confirm', 'verify'], token, session);
      if (!userId) throw linkUsedUp();
      const isTheirs = String(userId) === signedIn;
      if (kind === 'confirm') await this.moveTo(userId, email, isTheirs, session);
      if (kind === 'verify' && !(await this.users.confirmEmail(userId, email, session))) throw linkUsedUp();
      await this.outbox.write(addressConfirmed, { userId: String(userId) }, session);
      if (!isTheirs && password === undefined) throw invalidField('/password', 'required');
      const set = isTheirs || password === undefined ? null : await hashPassword(password);
      if (set) await this.writePassword({ userId, email, from: null }, set, session);
      return { userId, isTheirs };
    });
    if (isTheirs) return null;
    await this.logins.endAll(String(userId), 'password_changed');
    return await this.marksOf(userId, origin);
  }

  /** The old address, if it was confirmed, gets a link that undoes it. Throws 401 `sign_in_to_confirm`. */
  private async moveTo(
    userId: Types.ObjectId,
    email: string,
    isTheirs: boolean,
    session: ClientSession,
  ): Promise<void> {
    const before = await this.users.setEmail(userId, email, session);
    if (!before || isKept(before.email)) return;
    if (!isTheirs) throw unauthorized('sign_in_to_confirm', 'Sign in to the account, then follow the link again.');
    if (before.unconfirmedIn || before.email === email) return;
    await this.users.rememberEmail(userId, before.email, session);
    await this.mails.write({ kind: 'undo', email: before.email, userId, ...lifetime(UNDO_DAYS * DAY) }, session);
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
    await this.transactions.run((session) => this.writePassword(owner, passwordHash, session));
    await this.logins.endAll(String(owner.userId), 'password_changed', keep);
  }

  /**
   * Logins are to be ended after. What gave the right to it must hold still: an owner who sets a password, or takes their
   * address back, while a thief does so has the last word. Throws as whoever asks says of a wrong password, or of a link that is over.
   */
  private async writePassword(
    { userId, email, from }: NewPassword,
    passwordHash: string,
    session: ClientSession,
  ): Promise<void> {
    const letter = lifetime(DAY);
    const isByMail = from === null;
    const only = isByMail ? { email } : { passwordHash: from };
    const change = { passwordHash, passwordChangedAt: letter.createdAt };
    if (!(await this.users.setPassword(userId, change, { only, isByMail, session })))
      throw isByMail ? linkUsedUp() : invalidField('/currentPassword', 'wrong_password');
    if (isByMail) {
      if (await this.users.confirmEmail(userId, email, session))
        await this.outbox.write(addressConfirmed, { userId: String(userId) }, session);
      await this.giving.giveBack(userId, session);
    }
    await this.requests.voidConfirmations(userId, letter.createdAt, session);
    await this.mails.write({ kind: 'password-changed', email, userId, ...letter }, session);
  }

  /** The device is theirs who set the password on it. */
  private async marksOf(userId: Types.ObjectId, origin: Origin): Promise<string> {
    const person = await this.users.marked(userId);
    if (!person) throw unauthorized();
    return this.devices.remember(origin.devices, person);
  }

  private async countedAs({ userId }: Actor): Promise<string> {
    const id = idOf(userId);
    return sinceTheirs(id, (await this.users.disputedUntil([id])).get(userId));
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
    const whose = await this.countedAs(actor);
    const last = await this.limits.takeForNow([[passwordLimit, whose], ...counts]);
    const userId = toId(actor.userId);
    if (!userId) throw unauthorized();
    const stored = await this.users.passwordHash(userId);
    if (!(await passwordFits(stored, password)) || stored === null) {
      await this.limits.giveAllBack(counts);
      await this.limits.beginWaits(last.filter(([limit]) => limit === passwordLimit));
      throw invalidField(field, 'wrong_password');
    }
    await this.limits.giveBack(passwordLimit, whose);
    await this.limits.beginWaits(last.filter(([limit]) => limit !== passwordLimit));
    return stored;
  }
}

/** Nobody has ever set a password. */
const isFirst = (user: UserRow) => user.passwordHash === null && !user.passwordChangedAt;
