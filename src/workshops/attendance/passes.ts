import { Injectable } from '@nestjs/common';
import { timingSafeEqual } from 'node:crypto';
import { LinkTokens } from '../../auth/tokens/link-tokens.js';
import { CROCKFORD, typedCrockford } from '../../common/texts/crockford.js';
import type { RegistrationStatus } from '../../contracts/workshops/workshops.js';
import { PASS, SHORT_PASS } from '../../contracts/workshops/passes.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { checkInWindow } from './attendance.js';

type Taken = Pick<RegistrationRow, '_id' | 'order'>;

/** What somebody held before a camera, or typed: a whole pass of ours, or the signs of a short one, which only the places of a workshop can tell. */
export type ReadPass =
  | { kind: 'whole'; placeId: string; isOf: (row: Taken) => boolean }
  | { kind: 'short'; isOf: (row: Taken) => boolean };

const LENGTH = PASS.place + PASS.turn + PASS.proof;
/** Who is to come, or was missed a moment ago. */
const NEEDS_ONE: ReadonlySet<RegistrationStatus> = new Set(['going', 'absent']);

/**
 * The passes that people show at the door. A pass is made of the place and the turn in which it was taken, and kept nowhere: who gives a place back and takes one
 * again has another pass. It lets nobody in anywhere: whoever marks who is there may do that without it.
 */
@Injectable()
export class Passes {
  constructor(private readonly tokens: LinkTokens) {}

  /** What the camera reads of a place. */
  of(row: Taken): string {
    const named = String(row._id).toUpperCase() + turnOf(row);
    return named + this.proofOf(named);
  }

  /** The same for who is to show it: with a place, on site, until the code of the hosts counts no more; undefined for everybody else. */
  shown(
    workshop: Pick<WorkshopRow, 'status' | 'startsAt' | 'endsAt' | 'onlineCapacity' | 'place' | 'link'>,
    row: Taken & Pick<RegistrationRow, 'status' | 'mode'>,
    now: Date,
  ): string | undefined {
    const { status, startsAt, endsAt, onlineCapacity, place, link } = workshop;
    const isOnline = onlineCapacity === null ? Boolean(link) && !place : row.mode === 'online';
    const { until } = checkInWindow({ startsAt: startsAt.getTime(), endsAt: endsAt.getTime() });
    const isNeeded = status === 'published' && NEEDS_ONE.has(row.status) && !isOnline && now.getTime() < until;
    return isNeeded ? this.of(row) : undefined;
  }

  /** Null for what can be none, or that we did not make. */
  read(typed: string): ReadPass | null {
    const signs = typedCrockford(typed);
    if (!Array.from(signs).every((sign) => CROCKFORD.includes(sign))) return null;
    if (signs.length === SHORT_PASS) {
      return { kind: 'short', isOf: (row) => isSame(this.of(row).slice(-PASS.proof).slice(0, SHORT_PASS), signs) };
    }
    const named = signs.slice(0, -PASS.proof);
    if (signs.length !== LENGTH || !isSame(this.proofOf(named), signs.slice(-PASS.proof))) return null;
    const placeId = named.slice(0, PASS.place).toLowerCase();
    return { kind: 'whole', placeId, isOf: (row) => String(row._id) === placeId && named.endsWith(turnOf(row)) };
  }

  private proofOf(named: string): string {
    return this.tokens.proof('pass', named, PASS.proof);
  }
}

/** Whose place it is stays for good, with another order each time that it is taken anew. */
const turnOf = ({ order }: Taken): string =>
  [order >> 10, order >> 5, order].map((part) => CROCKFORD[part & 31]).join('');

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
