import { Injectable } from '@nestjs/common';
import type { Person } from '../../contracts/primitives.js';
import type { Registration } from '../../contracts/workshops/workshops.js';
import type { RegistrationRow } from '../registrations/registration.schema.js';
import { GuestsRepository } from './guests.repository.js';

/** A guest, or whom they bring along (by the name of who brings them). */
interface GuestName {
  person: Person;
  as: NonNullable<Registration['guest']>;
}

/** Guests as they stand in a list of who comes. */
@Injectable()
export class GuestNames {
  constructor(private readonly guests: GuestsRepository) {}

  /** Those of some registrations who are guests, or come along with one; who was erased is left out. */
  async of(rows: readonly Pick<RegistrationRow, 'userId' | 'guest'>[]): Promise<Map<string, GuestName>> {
    const ids = rows.flatMap((row) => (row.guest ? [row.userId] : []));
    if (ids.length === 0) return new Map();
    const [guests, bringing] = await Promise.all([this.guests.byIds(ids), this.guests.ofCompanions(ids)]);
    const named = new Map<string, GuestName>();
    for (const { _id, name } of guests) named.set(String(_id), nameOf(String(_id), name, 'guest'));
    for (const { companionId: id, name } of bringing) named.set(String(id), nameOf(String(id), name, 'along'));
    return named;
  }
}

const nameOf = (id: string, name: string, as: GuestName['as']): GuestName => ({
  person: { id, name, avatarUrl: null },
  as,
});
