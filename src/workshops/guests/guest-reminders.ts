import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import type { Locale } from '../../contracts/primitives.js';
import type { OutgoingMail } from '../../infra/mail/mailer.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { guestWords } from './guest-letter-words.js';
import { GuestLetters } from './guest-letters.js';
import { GuestPlacesRepository } from './guest-places.repository.js';
import type { GuestRow } from './guest.schema.js';
import { GuestsRepository } from './guests.repository.js';

/** A guest's place in a workshop as reminders need it. `isLive`: they go, it takes place, and they can be written to. */
export interface GuestPlaceFacts {
  id: string;
  cohortId: string;
  name: string;
  title: string;
  startsAt: Date;
  timeZone: string;
  revision: number;
  isLive: boolean;
}

/** Names a guest's place. */
export interface GuestPlaceRef {
  id: string;
  cohortId: string;
}

/** Own words in both languages, in the place of the usual sentence; null for that. */
type OwnWords = Record<Locale, string> | null;

/** What reminders ask about the places of guests, and the letters that remind them. No rights are checked here: callers do. */
@Injectable()
export class GuestReminders {
  constructor(
    private readonly places: GuestPlacesRepository,
    private readonly guests: GuestsRepository,
    private readonly workshops: WorkshopsRepository,
    private readonly letters: GuestLetters,
  ) {}

  /** Of those who were erased, or come along with somebody, nothing is known. */
  async facts(ids: readonly string[]): Promise<GuestPlaceFacts[]> {
    const { places, guests, workshops } = await this.read(toIds(ids));
    return places.flatMap((place) => {
      const [guest, workshop] = [guests.get(String(place.userId)), workshops.get(String(place.workshopId))];
      return guest && workshop ? [factsOf(place, guest, workshop)] : [];
    });
  }

  /** The places of the guests of a workshop, or that of one of them. */
  async ofWorkshop(workshopId: string, guestId?: string): Promise<GuestPlaceRef[]> {
    const [workshop, guest] = [toId(workshopId), guestId === undefined ? undefined : toId(guestId)];
    if (!workshop || guest === null) return [];
    return (await this.places.idsOf([workshop], guest)).map(toRef);
  }

  /** Those in workshops of a cohort that touch [from, to). */
  async ofCohort(cohortId: string, from: Date, to: Date): Promise<GuestPlaceRef[]> {
    const id = toId(cohortId);
    const workshops = id ? await this.workshops.touching({ cohortId: id }, from, to) : [];
    const open = workshops.filter(({ publicPage }) => publicPage).map(({ _id }) => _id);
    return open.length > 0 ? (await this.places.idsOf(open)).map(toRef) : [];
  }

  /** The letter that reminds of a place; null where it is none any more. `key` names it for good. */
  async letter(id: string, key: string, own: OwnWords): Promise<OutgoingMail | null> {
    const found = await this.one(id);
    if (!found || !isLive(found.place, found.guest, found.workshop)) return null;
    return await this.letters.reminder(found, key, own?.[found.guest.locale] ?? null);
  }

  /** What it says, in a language. */
  async words(id: string, locale: Locale, own: OwnWords): Promise<{ title: string; body: string } | null> {
    const found = await this.one(id);
    return found && (await this.letters.wordsOfReminder(found, locale, own?.[locale] ?? null));
  }

  /** The same for somebody invented, where no guest comes. */
  sampleWords(cohortName: string, title: string, locale: Locale, own: OwnWords): { title: string; body: string } {
    const facts = { title, cohortName, plusOne: false, until: '', text: own?.[locale] ?? '', days: 0 };
    const { subject, line } = guestWords('reminder', facts, locale);
    return { title: subject, body: line };
  }

  private async one(id: string) {
    const { places, guests, workshops } = await this.read([idOf(id)]);
    const [place] = places;
    const guest = place && guests.get(String(place.userId));
    const workshop = place && workshops.get(String(place.workshopId));
    return guest && workshop ? { place, guest, workshop } : null;
  }

  private async read(ids: readonly Types.ObjectId[]) {
    const places = await this.places.byIds(ids);
    const [guests, workshops] = await Promise.all([
      this.guests.byIds(places.map(({ userId }) => userId)),
      this.workshops.byIds([...new Map(places.map(({ workshopId }) => [String(workshopId), workshopId])).values()]),
    ]);
    return {
      places,
      guests: new Map(guests.map((one) => [String(one._id), one])),
      workshops: new Map(workshops.map((one) => [String(one._id), one])),
    };
  }
}

const isLive = (place: RegistrationRow, guest: GuestRow, workshop: WorkshopRow) =>
  place.status === 'going' && guest.email !== undefined && workshop.status === 'published';

const factsOf = (place: RegistrationRow, guest: GuestRow, workshop: WorkshopRow): GuestPlaceFacts => ({
  id: String(place._id),
  cohortId: String(place.cohortId),
  name: guest.name,
  title: workshop.title,
  startsAt: workshop.startsAt,
  timeZone: workshop.timeZone,
  revision: workshop.revision,
  isLive: isLive(place, guest, workshop),
});

const toRef = ({ _id, cohortId }: Pick<RegistrationRow, '_id' | 'cohortId'>): GuestPlaceRef => ({
  id: String(_id),
  cohortId: String(cohortId),
});
