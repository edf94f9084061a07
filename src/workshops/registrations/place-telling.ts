import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import type { RegistrationStatus } from '../../contracts/workshops/workshops.js';
import { EventBus } from '../../infra/events/event-bus.js';
import { Outbox } from '../../infra/outbox/outbox.js';
import { Alarms } from '../../infra/queue/alarms.js';
import { defineJob } from '../../infra/queue/job-queues.js';
import type { WorkshopRow } from '../workshop.schema.js';
import {
  type PlacesChange,
  guestPlaceChanged,
  guestPlacesChanged,
  placesChanged,
  registrationChanged,
  registrationSwitched,
  workshopsChanged,
  workshopsReplanned,
} from '../workshops.events.js';
import { isToldByAct, newsOf } from './place-news.js';
import type { Change } from './places.js';

/** Alarms for the ends of offers, by workshop. */
export const workshopOffers = defineJob<{ id: string }>('workshop-offers', 'alarms');

/** The act on several dates by which somebody asked, by their id. */
export type ActOf = ReadonlyMap<string, string>;

/** Tells what became of places: what people are to hear is written with it; the process, its clients and the clock of offers hear of it after. */
@Injectable()
export class PlaceTelling {
  constructor(
    private readonly outbox: Outbox,
    private readonly alarms: Alarms,
    private readonly bus: EventBus,
  ) {}

  /** Writes down, in the transaction of the changes, whose places changed and whom to tell what: one row for members and one for guests, however many they are. */
  async write(
    row: Pick<WorkshopRow, '_id' | 'cohortId'>,
    changes: readonly Change[],
    { at, acts }: { at: Date; acts: ActOf },
    session: ClientSession,
  ): Promise<void> {
    const [guests, members] = [changes.filter(({ guest }) => guest), changes.filter(({ guest }) => !guest)];
    const factOf = (of: readonly Change[]) => changeOf(row, of, { at, acts });
    if (members.length > 0) await this.outbox.write(placesChanged, factOf(members), session);
    if (guests.length > 0) await this.outbox.write(guestPlacesChanged, factOf(guests), session);
  }

  /** Writes down, in the transaction of the changes, that workshops that others know of are otherwise now: one row for all of an act. */
  async writeChanged(
    changes: readonly { row: WorkshopRow; change: Partial<WorkshopRow> }[],
    session: ClientSession,
  ): Promise<void> {
    const known = changes.filter(({ row, change }) => isKnown({ ...row, ...change }) && Object.keys(change).length > 0);
    const [first] = known;
    if (!first) return;
    const workshopIds = known.map(({ row }) => String(row._id));
    await this.outbox.write(workshopsChanged, { cohortId: String(first.row.cohortId), workshopIds }, session);
  }

  /** Writes down, in the transaction of the changes, that people are to hear of workshops that were moved or called off: one row for all of an act. */
  async writeReplanned(
    changes: readonly { row: WorkshopRow; change: Partial<WorkshopRow> }[],
    session: ClientSession,
  ): Promise<void> {
    const replanned = changes.filter(({ row, change }) => isReplanned(row, change));
    if (replanned.length === 0) return;
    const workshopIds = replanned.map(({ row }) => String(row._id));
    const [act] = replanned.flatMap(({ row: { seriesId }, change: { seriesAct } }) =>
      seriesId && seriesAct ? [{ seriesId: String(seriesId), actId: String(seriesAct.id) }] : [],
    );
    await this.outbox.write(workshopsReplanned, { workshopIds, ...(act && { act }) }, session);
  }

  /** Tells the process, once it is written. */
  publish(row: Pick<WorkshopRow, '_id' | 'cohortId'>, changes: readonly Change[]): void {
    for (const { userId, from, to, promoted, lapsed, until, guest } of changes) {
      if (until !== null) void this.alarms.set(workshopOffers, row._id, new Date(until));
      const ids = { cohortId: String(row.cohortId), workshopId: String(row._id), userId };
      if (from === to) {
        if (!guest && SWITCHES.has(to)) this.bus.publish(registrationSwitched, ids);
      } else if (guest) this.bus.publish(guestPlaceChanged, { workshopId: ids.workshopId, guestId: userId });
      else this.bus.publish(registrationChanged, { ...ids, from, to, promoted, lapsed });
    }
  }
}

/** Whether others than its makers know of it. */
export const isKnown = ({ status }: Pick<WorkshopRow, 'status'>): boolean => status !== 'draft';

/** Whether others are to hear that it was moved or called off. What moves as a draft has moved for nobody. */
export const isReplanned = (
  row: Pick<WorkshopRow, 'status' | 'revision'>,
  { revision }: Partial<WorkshopRow>,
): boolean => row.status === 'published' && revision !== undefined && revision > row.revision;

/** The act by which somebody hears of this change, together with its other dates. */
export const actOf = (change: Change, acts: ActOf): string | undefined =>
  isToldByAct(newsOf(change)) ? acts.get(change.userId) : undefined;

function changeOf(
  { _id, cohortId }: Pick<WorkshopRow, '_id' | 'cohortId'>,
  changes: readonly Change[],
  { at, acts }: { at: Date; acts: ActOf },
): PlacesChange {
  const own = changes.filter((change) => !actOf(change, acts));
  const idsOf = (those: readonly Change[]) => those.map(({ userId }) => userId);
  return {
    ...{ cohortId: String(cohortId), workshopId: String(_id), at: at.getTime(), people: peopleByNews(own) },
    changed: idsOf(changes),
    offered: idsOf(changes.filter(({ from, to }) => from === 'offered' || to === 'offered')),
    marked: changes.some(({ from, to }) => from === 'attended' || to === 'attended'),
  };
}

function peopleByNews(changes: readonly Change[]): PlacesChange['people'] {
  const people: PlacesChange['people'] = {};
  for (const change of changes) {
    const what = newsOf(change);
    if (what) (people[what] ??= []).push(change.userId);
  }
  return people;
}

/** A change from one of these to the same is one between on site and online. */
const SWITCHES: ReadonlySet<RegistrationStatus> = new Set(['going', 'waitlisted']);
