import { Injectable } from '@nestjs/common';
import type { Types } from 'mongoose';
import { UsersRepository } from '../../auth/users.repository.js';
import type { CohortActor } from '../../common/actor.js';
import { Clock } from '../../common/times/clock.js';
import { decodeCursor, pageOf } from '../../common/cursor.js';
import { forbidden, invalidField } from '../../common/problem.js';
import type { AddGuest, Guest, Guests, GuestsQuery } from '../../contracts/workshops/guests.js';
import type { Attendance } from '../../contracts/workshops/workshops.js';
import { idOf, toId } from '../../infra/mongo/ids.js';
import { checkInWindow, madeAt } from '../attendance/attendance.js';
import { refusal } from '../registrations/refusals.js';
import { PlacesService } from '../registrations/places.service.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';
import { RegistrationsRepository } from '../registrations/registrations.repository.js';
import { mayManage } from '../workshops.policy.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsService } from '../workshops.service.js';
import { csvOfGuests } from './guests-csv.js';
import { GuestsRepository } from './guests.repository.js';
import { answersInWords, eraseAt } from './public-page.js';
import type { GuestRow } from './guest.schema.js';

const A_PAGE = 500;

/** The guests of a workshop, for its hosts and staff only; and those who come in without having registered. */
@Injectable()
export class GuestLists {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly guests: GuestsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly places: PlacesService,
    private readonly users: UsersRepository,
    private readonly clock: Clock,
  ) {}

  /** A page of them, who never confirmed too. Throws 404, 403, 422 for a cursor that is not ours. */
  async list(actor: CohortActor, workshopId: string, { cursor }: GuestsQuery): Promise<Guests> {
    const row = await this.managed(actor, workshopId);
    return await this.page(row, cursor === undefined ? null : placeOf(cursor));
  }

  /** All of them as a table (CSV) in the reader's language, a column for each question. Throws 404, 403. */
  async csv(actor: CohortActor, workshopId: string): Promise<string> {
    const row = await this.managed(actor, workshopId);
    const questions = (row.publicPage?.questions ?? []).map(({ label }) => label);
    const reader = await this.users.profile(idOf(actor.userId));
    const guests: Guest[] = [];
    let after: Types.ObjectId | null = null;
    do {
      const { items, nextCursor }: Guests = await this.page(row, after);
      guests.push(...items);
      after = nextCursor === null ? null : placeOf(nextCursor);
    } while (after);
    return csvOfGuests(guests, questions, reader?.locale ?? 'en');
  }

  private async page(row: WorkshopRow, after: Types.ObjectId | null): Promise<Guests> {
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
    return { items: items.map((guest) => present(row, guest, standing.get(String(guest._id)))), nextCursor };
  }

  /**
   * Somebody from outside is there without having registered. Sent again with the same key, nothing more. Throws 404, 403, 409 `too_early`,
   * `not_published`, `cancelled`, `cohort_closed`.
   */
  async letIn(actor: CohortActor, workshopId: string, { name, key, ...made }: AddGuest): Promise<Attendance> {
    const row = await this.workshops.managed(actor, workshopId);
    const now = this.clock.now();
    if (row.status !== 'published') throw refusal(row.status === 'draft' ? 'not_published' : 'cancelled');
    const { from } = checkInWindow({ startsAt: row.startsAt.getTime(), endsAt: row.endsAt.getTime() });
    if (now.getTime() < from) throw refusal('too_early');
    const guest = await this.guests.letIn({
      ...{ cohortId: row.cohortId, workshopId: row._id, key, name, locale: 'fr', timeZone: row.timeZone, mode: null },
      ...{ plusOne: false, answers: {}, askedAt: now, confirmedAt: now, eraseAt: eraseAt(row) },
    });
    const userId = String(guest._id);
    const at = madeAt(made, now);
    const answer = await this.places.ask(workshopId, { kind: 'mark', userId, as: 'attended', at, guest: true });
    if (answer.kind !== 'stands') throw refusal(answer.kind === 'refused' ? answer.because : 'cancelled');
    return { userId, status: answer.status };
  }

  private async managed(actor: CohortActor, workshopId: string): Promise<WorkshopRow> {
    const row = await this.workshops.seen(actor, workshopId);
    if (!mayManage(actor, row)) throw forbidden();
    return row;
  }
}

/** Where a page ended. Throws 422 for a cursor that is not ours. */
function placeOf(cursor: string): Types.ObjectId {
  const id = toId(String(decodeCursor(cursor, 1)[0]));
  if (!id) throw invalidField('/cursor', 'wrong_format');
  return id;
}

function present(row: WorkshopRow, guest: GuestRow, place: RegistrationRow | undefined): Guest {
  return {
    id: String(guest._id),
    name: guest.name,
    email: guest.email ?? null,
    plusOne: guest.plusOne,
    status: place && place.status !== 'cancelled' ? place.status : null,
    leftAt: guest.leftAt?.toISOString() ?? null,
    answers: answersInWords(row.publicPage?.questions ?? [], guest.answers),
    askedAt: guest.askedAt.toISOString(),
    refused: guest.refusedAt ? { at: guest.refusedAt.toISOString(), answer: guest.answer ?? null } : null,
  };
}
