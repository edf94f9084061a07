import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { personChanged } from '../../auth/auth.events.js';
import type { Profile } from '../../auth/users.repository.js';
import { Clock } from '../../common/times/clock.js';
import type { Preferences } from '../../contracts/notifications/notifications.js';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { KEPT_BACK, nextDigestAt } from './digest-times.js';
import { afterQuiet } from '../rules/quiet.js';
import { Readers } from '../rules/readers.js';

/** A digest to one person at one time, by which it is one: two processes plan one. */
export interface AboutDigest {
  dueAt: Date;
}

/** How digests leave. */
export const digestDeliveries = { name: 'digest', way: 'letters' } as const;

/** What of their choices says when a person's digests leave. */
type Rhythm = Pick<Preferences, 'digest' | 'quietWeekend' | 'quietHours'>;

/** Whom a digest is for. */
type Addressee = Pick<Profile, 'timeZone' | 'quietUntil'>;

/**
 * Plans when the next digest of a person leaves: where they chose digests, always; for all others when something was kept back for one.
 * It is planned before what makes it necessary is written, so that a process that dies in between leaves one too many, which is empty.
 */
@Injectable()
export class Digests implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly bus: EventBus,
    private readonly readers: Readers,
    private readonly deliveries: Deliveries,
  ) {}

  onModuleInit(): void {
    this.bus.on(personChanged, ({ userId, timeZoneChanged }) => (timeZoneChanged ? this.follow(userId) : undefined));
  }

  /** Sees that one leaves, and says when. */
  async expect(reader: Pick<Profile, '_id' | 'timeZone'>, preferences: Rhythm): Promise<Date> {
    const dueAt = this.plannedAfter(this.clock.now(), reader, preferences);
    const key = `${String(reader._id)} ${dueAt.toISOString()}`;
    await this.deliveries.write<AboutDigest>(digestDeliveries, [{ key, of: reader._id, about: { dueAt }, dueAt }]);
    return dueAt;
  }

  /**
   * Writes what waits for a digest (`write`), with one planned before it. When the hour of that one came meanwhile it may have left without
   * this: another is planned.
   */
  async keep<T>(reader: Pick<Profile, '_id' | 'timeZone'>, preferences: Rhythm, write: () => Promise<T>): Promise<T> {
    const dueAt = await this.expect(reader, preferences);
    const written = await write();
    if (dueAt <= this.clock.now()) await this.expect(reader, preferences);
    return written;
  }

  /** How many were sent to a person since an instant, which lies within the last 30 days. */
  async sentSince(userId: Types.ObjectId, since: Date): Promise<number> {
    return await this.deliveries.countSent(digestDeliveries.name, userId, since);
  }

  /** When the next one would leave. */
  nextOf(reader: Addressee, preferences: Rhythm): Date {
    return this.leavesAt(this.plannedAfter(this.clock.now(), reader, preferences), reader, preferences);
  }

  /** The hour of the first one after an instant. */
  plannedAfter(instant: Date, { timeZone }: Pick<Profile, 'timeZone'>, { digest, quietWeekend }: Rhythm): Date {
    return nextDigestAt(digest ?? KEPT_BACK, timeZone, instant, quietWeekend);
  }

  /** The instant itself for the hour that somebody chose; what comes without having been chosen disturbs nobody and waits for the end of the quiet. */
  leavesAt(instant: Date, { timeZone, quietUntil }: Addressee, { digest, quietHours, quietWeekend }: Rhythm): Date {
    return digest ? instant : afterQuiet(instant, { timeZone, quietUntil, quietHours, quietWeekend });
  }

  /**
   * Zone or choice of a person is another one, and saved: so is the time of their next digest, which gathers what was kept back all the
   * same. Of two changes at once each drops what the other planned; whoever drops last plans again by what is saved then.
   */
  async follow(userId: string): Promise<void> {
    const known = await this.readers.of(userId);
    if (!known) return;
    const dueAt = await this.expect(known.reader, known.preferences);
    const others = { dueAt: { $gt: this.clock.now(), $ne: dueAt } };
    await this.deliveries.callOff(digestDeliveries, known.reader._id, others);
    const now = await this.readers.of(userId);
    if (now) await this.expect(now.reader, now.preferences);
  }
}
