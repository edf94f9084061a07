import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Nights } from '../../cohorts/nights/nights.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { Deliveries } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind, DeliveryMove, Prepared } from '../../infra/deliveries/delivery-kind.js';
import type { DeliveryRow } from '../../infra/deliveries/delivery.schema.js';
import { DigestContents } from './digest-contents.js';
import { DigestLetters } from './digest-letter.js';
import { type AboutDigest, Digests, digestDeliveries } from './digests.js';
import { NotificationsRepository } from '../inbox/notifications.repository.js';
import { type ReaderChoices, Readers } from '../rules/readers.js';
import { Undeliverable } from '../undeliverable/undeliverable.js';

const A_TURN = 200;
const MAX_KEPT = 200;
/** No digest is further away than a week. */
const KEPT_MS = 8 * DAY;

/** Digests, each sent once, gathered from what is there when they leave. One that has nothing to say is not sent. */
@Injectable()
export class DigestSender implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutDigest> = {
    ...digestDeliveries,
    isOnce: true,
    prepare: (delivery) => this.prepare(delivery),
    moved: ({ of }, move) => this.follow(of, move),
  };

  constructor(
    private readonly clock: Clock,
    private readonly nights: Nights,
    private readonly deliveries: Deliveries,
    private readonly readers: Readers,
    private readonly planned: Digests,
    private readonly notifications: NotificationsRepository,
    private readonly contents: DigestContents,
    private readonly letters: DigestLetters,
    private readonly undeliverable: Undeliverable,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
    this.nights.compareAll(() => this.heal());
  }

  /** What waits for a digest that nobody planned (its process died in between) gets one. */
  async heal(): Promise<void> {
    const forgotten = await this.notifications.keptTooLong(new Date(this.clock.now().getTime() - KEPT_MS), A_TURN);
    for (const known of await this.readers.all(forgotten.map(String))) {
      if (known) await this.planned.expect(known.reader, known.preferences);
    }
  }

  private async prepare(delivery: DeliveryRow<AboutDigest>): Promise<Prepared> {
    const { dueAt } = delivery.about;
    const now = this.clock.now();
    // Before its hour the next one is this one.
    if (now < dueAt) return { later: dueAt };
    const known = await this.readers.of(String(delivery.of));
    if (!known) return { skip: 'gone' };
    const isOfThisTime = this.isOfThisTime(dueAt, known);
    // The next one first, so that none is missing whatever becomes of this one.
    if (known.preferences.digest || !isOfThisTime) await this.planned.expect(known.reader, known.preferences);
    if (!isOfThisTime) return { skip: 'moved' };
    if (await this.undeliverable.isStopped(known.reader)) return { skip: 'undeliverable' };
    const leavesAt = this.planned.leavesAt(now, known.reader, known.preferences);
    return leavesAt > now ? { later: leavesAt } : await this.write(delivery, known);
  }

  /** Whether such a person has a digest at this time: zone and choice may be other ones since it was planned. */
  private isOfThisTime(dueAt: Date, { reader, preferences }: ReaderChoices): boolean {
    const before = new Date(dueAt.getTime() - 1);
    return this.planned.plannedAfter(before, reader, preferences).getTime() === dueAt.getTime();
  }

  private async write(
    { _id, of }: DeliveryRow<AboutDigest>,
    { reader, preferences }: ReaderChoices,
  ): Promise<Prepared> {
    const digest = preferences.digest ?? null;
    const askedAt = this.clock.now();
    const rows = await this.notifications.keptFor(of, _id, MAX_KEPT);
    const kept = { rows, isFull: rows.length === MAX_KEPT, askedAt };
    const lists = await this.contents.of(reader, { ...preferences, digest }, rows);
    const setDigested = () => this.notifications.setDigested(of, _id, kept, this.clock.now());
    if (lists.length === 0) {
      await setDigested();
      return { skip: 'empty' };
    }
    const letter = await this.letters.write(`digest-${String(_id)}`, reader, digest, lists);
    // Before it leaves: whoever dies now leaves a digest that failed, and no notice that is told in two.
    return { letter, mayLeave: () => setDigested().then(() => true) };
  }

  private async follow(userId: Types.ObjectId, move: DeliveryMove): Promise<void> {
    if (move.to !== 'failed' || !(move.error instanceof Error)) return;
    const known = await this.readers.of(String(userId));
    if (known) await this.undeliverable.stopIfRefused(known.reader, move.error);
  }
}
