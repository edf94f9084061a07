import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { Clock, HOUR, MINUTE } from '../../common/times/clock.js';
import { Deliveries, type NewDelivery } from '../../infra/deliveries/deliveries.js';
import type { DeliveryKind } from '../../infra/deliveries/delivery-kind.js';
import { remindersOf } from '../places/placing.js';
import { type AboutApplication, HOURS_BEFORE } from './application-letter.js';
import { ApplicationLetters } from './application-letters.js';
import { ApplicationsRepository } from './applications.repository.js';

/** An address gets one link in so long, whoever asks for it how often. */
const LINK_EVERY_MS = 10 * MINUTE;
/** A receipt says all that was handed in: who hands in again and again has one in so long. */
const RECEIPT_EVERY_MS = 10 * MINUTE;
const PER_WRITE = 500;

/** Letters to those who apply. The token of a link is made when the letter is written. */
@Injectable()
export class ApplicationMails implements OnModuleInit {
  private readonly kind: DeliveryKind<AboutApplication> = {
    name: 'application',
    way: 'letters',
    prepare: (delivery) => this.letters.write(delivery),
    moved: async ({ of, about: { kind, turn } }, move) => {
      if (move.to === 'failed' && turn !== undefined && (kind === 'decision' || kind === 'asked'))
        await this.applications.failLetter(of, kind, turn);
      else if (move.to === 'failed' && move.because === 'refused')
        await this.applications.refused(of, this.clock.now());
      if (move.to === 'sent') await this.applications.reached(of);
    },
  };

  constructor(
    private readonly deliveries: Deliveries,
    private readonly letters: ApplicationLetters,
    private readonly applications: ApplicationsRepository,
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

  /** That it was handed in, for the `times`th time. Who handed it in just before (`lastAt`) has one letter of it all, a little later: each says how it stands then. */
  async receipt(
    id: Types.ObjectId,
    { times, lastAt }: { times: number; lastAt?: Date | undefined },
    session: ClientSession,
  ): Promise<void> {
    const now = this.clock.now();
    const dueAt = new Date(Math.max(now.getTime(), (lastAt?.getTime() ?? 0) + RECEIPT_EVERY_MS));
    const receipt = { key: `${String(id)}-receipt-${times}`, of: id, about: { kind: 'receipt' as const, times } };
    await this.deliveries.write(this.kind, [{ ...receipt, dueAt }], session);
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

  /** What was decided, once its hour is over; until when a place is to be confirmed, they are reminded. */
  async decided(
    decisions: readonly { id: Types.ObjectId; turn: number }[],
    { sendAt, confirmBy }: { sendAt: Date; confirmBy?: Date | undefined },
    session: ClientSession,
  ): Promise<void> {
    const reminders = confirmBy ? remindersOf({ sendAt, confirmBy }) : [];
    const lettersOf = (id: Types.ObjectId, turn: number): NewDelivery<AboutApplication>[] => [
      { ...this.ofTurn(id, 'decision', turn), dueAt: sendAt },
      ...reminders.map(({ days, dueAt }) => ({
        ...{ key: `${String(id)}-to-confirm-${turn}-${days}`, of: id, dueAt },
        about: { kind: 'to-confirm' as const, turn, hours: days * 24 },
      })),
    ];
    const letters = decisions.flatMap(({ id, turn }) => lettersOf(id, turn));
    for (let from = 0; from < letters.length; from += PER_WRITE)
      await this.deliveries.write(this.kind, letters.slice(from, from + PER_WRITE), session);
  }

  /** That they are asked for a piece. */
  async asked(id: Types.ObjectId, turn: number, session: ClientSession): Promise<void> {
    await this.deliveries.write(this.kind, [this.ofTurn(id, 'asked', turn)], session);
  }

  /** That somebody took their place. */
  async placeTaken(id: Types.ObjectId, turn: number, session: ClientSession): Promise<void> {
    await this.deliveries.write(this.kind, [this.ofTurn(id, 'place-taken', turn)], session);
  }

  /** That somebody lost their place. */
  async placeLost(id: Types.ObjectId, turn: number, session: ClientSession): Promise<void> {
    await this.deliveries.write(this.kind, [this.ofTurn(id, 'place-lost', turn)], session);
  }

  /** That it was taken back, after it was handed in so many `times`. */
  async withdrawn(id: Types.ObjectId, times: number, session: ClientSession): Promise<void> {
    const key = `${String(id)}-withdrawn-${times}`;
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

  private ofTurn(
    id: Types.ObjectId,
    kind: 'decision' | 'place-taken' | 'place-lost' | 'asked',
    turn: number,
  ): NewDelivery<AboutApplication> {
    return { key: `${String(id)}-${kind}-${turn}`, of: id, about: { kind, turn } };
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
