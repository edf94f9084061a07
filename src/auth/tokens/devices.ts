import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Clock } from '../../common/times/clock.js';
import { isTheirs } from '../given-back.js';
import type { KnownDevice } from '../../infra/http/write-limit.guard.js';
import type { UserRow } from '../user.schema.js';
import { LinkTokens } from './link-tokens.js';

/** People who share a device keep a mark each. */
const MAX_MARKS = 5;
const SEPARATOR = '~';
const ID_LENGTH = 24;
/** In a mark the person's id and the number of the device are followed by when it was made (ms, to this base) and which of their passwords they had by then. */
const NUMBER_BYTES = 12;
const TIME_AT = ID_LENGTH + Math.ceil((NUMBER_BYTES * 4) / 3);
const TIME_BASE = 36;
const REVISION = '-';

/** Whose mark it is: since when the account is theirs alone, and which of their passwords they have. */
export type Marked = Pick<UserRow, '_id' | 'disputedUntil' | 'passwordRevision'>;

/**
 * The marks of those who have signed in on a device, in a cookie of it: each is a person's id, a number of the device and when that was, with its MAC. A
 * mark lets nobody in. It says that who tries a password here is no stranger, so that strangers cannot lock them out. One that was made before the account was given
 * back to its person may be a thief's, and is none (`isTheirs`); nor is one that was made with a password they have no more.
 */
@Injectable()
export class Devices {
  constructor(
    private readonly links: LinkTokens,
    private readonly clock: Clock,
  ) {}

  /** What this device is called for a person; null where they never signed in on it. */
  of(cookie: string, { _id, disputedUntil, passwordRevision }: Marked): string | null {
    const theirs = this.marks(cookie).find(
      ({ id }) =>
        id.startsWith(String(_id)) && isTheirs(madeAt(id), disputedUntil) && revisionOf(id) === (passwordRevision ?? 0),
    );
    return theirs?.id ?? null;
  }

  /** What this device is called for who signed in on it last, and who that is; null where nobody did. */
  ofLast(cookie: string): KnownDevice | null {
    const [last] = this.marks(cookie);
    return last ? { name: last.id, personId: last.id.slice(0, ID_LENGTH) } : null;
  }

  /**
   * The cookie once this person has signed in: the same mark as before, or a new one. Who signed in longest ago falls out. Who has just taken their account back is
   * known on that device from then on.
   */
  remember(cookie: string, person: Marked): string {
    return this.first(cookie, this.of(cookie, person) ?? this.newMark(person), person);
  }

  /**
   * The cookie of a login that goes on, which lasts anew; null where its person is not known on the device. A mark is made by a password or a letter alone, or one
   * login would make devices without end, each with counts of its own.
   */
  refresh(cookie: string, person: Marked): string | null {
    const id = this.of(cookie, person);
    return id && this.first(cookie, id, person);
  }

  private first(cookie: string, id: string, { _id }: Marked): string {
    const others = this.marks(cookie).filter((mark) => !mark.id.startsWith(String(_id)));
    return [this.links.sign('device', id), ...others.map(({ token }) => token)].slice(0, MAX_MARKS).join(SEPARATOR);
  }

  private newMark({ _id, disputedUntil, passwordRevision }: Marked): string {
    const at = Math.max(this.clock.now().getTime(), (disputedUntil?.getTime() ?? 0) + 1).toString(TIME_BASE);
    const number = randomBytes(NUMBER_BYTES).toString('base64url');
    return `${String(_id)}${number}${at}${REVISION}${passwordRevision ?? 0}`;
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

/** Marks of earlier versions say neither. */
const madeAt = (id: string) => new Date(Number.parseInt(id.slice(TIME_AT), TIME_BASE) || 0);
const revisionOf = (id: string) => Number(id.slice(TIME_AT).split(REVISION)[1] ?? 0);
