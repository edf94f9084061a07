import { Inject, Injectable } from '@nestjs/common';
import { createSecretKey, type KeyObject } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { CONFIG, type Config } from '../../config/config.js';

/** What an access token says: the person, the login (`sid`) and whether an admin. `exp` is in seconds (RFC 7519 section 4.1.4). */
export interface AccessClaims {
  sub: string;
  sid: string;
  adm?: boolean;
  exp: number;
}

export const ISSUER = 'cordee';
const ACCESS_MINUTES = 10;
/** `api`: the bearer token; `files`: the cookie that opens files and downloads by GET. */
export type Audience = 'api' | 'files';

/** The key of all tokens, as a KeyObject: with a string each verification would import it again. */
export const tokenKey = (config: Config): KeyObject => createSecretKey(Buffer.from(config.JWT_SECRET));

/** Signs and reads access tokens (HS256). Their time is real time, not the injected clock. */
@Injectable()
export class AccessTokens {
  private readonly key: KeyObject;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = tokenKey(config);
  }

  async sign(
    person: { userId: string; loginId: string; isAdmin: boolean },
    audience: Audience,
  ): Promise<{ token: string; expiresAt: Date }> {
    const expiresAt = new Date(Date.now() + ACCESS_MINUTES * 60_000);
    const token = await new SignJWT({ sid: person.loginId, ...(person.isAdmin && { adm: true }) })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(person.userId)
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(expiresAt)
      .sign(this.key);
    return { token, expiresAt };
  }

  /** The claims, or null for whatever is not a good token of ours. */
  async read(token: string, audience: Audience): Promise<AccessClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience,
        requiredClaims: ['sub', 'sid', 'exp'],
      });
      return payload as unknown as AccessClaims;
    } catch {
      return null;
    }
  }
}
