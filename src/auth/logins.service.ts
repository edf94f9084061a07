import { Injectable, Logger } from '@nestjs/common';
import type { Types } from 'mongoose';
import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../common/actor.js';
import { Problem, notFound, unauthorized } from '../common/problem.js';
import type { Login, LoginSession, SignedIn } from '../contracts/auth.js';
import { idOf, newId, toId } from '../infra/mongo/ids.js';
import { type Limit, RateLimits } from '../infra/redis/rate-limits.js';
import { AccessTokens } from './access-tokens.js';
import { LinkTokens } from './link-tokens.js';
import { LoginsRepository } from './logins.repository.js';
import { MeService } from './me.service.js';
import { passwordFits } from './passwords.js';
import { Revocations } from './revocations.js';
import { UsersRepository } from './users.repository.js';

const REFRESH_DAYS = 30;
const ID_LENGTH = 24;
const byAccount: Limit = { name: 'login', points: 10, seconds: 15 * 60 };
/** An agency sits behind one address; who gets in does not count. */
const byAddress: Limit = { name: 'login-address', points: 300, seconds: 15 * 60 };

/** Where a login comes from. */
export interface Origin {
  address: string;
  userAgent: string;
}

/** A reply with the cookies that go along. */
export interface LoginResult {
  reply: SignedIn;
  refreshToken: string;
  filesToken: string;
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
    private readonly limits: RateLimits,
    private readonly me: MeService,
  ) {}

  /**
   * Throws 401 `wrong_credentials`, the same and after the same work for an unknown address; 429 after ten wrong ones. A password
   * that is changed in between ends the login that was begun with the old one: who changed it looked for logins before this one was.
   */
  async login({ email, password }: Login, origin: Origin): Promise<LoginResult> {
    const key = `${email}|${origin.address}`;
    await this.limits.take(byAddress, origin.address);
    await this.limits.take(byAccount, key);
    const user = await this.users.byEmail(email);
    const fits = await passwordFits(user?.passwordHash ?? null, password);
    if (!user || !fits) throw wrongCredentials();
    await this.limits.reset(byAccount, key);
    await this.limits.giveBack(byAddress, origin.address);
    const result = await this.begin(String(user._id), origin);
    if ((await this.users.passwordHash(user._id)) === user.passwordHash) return result;
    await this.endByCookie(result.refreshToken);
    throw wrongCredentials();
  }

  /** A new login for a person whose right was checked before. */
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
    await this.users.seen(owner, now);
    return await this.answer(userId, String(_id), secret);
  }

  /**
   * Rotates the refresh token. An old one used again ends the whole login: one of the two holders is a thief. One that we never gave
   * ends nothing, or whoever guesses the id of a login could end it. Throws 401: `login_ended` with `because` for the holder of a login
   * that was ended, `no_login` for everybody else.
   */
  async refresh(refreshToken: string | undefined): Promise<LoginResult> {
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
    await this.users.seen(login.userId, now);
    return await this.answer(String(login.userId), loginId, next);
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
    const ended = await this.logins.endAll(known(toId(userId)), because, new Date(), except);
    for (const loginId of ended) this.revocations.announce(loginId, userId, because);
  }

  async list(actor: Actor): Promise<LoginSession[]> {
    const rows = await this.logins.live(known(toId(actor.userId)), new Date());
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
    return new Set((await this.logins.live(userId, new Date())).map((login) => String(login._id)));
  }

  /** Who holds the last token is told why; who holds an older one only that it was used before, which they know. */
  private async whyEnded(loginId: Types.ObjectId, tokenHash: string): Promise<Problem> {
    const login = await this.logins.byId(loginId);
    const because = login?.revokedBecause;
    const mayKnow = login?.tokenHash === tokenHash || because === 'reuse';
    return because && mayKnow ? loginEnded(because) : unauthorized('no_login');
  }

  private async endReused(loginId: Types.ObjectId, userId: string): Promise<void> {
    if (!(await this.logins.end(loginId, 'reuse', new Date()))) return;
    this.logger.warn({ loginId: String(loginId), userId }, 'a used refresh token came again: the login is ended');
    this.revocations.announce(String(loginId), userId, 'reuse');
  }

  private async answer(userId: string, loginId: string, secret: string): Promise<LoginResult> {
    const me = await this.me.get(userId);
    const person = { userId, loginId, isAdmin: me.isAdmin };
    const [access, files] = await Promise.all([this.tokens.sign(person, 'api'), this.tokens.sign(person, 'files')]);
    return {
      reply: { accessToken: access.token, expiresAt: access.expiresAt.toISOString(), me },
      refreshToken: this.links.sign('refresh', `${loginId}${secret}`),
      filesToken: files.token,
    };
  }
}

const loginEnded = (because: string) => new Problem(401, 'login_ended', 'This login was ended.', { because });
const wrongCredentials = () => unauthorized('wrong_credentials', 'The address or the password is not right.');
const newSecret = () => randomBytes(32).toString('base64url');
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url');
const refreshEnd = (now: Date) => new Date(now.getTime() + REFRESH_DAYS * 24 * 60 * 60 * 1000);

function known<T>(value: T | null): T {
  if (value === null) throw unauthorized('no_login');
  return value;
}
