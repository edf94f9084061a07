import { Inject, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { crockfordOf } from '../../common/texts/crockford.js';
import { CONFIG, type Config } from '../../config/config.js';

/** What a token is for: a link in a mail, or a login's cookie. A token of one purpose is no token of another. */
export type LinkPurpose =
  | 'invitation'
  | 'invitation-mail'
  | 'reset'
  | 'confirm'
  | 'verify'
  | 'undo'
  | 'unsubscribe'
  | 'place'
  | 'guest'
  | 'application'
  | 'application-access'
  | 'jury'
  | 'session'
  | 'refresh'
  | 'device';

/** Tokens that we alone can make: an id with its MAC (RFC 2104). Nothing secret is stored, and a job can make a link again. */
@Injectable()
export class LinkTokens {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  sign(purpose: LinkPurpose, id: string): string {
    return `${id}.${this.mac(purpose, id)}`;
  }

  /** The id, or null when the token is not ours. */
  verify(purpose: LinkPurpose, token: string): string | null {
    const [id, mac, ...more] = token.split('.');
    if (!id || !mac || more.length > 0) return null;
    const expected = Buffer.from(this.mac(purpose, id));
    const given = Buffer.from(mac);
    return expected.length === given.length && timingSafeEqual(expected, given) ? id : null;
  }

  /** Stands for a mail address in a link: it tells whether two are the same, and not which. */
  addressMark(email: string): string {
    return createHmac('sha256', this.config.JWT_SECRET).update(`address:${email}`).digest('hex').slice(0, 16);
  }

  /** Some signs of base 32 (5 bits each) that we alone can make: for what a camera reads or a person types, and is no link. */
  proof(purpose: 'pass', id: string, signs: number): string {
    return crockfordOf(this.macOf(purpose, id).subarray(0, signs));
  }

  private mac(purpose: LinkPurpose, id: string): string {
    return this.macOf(purpose, id).toString('base64url');
  }

  private macOf(purpose: LinkPurpose | 'pass', id: string): Buffer {
    return createHmac('sha256', this.config.JWT_SECRET).update(`${purpose}:${id}`).digest();
  }
}
