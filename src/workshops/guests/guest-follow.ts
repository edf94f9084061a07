import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock, DAY, MINUTE } from '../../common/times/clock.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Intervals } from '../../infra/queue/intervals.js';
import { JobQueues, defineQueue } from '../../infra/queue/job-queues.js';
import { PlacesService } from '../registrations/places.service.js';
import { RegistrationsRepository, STANDING } from '../registrations/registrations.repository.js';
import { guestPlaceChanged, workshopCancelled, workshopChanged } from '../workshops.events.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { GuestMails } from './guest-mails.js';
import type { GuestRow } from './guest.schema.js';
import { GuestsRepository } from './guests.repository.js';
import { UNCONFIRMED_KEPT_MS, eraseAt, hasLeft } from './public-page.js';

/** With `guestId`: what that guest is to hear of their place; without: all guests hear that it was moved or called off. */
const guestNews = defineQueue<{ workshopId: string; guestId?: string }>('guest-news');

const LOOK_EVERY_MS = MINUTE;
const TOLD_WITHIN_MS = MINUTE;
const A_LOOK = 500;

/** Has letters written to guests: what became of their place, and of the workshop. What died before it was told is told by the next look. */
@Injectable()
export class GuestFollow implements OnModuleInit {
  constructor(
    private readonly bus: EventBus,
    private readonly queues: JobQueues,
    private readonly intervals: Intervals,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly guests: GuestsRepository,
    private readonly mails: GuestMails,
    private readonly places: PlacesService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bus.on(guestPlaceChanged, (place) => this.queues.add(guestNews, place));
    this.bus.on(workshopChanged, ({ workshopId, changed }) =>
      changed.includes('time') || changed.includes('place') ? this.queues.add(guestNews, { workshopId }) : undefined,
    );
    this.bus.on(workshopCancelled, ({ workshopId }) => this.queues.add(guestNews, { workshopId }));
    this.queues.process(guestNews, ({ workshopId, guestId }) =>
      guestId ? this.tellOne(workshopId, guestId) : this.tellAll(idOf(workshopId)),
    );
    this.intervals.every(LOOK_EVERY_MS, 'guests to tell', () => this.tellUntold());
  }

  /** Tells all guests who have not heard; told twice, they hear it once. */
  async tellUntold(): Promise<void> {
    const now = this.clock.now().getTime();
    const before = new Date(now - TOLD_WITHIN_MS);
    for (const { workshopId, userId } of await this.registrations.untold('guests', new Date(now - DAY), before, A_LOOK))
      await this.tellOne(String(workshopId), String(userId));
    for (const id of await this.workshops.withGuestNews(before, A_LOOK)) await this.tellAll(id);
  }

  /** The guest hears of their place, and of that of whom they bring along: in one letter where both changed at once. */
  async tellOne(workshopId: string, userId: string): Promise<void> {
    const row = await this.registrations.find(idOf(workshopId), idOf(userId));
    const guest = row?.guest ? await this.guestOf(row.userId) : null;
    if (!row || !guest) return;
    if (row.status === 'cancelled') await this.afterLeaving(guest, row.userId);
    if (!row.news) return;
    const { what, at } = row.news;
    const key = `${String(guest._id)}-${what}-${at.getTime().toString(36)}`;
    if (guest.email) await this.mails.write([{ guestId: guest._id, workshopId: row.workshopId, kind: what, key }]);
    await this.registrations.told(row.workshopId, row.userId, row.news);
  }

  /** All guests who stand hear that it was moved or called off; the day on which they are forgotten moves along. */
  async tellAll(workshopId: Types.ObjectId): Promise<void> {
    const row = await this.workshops.byId(workshopId);
    if (!row?.guestNewsAt) return;
    const { revision } = row;
    const standing = (await this.registrations.ofGuests(workshopId)).filter(({ status }) => STANDING.includes(status));
    const guests = await this.guests.byIds(standing.map(({ userId }) => userId));
    await this.guests.eraseConfirmedAt(workshopId, eraseAt(row));
    await this.mails.write(
      guests.flatMap((guest) => {
        const { _id, email } = guest;
        if (!email || hasLeft(guest)) return [];
        return [{ guestId: _id, workshopId, kind: 'changed' as const, revision, key: `${String(_id)}-r${revision}` }];
      }),
    );
    await this.workshops.guestsTold(workshopId, revision);
  }

  private async guestOf(userId: Types.ObjectId): Promise<GuestRow | null> {
    return (await this.guests.byId(userId)) ?? (await this.guests.ofCompanions([userId]))[0] ?? null;
  }

  /** Whose offer lapsed left as who gave the place up: nobody comes along with them any more, and their words are forgotten soon. */
  private async afterLeaving(guest: GuestRow, userId: Types.ObjectId): Promise<void> {
    if (!guest._id.equals(userId)) return;
    await this.places.ask(String(guest.workshopId), { kind: 'leave', userId: String(guest.companionId) });
    const now = this.clock.now();
    if (guest.confirmedAt) await this.guests.leave(guest._id, now, new Date(now.getTime() + UNCONFIRMED_KEPT_MS));
  }
}
