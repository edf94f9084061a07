import type { PlainFields } from '../contracts/workshops/workshop-fields.js';
import type { WorkshopStatus } from '../contracts/workshops/workshops.js';
import { plainOf } from './workshop-fields.js';
import type { WorkshopRow } from './workshop.schema.js';

/**
 * A workshop as the rooms after this one see it, `timeZone` being the one in which it was planned. Whoever shows `link` must know that the
 * person is going, hosts or is staff.
 */
export interface WorkshopFacts extends PlainFields {
  id: string;
  cohortId: string;
  startsAt: Date;
  endsAt: Date;
  hosts: string[];
  status: WorkshopStatus;
  cancelReason: string | null;
  going: number;
  waitlisted: number;
  /** Rises when time or place change: SEQUENCE of its calendar entry, revision of its reminders. */
  revision: number;
  /** The revision in which it was published: with a later one it has moved for others. Of a draft it says nothing. */
  publishedRevision: number;
  /** When the letters of its last move leave; null where it never moved. */
  moveToldAt: Date | null;
  channelId: string | null;
  changedAt: Date;
  /** The series of which it is a date. */
  seriesId: string | null;
  /** The act on several dates that made it what it is in this revision; null where it was changed by itself. */
  actId: string | null;
}

/** Of dates that were added to a published series, and of rows of before the published one was kept. */
const FIRST_REVISION = 1;

/** What is told of a row. */
export function toFacts(row: WorkshopRow): WorkshopFacts {
  return {
    ...plainOf(row),
    id: String(row._id),
    cohortId: String(row.cohortId),
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    hosts: row.hosts.map(String),
    status: row.status,
    cancelReason: row.cancelReason ?? null,
    going: row.going.onsite + row.going.online,
    waitlisted: row.waitlisted.onsite + row.waitlisted.online,
    revision: row.revision,
    publishedRevision: row.publishedRevision ?? FIRST_REVISION,
    moveToldAt: row.moveToldAt ?? null,
    channelId: row.channelId ? String(row.channelId) : null,
    changedAt: row.changedAt,
    seriesId: row.seriesId ? String(row.seriesId) : null,
    actId: row.seriesAct?.revision === row.revision ? String(row.seriesAct.id) : null,
  };
}
