import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock, HOUR, MINUTE } from '../../common/times/clock.js';
import { Deliveries, type NewDelivery } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind } from '../../infra/deliveries/delivery-kind.js';
import { type AboutApplication, HOURS_BEFORE } from './application-letter.js';
import { ApplicationLetters } from './application-letters.js';

/** An address gets one link in so long, whoever asks for it how often. */
const LINK_EVERY_MS = 10 * MINUTE;
const PER_WRITE = 500;

/** Letters to those who apply. The token of a link is made when the letter is written. */
@Injectable()
export class ApplicationMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutApplication> = {
    name: 'application',
    way: 'letters',
    prepare: async (delivery) => {
      const letter = await this.letters.write(delivery);
      return letter ? { letter } : { skip: 'over' };
    },
  };

  constructor(
    private readonly deliveries: Deliveries,
    private readonly letters: ApplicationLetters,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.deliveries.register(this.kind);
  }

  /** The link of a file. */
  async link(id: Types.ObjectId): Promise<void> {
    const turn = Math.floor(this.clock.now().getTime() / LINK_EVERY_MS);
    await this.deliveries.write(this.kind, [
      { key: `${String(id)}-link-${turn.toString(36)}`, of: id, about: { kind: 'link' } },
    ]);
  }

  /** That it was handed in, for the `times`th time, or taken back at an instant. */
  async receipt(id: Types.ObjectId, times: number, session: ClientSession): Promise<void> {
    const receipt = { key: `${String(id)}-receipt-${times}`, of: id, about: { kind: 'receipt' as const, times } };
    await this.deliveries.write(this.kind, [receipt], session);
  }

  /** What the programme team wrote about it. */
  async message(id: Types.ObjectId, messageId: Types.ObjectId, session: ClientSession): Promise<void> {
    const message = {
      key: `${String(id)}-message-${String(messageId)}`,
      of: id,
      about: { kind: 'message' as const, messageId },
    };
    await this.deliveries.write(this.kind, [message], session);
  }

  /** What was decided, once its hour is over. */
  async decided(
    decisions: readonly { id: Types.ObjectId; turn: number }[],
    dueAt: Date,
    session: ClientSession,
  ): Promise<void> {
    const letters = decisions.map(({ id, turn }) => ({
      ...{ key: `${String(id)}-decision-${turn}`, of: id, about: { kind: 'decision' as const, turn }, dueAt },
    }));
    if (letters.length > 0) await this.deliveries.write(this.kind, letters, session);
  }

  async withdrawn(id: Types.ObjectId, at: Date, session: ClientSession): Promise<void> {
    const key = `${String(id)}-withdrawn-${at.getTime().toString(36)}`;
    await this.deliveries.write(this.kind, [{ key, of: id, about: { kind: 'withdrawn' } }], session);
  }

  /** What drafts hear of a closing: that it nears, and that it has come without them. Written again, it is written once. */
  async remind(ids: readonly Types.ObjectId[], closesAt: Date, session?: ClientSession): Promise<void> {
    await this.writeAll(ids, (id) => this.reminders(id, closesAt), session);
  }

  /** That the call closes later than it did. */
  async extended(ids: readonly Types.ObjectId[], closesAt: Date): Promise<void> {
    await this.writeAll(ids, (id) => [this.about(id, { kind: 'extended' }, closesAt)]);
  }

  /** Forgets the letters of files that are erased. */
  async forget(ids: readonly Types.ObjectId[], session: ClientSession): Promise<void> {
    await this.deliveries.forget(this.kind, ids, session);
  }

  private reminders(id: Types.ObjectId, closesAt: Date): NewDelivery<AboutApplication>[] {
    const now = this.clock.now();
    const before = HOURS_BEFORE.map((hours) => ({
      ...this.about(id, { kind: 'closing', hours }, closesAt),
      dueAt: new Date(closesAt.getTime() - hours * HOUR),
    }));
    const closed = { ...this.about(id, { kind: 'closed' }, closesAt), dueAt: closesAt > now ? closesAt : now };
    return [...before.filter(({ dueAt }) => dueAt > now), closed];
  }

  private about(id: Types.ObjectId, about: AboutApplication, closesAt: Date): NewDelivery<AboutApplication> {
    const at = closesAt.getTime();
    const key = `${String(id)}-${about.kind}-${about.hours ?? 0}-${at.toString(36)}`;
    return { key, of: id, about: { ...about, closesAt: at } };
  }

  private async writeAll(
    ids: readonly Types.ObjectId[],
    lettersOf: (id: Types.ObjectId) => NewDelivery<AboutApplication>[],
    session?: ClientSession,
  ): Promise<void> {
    const letters = ids.flatMap(lettersOf);
    for (let from = 0; from < letters.length; from += PER_WRITE)
      await this.deliveries.write(this.kind, letters.slice(from, from + PER_WRITE), session);
  }
}
