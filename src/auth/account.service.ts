import { Inject, Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Actor } from '../common/actor.js';
import { DAY, HOUR } from '../common/clock.js';
import { Problem, conflict, invalidField, unauthorized } from '../common/problem.js';
import { CONFIG, type Config } from '../config/config.js';
import type { ChangeEmail, ChangePassword, ResetPassword } from '../contracts/auth.js';
import { isDuplicateKey } from '../infra/mongo/errors.js';
import { idOf, toId } from '../infra/mongo/ids.js';
import { Transactions } from '../infra/mongo/transactions.js';
import { type Limit, RateLimits } from '../infra/redis/rate-limits.js';
import { AccountMails } from './account-mails.js';
import { LinkTokens } from './link-tokens.js';
import { LoginsService } from './logins.service.js';
import { MailRequestsRepository } from './mail-requests.repository.js';
import { hashPassword, passwordFits } from './passwords.js';
import { UsersRepository } from './users.repository.js';

const LINK_HOURS = 2;
const forgotLimit: Limit = { name: 'forgot', points: 5, seconds: 60 * 60 };
const forgotAddressLimit: Limit = { name: 'forgot-address', points: 100, seconds: 60 * 60 };
const passwordLimit: Limit = { name: 'password', points: 10, seconds: 15 * 60 };

/** Changing what one signs in with. A new password ends other logins and voids older links; each change is told by mail. */
@Injectable()
export class AccountService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly users: UsersRepository,
    private readonly requests: MailRequestsRepository,
    private readonly links: LinkTokens,
    private readonly logins: LoginsService,
    private readonly limits: RateLimits,
    private readonly transactions: Transactions,
    private readonly mails: AccountMails,
  ) {}

  /** Known address or not: the same work, the same answer. The job finds out whether a mail goes. */
  async forgotPassword(email: string, address: string): Promise<void> {
    await this.limits.take(forgotAddressLimit, address);
    await this.limits.take(forgotLimit, `${email}|${address}`);
    this.mails.ring(await this.requests.insert({ kind: 'reset', email, ...this.letter() }));
  }

  /** A link that sets a password, for the admin who has the machine in hand. */
  async resetLink(email: string): Promise<string> {
    const requestId = String(await this.requests.insert({ kind: 'reset', email, ...lifetime(LINK_HOURS * HOUR) }));
    return new URL(`/reset/${this.links.sign('reset', requestId)}`, this.config.PUBLIC_URL).href;
  }

  /** Throws 409 `link_used_up` for a token that is old, used or not ours. All logins of the person end. */
  async resetPassword({ token, password }: ResetPassword): Promise<void> {
    const request = await this.useLink('reset', token);
    const user = await this.users.byEmail(request.email);
    if (!user || (user.passwordChangedAt && user.passwordChangedAt >= request.createdAt)) throw linkUsedUp();
    await this.setPassword(user._id, user.email, password);
  }

  /** Throws 422 `wrong_password`. Other logins end; the one asking stays. */
  async changePassword(actor: Actor, { currentPassword, password }: ChangePassword): Promise<void> {
    await this.checkPassword(actor, currentPassword, '/currentPassword');
    const userId = idOf(actor.userId);
    await this.setPassword(userId, await this.addressOf(userId), password, actor.loginId);
  }

  /** The new address gets a link to confirm, the old one a notice. A taken address is told only to who can read its mail. */
  async changeEmail(actor: Actor, { email, password }: ChangeEmail): Promise<void> {
    await this.checkPassword(actor, password, '/password');
    const userId = idOf(actor.userId);
    await this.requests.voidConfirmations(userId, new Date());
    const old = await this.addressOf(userId);
    this.mails.ring(await this.requests.insert({ kind: 'confirm', email, userId, ...this.letter() }));
    this.mails.ring(await this.requests.insert({ kind: 'email-changing', email: old, userId, ...this.letter(DAY) }));
  }

  /** Throws 409 `link_used_up`, or `email_taken` when the address got an account meanwhile. */
  async confirmEmail(token: string): Promise<void> {
    const request = await this.useLink('confirm', token);
    if (!request.userId) throw linkUsedUp();
    try {
      await this.users.setEmail(request.userId, request.email);
    } catch (error) {
      if (isDuplicateKey(error)) throw conflict('email_taken', 'This address belongs to another account.');
      throw error;
    }
  }

  /**
   * The password and the notice of it are one: whoever is told that it failed still has the old one. Links made before are void:
   * whoever knew the old password could have asked for another address. Logins end after, so that one begun with the old password
   * meanwhile is found, or finds the new one.
   */
  private async setPassword(userId: Types.ObjectId, email: string, password: string, keep?: string): Promise<void> {
    const passwordHash = await hashPassword(password);
    const letter = this.letter(DAY);
    const notice = await this.transactions.run(async (session) => {
      await this.users.setPassword(userId, passwordHash, letter.createdAt, session);
      await this.requests.voidConfirmations(userId, letter.createdAt, session);
      return await this.requests.insert({ kind: 'password-changed', email, userId, ...letter }, session);
    });
    await this.logins.endAll(String(userId), 'password_changed', keep);
    this.mails.ring(notice);
  }

  private async addressOf(userId: Types.ObjectId): Promise<string> {
    const user = await this.users.profile(userId);
    if (!user) throw unauthorized();
    return user.email;
  }

  private async useLink(kind: 'reset' | 'confirm', token: string) {
    const id = toId(this.links.verify(kind, token) ?? '');
    const request = id && (await this.requests.use(id, kind, new Date()));
    if (!request) throw linkUsedUp();
    return request;
  }

  private async checkPassword(actor: Actor, password: string, field: string): Promise<void> {
    await this.limits.take(passwordLimit, actor.userId);
    const userId = toId(actor.userId);
    if (!userId) throw unauthorized();
    if (!(await passwordFits(await this.users.passwordHash(userId), password)))
      throw invalidField(field, 'wrong_password');
    await this.limits.reset(passwordLimit, actor.userId);
  }

  /** A letter to go now that is of use for a while. Real time: a link's life has nothing to do with the domain's clock. */
  private letter(forMs = LINK_HOURS * HOUR) {
    return { ...lifetime(forMs), mailDueAt: new Date() };
  }
}

function lifetime(forMs: number) {
  const createdAt = new Date();
  return { createdAt, expiresAt: new Date(createdAt.getTime() + forMs) };
}

const linkUsedUp = (): Problem => conflict('link_used_up', 'This link is used or too old. Ask for a new one.');
