import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Types } from 'mongoose';
import { Clock } from '../../common/times/clock.js';
import { tryEach } from '../../common/try-each.js';
import { idOf } from '../../infra/mongo/ids.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { type PlaceTold, PlaceNewsReader } from '../registrations/place-news.reader.js';
import { PlacesService } from '../registrations/places.service.js';
import { RegistrationsRepository, STANDING } from '../registrations/registrations.repository.js';
import { type PlacesToTell, guestPlacesChanged, workshopsReplanned } from '../workshops.events.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { GuestMails } from './guest-mails.js';
import type { GuestRow } from './guest.schema.js';
import { GuestsRepository } from './guests.repository.js';
import { UNCONFIRMED_KEPT_MS, eraseAt, hasLeft } from './public-page.js';

/** Has letters written to guests: what became of their places, and of the workshop. */
@Injectable()
export class GuestFollow implements OnModuleInit {
  constructor(
    private readonly outbox: Outbox,
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly guests: GuestsRepository,
    private readonly news: PlaceNewsReader,
    private readonly mails: GuestMails,
    private readonly places: PlacesService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.outbox.on(guestPlacesChanged, 'guest letters', (places) => this.tellPlaces(places));
    this.outbox.on(workshopsReplanned, 'guest letters', ({ workshopIds }) =>
      tryEach(workshopIds, (id) => this.tellAll(idOf(id))),
    );
  }

  /** Guests hear of their places, and of those of whom they bring along: in one letter where both changed at once. */
  private async tellPlaces(places: PlacesToTell): Promise<void> {
    const told = await this.news.stillSo(places);
    const guests = await this.guestsOf(told);
    const letters = told.flatMap(({ userId, what, byId }) => {
      const { _id: guestId, email, workshopId } = guests.get(userId) ?? {};
      // Whoever comes along gives up through who brings them, which is no act of a host.
      const isEnded = what === 'left' && byId !== null && byId !== String(guestId);
      const kind = isEnded ? ('ended' as const) : what;
      const key = `${String(guestId)}-${kind}-${places.at.toString(36)}`;
      return guestId && email && workshopId ? [{ guestId, workshopId, kind, key }] : [];
    });
    await this.mails.write([...new Map(letters.map((letter) => [letter.key, letter])).values()]);
    const leaving = told.filter(({ what }) => what === 'left' || what === 'lapsed');
    await tryEach(leaving, async ({ userId }) => {
      const guest = guests.get(userId);
      if (guest) await this.afterLeaving(guest, userId);
    });
  }

  /** All guests who stand hear that it was moved or called off; the day on which they are forgotten moves along. */
  private async tellAll(workshopId: Types.ObjectId): Promise<void> {
    const row = await this.workshops.byId(workshopId);
    if (!row?.publicPage) return;
    const { revision } = row;
    const told = row.status === 'published' && row.moveToldAt ? { dueAt: row.moveToldAt } : {};
    const standing = (await this.registrations.ofGuests(workshopId)).filter(({ status }) => STANDING.includes(status));
    const guests = await this.guests.byIds(standing.map(({ userId }) => userId));
    const statusOf = new Map(standing.map(({ userId, status }) => [String(userId), status]));
    await this.guests.eraseConfirmedAt(workshopId, eraseAt(row));
    await this.mails.write(
      guests.flatMap((guest) => {
        const { _id, email } = guest;
        if (!email || hasLeft(guest, statusOf.get(String(_id)))) return [];
        return [
          { ...told, guestId: _id, workshopId, kind: 'changed' as const, revision, key: `${String(_id)}-r${revision}` },
        ];
      }),
    );
  }

  /** By their own id, and by that of whom they bring along. */
  private async guestsOf(told: readonly PlaceTold[]): Promise<Map<string, GuestRow>> {
    const ids = told.map(({ userId }) => idOf(userId));
    const [guests, bringing] = [await this.guests.byIds(ids), await this.guests.ofCompanions(ids)];
    return new Map([
      ...bringing.map((guest) => [String(guest.companionId), guest] as const),
      ...guests.map((guest) => [String(guest._id), guest] as const),
    ]);
  }

  /** Whose offer lapsed left as who gave the place up: nobody comes along with them any more, and their words are forgotten soon. */
  private async afterLeaving(guest: GuestRow, userId: string): Promise<void> {
    if (String(guest._id) !== userId) return;
    const { _id, workshopId, companionId } = guest;
    await this.places.ask(
      String(workshopId),
      { kind: 'leave', userId: String(companionId) },
      {
        // Who asked again meanwhile, and has a place by now, keeps it.
        before: async (session) => {
          const [place] = await this.registrations.ofPeople(workshopId, [_id], session);
          return hasLeft({ leftAt: this.clock.now() }, place?.status);
        },
        after: async (session) => {
          const now = this.clock.now();
          const until = new Date(now.getTime() + UNCONFIRMED_KEPT_MS);
          if (guest.confirmedAt) await this.guests.leave(_id, now, until, session);
        },
      },
    );
  }
}
