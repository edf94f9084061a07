import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { People } from '../../auth/people.js';
import type { CohortActor } from '../../common/actor.js';
import { conflict, invalidField } from '../../common/problem.js';
import type { CheckIn, CheckedIn } from '../../contracts/workshops/check-ins.js';
import { toId } from '../../infra/mongo/ids.js';
import { GuestNames } from '../guests/guest-names.js';
import { GuestsRepository } from '../guests/guests.repository.js';
import { hasLeft } from '../guests/public-page.js';
import { ManagersNow } from '../registrations/managers-now.js';
import { refusal } from '../registrations/refusals.js';
import { type PlaceRow, RegistrationsRepository } from '../registrations/registrations.repository.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { maySee } from '../workshops.policy.js';
import { WorkshopsRepository } from '../workshops.repository.js';
import { WorkshopsService } from '../workshops.service.js';
import { Passes } from './passes.js';

/** Whose place it is; `order`: the turn for which the pass was made, null where there was none. */
interface Shown {
  row: PlaceRow;
  order: number | null;
}

type Somebody = Pick<CheckedIn, 'person' | 'guest'>;

/** Who comes in at the door, one after the other: by the pass on their screen, or by name. Marked in the same way as by the list. */
@Injectable()
export class CheckIns {
  constructor(
    private readonly workshops: WorkshopsService,
    private readonly rows: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
    private readonly managers: ManagersNow,
    private readonly people: People,
    private readonly guests: GuestsRepository,
    private readonly guestNames: GuestNames,
    private readonly passes: Passes,
  ) {}

  /**
   * Says that somebody is there; said again, since when. Throws 404, 403, 422 `unknown_pass`, 409 `other_workshop`, `given_back`, `no_place`, `too_early`, `not_published`, `cancelled`,
   * `cohort_closed`.
   */
  async checkIn(actor: CohortActor, workshopId: string, { pass, userId }: CheckIn): Promise<CheckedIn> {
    const workshop = await this.workshops.managed(actor, workshopId);
    const { row, order } =
      pass === undefined ? await this.named(workshop, userId) : await this.read(actor, workshop, pass);
    const somebody = await this.known(row);
    const ask = { kind: 'scan', userId: String(row.userId), order } as const;
    const before = (session: ClientSession) => this.stillComes(row, session);
    const answer = await this.managers.asking(actor)(String(workshop._id), ask, row.guest ? { before } : {});
    if (answer.kind === 'stands') {
      const since = answer.markedAt === undefined ? null : new Date(answer.markedAt).toISOString();
      return { userId: ask.userId, ...somebody, was: answer.was ?? answer.status, since };
    }
    const because = answer.kind === 'refused' ? answer.because : 'given_back';
    throw because === 'given_back' ? givenBack(somebody) : refusal(because);
  }

  /** Chosen from the list of who comes. */
  private async named(workshop: WorkshopRow, userId = ''): Promise<Shown> {
    const id = toId(userId);
    const row = id && (await this.registrations.find(workshop._id, id));
    if (!row) throw refusal('no_place');
    return { row, order: null };
  }

  private async read(actor: CohortActor, workshop: WorkshopRow, typed: string): Promise<Shown> {
    const pass = this.passes.read(typed);
    if (pass?.kind === 'short') {
      const row = (await this.registrations.placesOf(workshop._id)).find((one) => pass.isOf(one));
      if (!row) throw unknownPass();
      return { row, order: row.order };
    }
    const id = pass && toId(pass.placeId);
    const [row] = id ? await this.registrations.byIds([id]) : [];
    if (!row || !pass) throw unknownPass();
    if (!row.workshopId.equals(workshop._id)) throw await this.elsewhere(actor, row);
    if (!pass.isOf(row)) throw givenBack(await this.known(row));
    return { row, order: row.order };
  }

  /** Which workshop of this cohort a pass is for; of another cohort nothing is known here. */
  private async elsewhere(actor: CohortActor, { workshopId, cohortId }: PlaceRow) {
    const other = String(cohortId) === actor.cohortId ? await this.rows.inCohort(cohortId, workshopId) : null;
    if (!other || !maySee(actor, other)) return unknownPass();
    const { title, startsAt } = other;
    const said = { title, startsAt: startsAt.toISOString() };
    return conflict('other_workshop', 'It is for another workshop.', said);
  }

  /** Throws 422 for who was erased. */
  private async known(row: PlaceRow): Promise<Somebody> {
    const id = String(row.userId);
    if (!row.guest) {
      const person = (await this.people.byId([id])).get(id);
      if (person) return { person };
    }
    const guest = (await this.guestNames.of([row])).get(id);
    if (!guest) throw unknownPass();
    return { person: guest.person, guest: guest.as };
  }

  /** Whether a guest, or who brings them along, has not left: after the start the books keep such a place. */
  private async stillComes({ workshopId, userId }: PlaceRow, session: ClientSession): Promise<boolean> {
    const [place] = await this.registrations.ofPeople(workshopId, [userId], session);
    const [guest] = await this.guests.byIds([userId], session);
    const [bringing] = guest ? [guest] : await this.guests.ofCompanions([userId], session);
    return bringing !== undefined && !hasLeft(bringing, place?.status);
  }
}

const unknownPass = () => invalidField('/pass', 'unknown_pass');

const givenBack = ({ person }: Somebody) => conflict('given_back', 'The place was given back.', { name: person.name });
