import { Injectable } from '@nestjs/common';
import { idOf } from '../infra/mongo/ids.js';
import { RegistrationsRepository, STANDING } from './registrations.repository.js';
import { type WorkshopStamp, WorkshopsRepository } from './workshops.repository.js';

/**
 * Whether the workshops of a person or a cohort are as they were, without reading what is in them. Every write to a workshop raises its
 * version, so two equal lists mean equal workshops.
 */
@Injectable()
export class WorkshopStamps {
  constructor(
    private readonly workshops: WorkshopsRepository,
    private readonly registrations: RegistrationsRepository,
  ) {}

  /** Of what a person goes to, waits for or hosts, and how they stand to it, in [from, to). */
  async ofPerson(userId: string, from: Date, to: Date): Promise<string[]> {
    const registrations = await this.registrations.standingsOf(idOf(userId), STANDING);
    const [hosted, joined] = await Promise.all([
      this.workshops.stamps({ hosts: idOf(userId) }, from, to),
      this.workshops.stamps({ _id: { $in: registrations.map((row) => row.workshopId) } }, from, to),
    ]);
    const standing = new Map(registrations.map((row) => [String(row.workshopId), row.status]));
    return [
      ...hosted.map((row) => `${stampOf(row)} host`),
      ...joined.map((row) => `${stampOf(row)} ${standing.get(String(row._id)) ?? ''}`),
    ];
  }

  /** Of the workshops of a cohort (with a tag) and how a person stands to them, in [from, to). */
  async inCohort(cohortId: string, userId: string, from: Date, to: Date, tag: string | null): Promise<string[]> {
    const [rows, registrations] = await Promise.all([
      this.workshops.stamps({ cohortId: idOf(cohortId), ...(tag !== null && { tags: tag }) }, from, to),
      this.registrations.standingsOf(idOf(userId), STANDING),
    ]);
    const standing = new Map(registrations.map((row) => [String(row.workshopId), row.status]));
    // Who hosts it is in the workshop, and so in its version.
    return rows.map((row) => `${stampOf(row)} ${standing.get(String(row._id)) ?? ''}`);
  }
}

const stampOf = ({ _id, status, version, changedAt }: WorkshopStamp) =>
  `${String(_id)} ${status} ${version} ${changedAt.getTime()}`;
