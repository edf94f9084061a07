import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Clock } from '../../common/times/clock.js';
import { isTheirs } from '../given-back.js';
import { LinkTokens } from './link-tokens.js';

/** People who share a device keep a mark each. */
const MAX_MARKS = 5;
const SEPARATOR = '~';
const ID_LENGTH = 24;
/** In a mark the person's id and the number of the device are followed by when it was made: ms, to this base. */
const NUMBER_BYTES = 12;
const TIME_AT = ID_LENGTH + Math.ceil((NUMBER_BYTES * 4) / 3);
const TIME_BASE = 36;

type Until = Date | null | undefined;

/**
 * The marks of those who have signed in on a device, in a cookie of it: each is a person's id, a number of the device and when that was, with its MAC. A
 * mark lets nobody in. It says that who tries a password here is no stranger, so that strangers cannot lock them out. One that was made before the account was given
 * back to its person may be a thief's, and is none (`isTheirs`).
 */
@Injectable()
export class Devices {
  constructor(
    private readonly links: LinkTokens,
    private readonly clock: Clock,
  ) {}

  /** What this device is called for a person; null where they never signed in on it. `disputedUntil`: of their account. */
  of(cookie: string, userId: string, disputedUntil: Until): string | null {
    const theirs = this.marks(cookie).find(({ id }) => id.startsWith(userId) && isTheirs(madeAt(id), disputedUntil));
    return theirs?.id ?? null;
  }

  /** What this device is called for who signed in on it last; null where nobody did. */
  ofLast(cookie: string): string | null {
    return this.marks(cookie)[0]?.id ?? null;
  }

  /**
   * The cookie once this person has signed in: the same mark as before, or a new one. Who signed in longest ago falls out. Who has just taken their account back is
   * known on that device from then on.
   */
  remember(cookie: string, userId: string, disputedUntil: Until): string {
    return this.marked(cookie, userId, disputedUntil, (disputedUntil?.getTime() ?? 0) + 1);
  }

  /** The same for a login that goes on: where it is a thief's, on its last way, what it is given is no mark. */
  refresh(cookie: string, userId: string, disputedUntil: Until): string {
    return this.marked(cookie, userId, disputedUntil, 0);
  }

  private marked(cookie: string, userId: string, disputedUntil: Until, notBefore: number): string {
    const id = this.of(cookie, userId, disputedUntil) ?? this.newMark(userId, notBefore);
    const others = this.marks(cookie).filter((mark) => !mark.id.startsWith(userId));
    return [this.links.sign('device', id), ...others.map(({ token }) => token)].slice(0, MAX_MARKS).join(SEPARATOR);
  }

  private newMark(userId: string, notBefore: number): string {
    const at = Math.max(this.clock.now().getTime(), notBefore);
    return `${userId}${randomBytes(NUMBER_BYTES).toString('base64url')}${at.toString(TIME_BASE)}`;
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

/** Marks of earlier versions do not say. */
const madeAt = (id: string) => new Date(Number.parseInt(id.slice(TIME_AT), TIME_BASE) || 0);
