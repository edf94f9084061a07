import { Injectable, Logger } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import type { Actor } from '../../common/actor.js';
import { Problem, forbidden, notFound, unauthorized } from '../../common/problem.js';
import { hashOf, newSecret } from '../../common/secrets.js';
import type { Login, LoginSession, SignedIn } from '../../contracts/auth/auth.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { Realtime } from '../../infra/realtime/realtime.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { AccountMails } from '../account-mails.js';
import { AttemptLimits, signInLimits } from './attempt-limits.js';
import { Devices } from '../tokens/devices.js';
import { LinkTokens } from '../tokens/link-tokens.js';
import { LoginsRepository } from './logins.repository.js';
import { MeService } from '../profile/me.service.js';
import type { Origin } from '../origin.js';
import { passwordFits } from './passwords.js';
import { Revocations } from '../tokens/revocations.js';
import type { UserRow } from '../user.schema.js';
import { UsersRepository } from '../users.repository.js';

const REFRESH_DAYS = 30;
const ID_LENGTH = 24;
/** So many logins of one person live at once: as many as they are shown, so that none of them is out of sight. */
export const MAX_LOGINS = 50;

/** Why admins end the logins of somebody: the account is closed, or its right over the installation is gone. */
export type Because = typeof ACCOUNT_ENDED | 'admin_taken';
const ACCOUNT_ENDED = 'account_ended';
const TOO_MANY = 'too_many';

/** A reply with the cookies that go along. */
export interface LoginResult {
  reply: SignedIn;
  refreshToken: string;
  filesToken: string;
  /** Who signed in on this device, with this person; null where it stays as it is. */
  devices: string | null;
}

/** Signing in, staying signed in, and ending it. Times are real, as those of tokens. */
@Injectable()
export class LoginsService {
  private readonly logger = new Logger('Logins');

  constructor(
    private readonly users: UsersRepository,
    private readonly logins: LoginsRepository,
    private readonly tokens: AccessTokens,
    private readonly links: LinkTokens,
    private readonly revocations: Revocations,
    private readonly attempts: AttemptLimits,
    private readonly devices: Devices,
    private readonly mails: AccountMails,
    private readonly me: MeService,
    private readonly realtime: Realtime,
  ) {}

  /**
   * Throws 401 `wrong_credentials`, the same and after the same work for an unknown address; 403 `account_ended` with `at` and `reason` for a
   * closed one whose password is right; 429 after ten wrong ones, wherever they come from, of which the owner is told once, and after thirty right ones in an
   * hour. A password that is changed in between ends the login that was begun with the old one: who changed it looked for logins before this one was.
   */
  async login({ email, password }: Login, origin: Origin): Promise<LoginResult> {
    const user = await this.users.byEmail(email);
    const taken = await this.attempts.take(signInLimits, { email, user }, origin, () =>
      this.mails.passwordsTried(email),
    );
    const fits = await passwordFits(user?.passwordHash ?? null, password);
    if (!user || !fits) {
      await this.attempts.wasWrong(taken);
      throw wrongCredentials();
    }
    await this.attempts.wasRight(taken);
    // Only who knows the password learns that there is an account, and why it is closed.
    if (user.ended) throw accountEnded(user.ended);
    const result = await this.begin(String(user._id), origin);
    if ((await this.users.passwordHash(user._id)) === user.passwordHash) return result;
    await this.endByCookie(result.refreshToken);
    throw wrongCredentials();
  }

  /** As {@link begin}, for who may ask for it again and again without their password: it counts among the logins that this makes. Throws 429. */
  async beginAgain(user: UserRow, origin: Origin): Promise<LoginResult> {
    await this.attempts.takeLogin(signInLimits, user, origin);
    return await this.begin(String(user._id), origin);
  }

  /** A new login for a person whose right was checked before. Of more than they may have, those that were used longest ago end. */
  async begin(userId: string, origin: Origin): Promise<LoginResult> {
    const now = new Date();
    const _id = newId();
    const secret = newSecret();
    const owner = known(toId(userId));
    await this.logins.insert({
      _id,
      userId: owner,
      tokenHash: hashOf(secret),
      userAgent: origin.userAgent.slice(0, 300),
      createdAt: now,
      lastUsedAt: now,
      expiresAt: refreshEnd(now),
    });
    // After the login is there: an account that is closed at the same moment finds the login, or is found closed here.
    const seen = await this.users.seen(owner, now);
    if (!seen) {
      await this.logins.end(_id, ACCOUNT_ENDED, now);
      throw accountEnded(await this.users.ended(owner));
    }
    await this.endBeyond(owner, now);
    const devices = this.devices.remember(origin.devices, seen);
    return await this.answer(seen, String(_id), secret, devices);
  }

  /**
   * Rotates the refresh token. An old one used again ends the whole login: one of the two holders is a thief. One that we never gave
   * ends nothing, or whoever guesses the id of a login could end it. Throws 401: `login_ended` with `because` for the holder of a login
   * that was ended, `no_login` for everybody else.
   */
  async refresh(refreshToken: string | undefined, origin: Origin): Promise<LoginResult> {
    const { loginId, secret } = this.read(refreshToken);
    const login = loginId && (await this.logins.byId(idOf(loginId)));
    if (!login) throw unauthorized('no_login');
    const now = new Date();
    const next = newSecret();
    if (!(await this.logins.rotate(login._id, hashOf(secret), hashOf(next), now, refreshEnd(now)))) {
      if (login.expiresAt <= now) throw unauthorized('no_login');
      if (!login.revokedAt) await this.endReused(login._id, String(login.userId));
      throw await this.whyEnded(login._id, hashOf(secret));
    }
    const seen = await this.users.seen(login.userId, now);
    if (!seen) {
      await this.logins.end(login._id, ACCOUNT_ENDED, now);
      throw loginEnded(ACCOUNT_ENDED);
    }
    const devices = this.devices.refresh(origin.devices, seen);
    return await this.answer(seen, loginId, next, devices);
  }

  /** Ends one login of mine; throws 404 for another's. */
  async end(actor: Actor, loginId: string, because: 'logout' | 'ended_elsewhere'): Promise<void> {
    const id = toId(loginId);
    const login = id && (await this.logins.byId(id));
    if (!id || String(login?.userId) !== actor.userId) throw notFound();
    await this.logins.end(id, because, new Date());
    this.revocations.announce(loginId, actor.userId, because);
  }

  /** Ends a login by its refresh cookie, also by an older one of it: whoever holds it wants out. */
  async endByCookie(refreshToken: string | undefined): Promise<void> {
    const { loginId } = this.read(refreshToken);
    if (loginId) await this.logout(loginId);
  }

  /** Ends a login by its access token, for who has no cookie. Whatever is no token of ours ends nothing. */
  async endByToken(accessToken: string | null): Promise<void> {
    const claims = accessToken === null ? null : await this.tokens.read(accessToken, 'api');
    if (claims) await this.logout(claims.sid);
  }

  /** Who is signed in by an access token, for routes that are open to all. Throws 401 for an old one, as any other route does. */
  async personBehind(accessToken: string): Promise<string> {
    const claims = await this.tokens.read(accessToken, 'api');
    if (!claims || this.revocations.isEnded(claims.sid)) throw unauthorized();
    return claims.sub;
  }

  private async logout(loginId: string): Promise<void> {
    const id = toId(loginId);
    const login = id && (await this.logins.byId(id));
    if (!login) return;
    await this.logins.end(login._id, 'logout', new Date());
    this.revocations.announce(loginId, String(login.userId), 'logout');
  }

  /** The login and the secret that a refresh token of ours names; both empty for anything else. */
  private read(refreshToken: string | undefined): { loginId: string; secret: string } {
    const known = this.links.verify('refresh', refreshToken ?? '') ?? '';
    return { loginId: known.slice(0, ID_LENGTH), secret: known.slice(ID_LENGTH) };
  }

  /** Ends all logins of a person, but the one asking. */
  async endAll(userId: string, because: string, exceptLoginId?: string): Promise<void> {
    const except = exceptLoginId ? (toId(exceptLoginId) ?? undefined) : undefined;
    const ended = await this.logins.endAll(known(toId(userId)), because, new Date(), { except });
    this.announceAll(ended, userId, because);
  }

  /** Ends the logins of a person that began before their password was last set. */
  async endOlder(userId: string): Promise<void> {
    const id = known(toId(userId));
    const before = await this.users.passwordChangedAt(id);
    if (before)
      this.announceAll(
        await this.logins.endAll(id, 'password_changed', new Date(), { before }),
        userId,
        'password_changed',
      );
  }

  /** Ends all logins of a person within a transaction. What it returns is to be told by {@link announceAll} when that is through. */
  async endAllIn(userId: Types.ObjectId, because: Because, session: ClientSession): Promise<string[]> {
    return await this.logins.endAll(userId, because, new Date(), { session });
  }

  announceAll(loginIds: readonly string[], userId: string, because: string): void {
    for (const loginId of loginIds) this.revocations.announce(loginId, userId, because);
  }

  async list(actor: Actor): Promise<LoginSession[]> {
    const rows = await this.logins.live(known(toId(actor.userId)), new Date(), MAX_LOGINS);
    return rows.map((row) => ({
      id: String(row._id),
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      userAgent: row.userAgent,
      current: String(row._id) === actor.loginId,
    }));
  }

  /** The logins of a person that are live now, by id. */
  async liveOf(userId: Types.ObjectId): Promise<Set<string>> {
    return new Set((await this.logins.live(userId, new Date(), MAX_LOGINS)).map((login) => String(login._id)));
  }

  /** Who holds the last token is told why; who holds an older one only that it was used before, which they know. */
  private async whyEnded(loginId: Types.ObjectId, tokenHash: string): Promise<Problem> {
    const login = await this.logins.byId(loginId);
    const because = login?.revokedBecause;
    const mayKnow = login?.tokenHash === tokenHash || because === 'reuse';
    return because && mayKnow ? loginEnded(because) : unauthorized('no_login');
  }

  /** After the new one is there: of two that begin at once, the later look sees both. */
  private async endBeyond(userId: Types.ObjectId, now: Date): Promise<void> {
    for (const { _id } of await this.logins.liveBeyond(userId, MAX_LOGINS, now)) {
      await this.logins.end(_id, TOO_MANY, now);
      this.revocations.announce(String(_id), String(userId), TOO_MANY);
    }
  }

  private async endReused(loginId: Types.ObjectId, userId: string): Promise<void> {
    if (!(await this.logins.end(loginId, 'reuse', new Date()))) return;
    this.logger.warn({ loginId: String(loginId), userId }, 'a used refresh token came again: the login is ended');
    this.revocations.announce(String(loginId), userId, 'reuse');
  }

  private async answer(
    { _id }: Pick<UserRow, '_id'>,
    loginId: string,
    secret: string,
    devices: string | null,
  ): Promise<LoginResult> {
    const userId = String(_id);
    // Before anything of the person is read: what is said from here on counts as missed by whoever reads it now.
    const said = await this.realtime.saidTo(userId);
    const me = await this.me.get(userId);
    const person = { userId, loginId, isAdmin: me.isAdmin };
    const [access, files] = await Promise.all([this.tokens.sign(person, 'api'), this.tokens.sign(person, 'files')]);
    return {
      reply: { accessToken: access.token, expiresAt: access.expiresAt.toISOString(), said, me },
      refreshToken: this.links.sign('refresh', `${loginId}${secret}`),
      filesToken: files.token,
      devices,
    };
  }
}

const loginEnded = (because: string) => new Problem(401, 'login_ended', 'This login was ended.', { because });
/** The answer to who may know that an account is closed: they know its password, or read the mail of its address. */
export const accountEnded = (ended: UserRow['ended'] | null) =>
  forbidden('account_ended', 'This account was closed by the administrators of this installation.', {
    at: ended?.at.toISOString() ?? null,
    reason: ended?.reason ?? null,
  });
const wrongCredentials = () => unauthorized('wrong_credentials', 'The address or the password is not right.');
const refreshEnd = (now: Date) => new Date(now.getTime() + REFRESH_DAYS * 24 * 60 * 60 * 1000);

function known<T>(value: T | null): T {
  if (value === null) throw unauthorized('no_login');
  return value;
}
