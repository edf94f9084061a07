import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { LinkTokens } from './link-tokens.js';

/** People who share a device keep a mark each. */
const MAX_MARKS = 5;
const SEPARATOR = '~';
const ID_LENGTH = 24;

/**
 * The marks of those who have signed in on a device, in a cookie of it: each is a person's id and a number of the device, with its MAC. A
 * mark lets nobody in. It says that who tries a password here is no stranger, so that strangers cannot lock them out.
 */
@Injectable()
export class Devices {
  constructor(private readonly links: LinkTokens) {}

  /** What this device is called for a person; null where they never signed in on it. */
  of(cookie: string, userId: string): string | null {
    return this.marks(cookie).find((mark) => mark.id.startsWith(userId))?.id ?? null;
  }

  /** What this device is called for who signed in on it last; null where nobody did. */
  ofLast(cookie: string): string | null {
    return this.marks(cookie)[0]?.id ?? null;
  }

  /** The cookie once this person has signed in: the same mark as before, or a new one. Who signed in longest ago falls out. */
  remember(cookie: string, userId: string): string {
    const marks = this.marks(cookie);
    const id = this.of(cookie, userId) ?? `${userId}${randomBytes(12).toString('base64url')}`;
    const others = marks.filter((mark) => mark.id !== id).map(({ token }) => token);
    return [this.links.sign('device', id), ...others].slice(0, MAX_MARKS).join(SEPARATOR);
  }

  private marks(cookie: string): { id: string; token: string }[] {
    return cookie
      .split(SEPARATOR)
      .slice(0, MAX_MARKS)
      .flatMap((token) => {
        const id = this.links.verify('device', token);
        return id !== null && id.length > ID_LENGTH ? [{ id, token }] : [];
      });
  }
}
