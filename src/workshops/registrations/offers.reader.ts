import { Injectable } from '@nestjs/common';
import { idOf, toIds } from '../../infra/mongo/ids.js';
import type { RegistrationRow } from './registration.schema.js';
import { RegistrationsRepository } from './registrations.repository.js';
import type { WorkshopRow } from '../workshop.schema.js';
import { WorkshopsRepository } from '../workshops.repository.js';

/** A place of a workshop as it is (or was) held for a member. `isOpen`: they have not answered. */
export interface OfferFacts {
  /** That of their registration. */
  id: string;
  cohortId: string;
  userId: string;
  isOpen: boolean;
  heldAt: Date;
  /** Never after the start. */
  lapsesAt: Date;
  workshop: Pick<WorkshopRow, 'title' | 'startsAt' | 'endsAt' | 'status'> & {
    id: string;
    cohortId: string;
    place: string | null;
  };
}

type OfferRef = Pick<OfferFacts, 'id' | 'cohortId'>;

/** What reminders ask about places that are held for members; those of guests have letters of their own. No rights are checked here: callers do. */
@Injectable()
export class OffersReader {
  constructor(
    private readonly registrations: RegistrationsRepository,
    private readonly workshops: WorkshopsRepository,
  ) {}

  /** As they stand now; one that was answered is among them. Two queries. */
  async byIds(ids: readonly string[]): Promise<OfferFacts[]> {
    const rows = await this.registrations.byIds(toIds(ids));
    const workshops = await this.workshops.byIds(rows.map(({ workshopId }) => workshopId));
    const byId = new Map(workshops.map((workshop) => [String(workshop._id), workshop]));
    return rows.flatMap((row) => {
      const workshop = byId.get(String(row.workshopId));
      return workshop ? [toFacts(row, workshop)] : [];
    });
  }

  /** What is held for a person, in all cohorts. */
  async ofPerson(userId: string): Promise<OfferRef[]> {
    return (await this.registrations.ofPerson(idOf(userId), ['offered'])).map(toRef);
  }

  /** What is held in a cohort and does not lapse before an instant. */
  async inCohort(cohortId: string, from: Date): Promise<OfferRef[]> {
    return (await this.registrations.offersIn(idOf(cohortId), from)).map(toRef);
  }

  /** What is held of a workshop; of some people how they stand there, whatever they answered. */
  async ofWorkshop(workshopId: string, userIds?: readonly string[]): Promise<OfferRef[]> {
    const rows =
      userIds === undefined
        ? await this.registrations.offersOf(idOf(workshopId))
        : await this.registrations.ofPeople(idOf(workshopId), toIds(userIds));
    return rows.map(toRef);
  }
}

const toRef = ({ _id, cohortId }: Pick<RegistrationRow, '_id' | 'cohortId'>): OfferRef => ({
  id: String(_id),
  cohortId: String(cohortId),
});

function toFacts(row: RegistrationRow, workshop: WorkshopRow): OfferFacts {
  const { title, startsAt, endsAt, status, place } = workshop;
  const { offeredUntil } = row;
  return {
    ...toRef(row),
    userId: String(row.userId),
    isOpen: row.status === 'offered' && !row.guest,
    heldAt: row.changedAt,
    lapsesAt: offeredUntil && offeredUntil < startsAt ? offeredUntil : startsAt,
    workshop: {
      id: String(workshop._id),
      cohortId: String(workshop.cohortId),
      title,
      startsAt,
      endsAt,
      status,
      place: place ?? null,
    },
  };
}
