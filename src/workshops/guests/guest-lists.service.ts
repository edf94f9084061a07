import { Injectable } from '@nestjs/common';
import type { ClientSession, Types } from 'mongoose';
import { UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock, DAY } from '../../common/times/clock.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { conflict, forbidden, invalidField, notFound } from '../../common/problem.js';
import type { AddGuest, Guest, Guests, GuestsQuery } from '../../contracts/workshops/guests.js';
import type { Attendance } from '../../contracts/workshops/workshops.js';
import { idOf, newId, toId } from '../../infra/mongo/ids.js';
import { checkInWindow, madeAt } from '../attendance/attendance.js';
import { refusal } from '../registrations/refusals.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { ManagersNow } from '../registrations/managers-now.js';
import { stateOf } from '../workshop.js';
import { mayManage } from '../workshops.policy.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsService } from '../workshops.service.js';
import { csvOfGuests } from './guests-csv.js';
import { GuestsRepository, type LetInGuest } from './guests.repository.js';
import { UNCONFIRMED_KEPT_MS, answersInWords, eraseAt, hasLeft } from './public-page.js';
import type { GuestRow } from './guest.schema.js';

const A_PAGE = 500;
/** Lists are written up the day after. */
const LET_IN_AFTER = DAY;
/** So many come in without having registered, however small the room is; else as many as there are places. */
const FEWEST_LET_IN = 30;

/** The guests of a workshop, for its hosts and staff only; and those who come in without having registered. */
@Injectable()
export class GuestLists {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly guests: GuestsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly managers: ManagersNow,
    private readonly users: UsersRepository,
    private readonly clock: Clock,
  ) {}

  /** A page of them, who never confirmed too. Throws 404, 403, 422 for a cursor that is not ours. */
  async list(actor: CohortActor, workshopId: string, { cursor }: GuestsQuery): Promise<Guests> {
    const row = await this.managed(actor, workshopId);
    return await this.page(row, actor, cursor === undefined ? null : placeOf(cursor));
  }

  /** All of them as a table (CSV) in the reader's language, a column for each question. Throws 404, 403. */
  async csv(actor: CohortActor, workshopId: string): Promise<string> {
    const row = await this.managed(actor, workshopId);
    const questions = (row.publicPage?.questions ?? []).map(({ label }) => label);
    const reader = await this.users.profile(idOf(actor.userId));
    const guests: Guest[] = [];
    let after: Types.ObjectId | null = null;
    do {
      const { items, nextCursor }: Guests = await this.page(row, actor, after);
      guests.push(...items);
      after = nextCursor === null ? null : placeOf(nextCursor);
    } while (after);
    return csvOfGuests(guests, questions, reader?.locale ?? 'en');
  }

  private async page(row: WorkshopRow, actor: CohortActor, after: Types.ObjectId | null): Promise<Guests> {
    const isLive = actor.cohortState === 'running';
    const { items, nextCursor } = pageOf(
      await this.guests.ofWorkshop(row._id, after, A_PAGE + 1),
      A_PAGE,
      ({ _id }) => [String(_id)],
    );
    const places = await this.registrations.ofPeople(
      row._id,
      items.map(({ _id }) => _id),
    );
    const standing = new Map(places.map((one) => [String(one.userId), one]));
    const mayEnd = (place: RegistrationRow | undefined) => isLive && mayEndPlace(row, place, this.clock.now());
    return {
      items: items.map((guest) => {
        const place = standing.get(String(guest._id));
        return { ...present(row, guest, place), abilities: { end: mayEnd(place) && !hasLeft(guest) } };
      }),
      nextCursor,
    };
  }

  /**
   * Somebody from outside is there without having registered, told until a day after the end. Sent again with the same key, nothing more. Throws 404, 403, 409 `too_early`,
   * `guests_too_late`, `too_many_guests`, `not_published`, `cancelled`, `cohort_closed`.
   */
  async letIn(actor: CohortActor, workshopId: string, { name, key, ...made }: AddGuest): Promise<Attendance> {
    const row = await this.workshops.managed(actor, workshopId);
    const now = this.clock.now();
    if (row.status !== 'published') throw refusal(row.status === 'draft' ? 'not_published' : 'cancelled');
    const { from } = checkInWindow({ startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime() });
    if (now.getTime() < from) throw refusal('too_early');
    if (now.getTime() > row.endsAt.getTime() + LET_IN_AFTER)
      throw conflict('guests_too_late', 'Who came from outside is said until a day after the end.');
    const guest: LetInGuest = {
      ...{ _id: newId(), cohortId: row.cohortId, workshopId: row._id, key, name, locale: 'fr', mode: null },
      ...{ timeZone: row.timeZone, companionId: newId(), plusOne: false, answers: {} },
      ...{ askedAt: now, confirmedAt: now, eraseAt: eraseAt(row) },
    };
    return await this.seat(actor, row, guest, madeAt(made, now));
  }

  /** Counted and written once the workshop is taken, so that many at once are no more than there may be. */
  private async seat(actor: CohortActor, row: WorkshopRow, guest: LetInGuest, at: number): Promise<Attendance> {
    const known = await this.guests.byKey(row._id, guest.key);
    const most = mostLetIn(row);
    let barrier: 'known' | 'full' | null = null;
    const before = async (session: ClientSession) => {
      if (known) return true;
      if (await this.guests.byKey(row._id, guest.key, session)) barrier = 'known';
      else barrier = (await this.guests.countLetIn(row._id, most, session)) >= most ? 'full' : null;
      if (barrier === null) await this.guests.letIn(guest, session);
      return barrier === null;
    };
    const userId = String(known?._id ?? guest._id);
    const ask = { kind: 'mark', userId, as: 'attended', at, guest: true } as const;
    const answer = await this.managers.asking(actor)(String(row._id), ask, { before });
    if (isBarrier(barrier, 'full')) throw conflict('too_many_guests', 'No more are let in.', { maximum: most });
    if (isBarrier(barrier, 'known')) return await this.seat(actor, row, guest, at);
    if (answer.kind !== 'stands') throw refusal(answer.kind === 'refused' ? answer.because : 'cancelled');
    return { userId, status: answer.status };
  }

  /**
   * Takes the place of a guest, and of whom they bring along, or their place in line; they hear of it, and may ask again. Again: nothing. Throws 404, 403, 409
   * `cohort_closed`, `over`, `cancelled`, `already_marked`.
   */
  async end(actor: CohortActor, workshopId: string, guestId: string): Promise<void> {
    const row = await this.workshops.managed(actor, workshopId);
    const id = toId(guestId);
    const guest = id && (await this.guests.byId(id));
    if (!guest?.workshopId.equals(row._id)) throw notFound();
    const others = [String(guest.companionId)];
    const ask = { kind: 'leave', userId: guestId, others, byId: actor.userId } as const;
    const answer = await this.managers.asking(actor)(workshopId, ask, {
      after: async (session) => {
        const now = this.clock.now();
        const until = new Date(now.getTime() + UNCONFIRMED_KEPT_MS);
        if (guest.confirmedAt && !hasLeft(guest)) await this.guests.leave(guest._id, now, until, session);
      },
    });
    if (answer.kind === 'refused') throw refusal(answer.because);
  }

  private async managed(actor: CohortActor, workshopId: string): Promise<WorkshopRow> {
    const row = await this.workshops.seen(actor, workshopId);
    if (!mayManage(actor, row)) throw forbidden();
    return row;
  }
}

/** How many a workshop lets in beside those who registered. */
const mostLetIn = ({ capacity, onlineCapacity }: WorkshopRow) =>
  Math.max(FEWEST_LET_IN, capacity + (onlineCapacity ?? 0));

/** What was found while the workshop was taken; a closure set it. */
const isBarrier = (found: string | null, which: string) => found === which;

/** Where a page ended. Throws 422 for a cursor that is not ours. */
function placeOf(cursor: string): Types.ObjectId {
  const id = toId(String(decodeCursor(cursor, 1)[0]));
  if (!id) throw invalidField('/cursor', 'wrong_format');
  return id;
}

/** Before it starts: from then on nobody moves up, and it is marked who was there. */
function mayEndPlace(row: WorkshopRow, place: RegistrationRow | undefined, now: Date): boolean {
  if (!place || stateOf(row, now) !== 'open') return false;
  return place.status === 'going' || place.status === 'waitlisted' || place.status === 'offered';
}

function present(row: WorkshopRow, guest: GuestRow, place: RegistrationRow | undefined): Omit<Guest, 'abilities'> {
  return {
    id: String(guest._id),
    name: guest.name,
    email: guest.email ?? null,
    plusOne: guest.plusOne,
    status: place && place.status !== 'cancelled' ? place.status : null,
    leftAt: hasLeft(guest, place?.status) ? (guest.leftAt?.toISOString() ?? null) : null,
    answers: answersInWords(row.publicPage?.questions ?? [], guest.answers),
    askedAt: guest.askedAt.toISOString(),
    refused: guest.refusedAt ? { at: guest.refusedAt.toISOString(), answer: guest.answer ?? null } : null,
  };
}
