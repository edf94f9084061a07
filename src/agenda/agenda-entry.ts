import {
  type EntryReader,
  type Hold,
  milestoneInCalendar,
  sessionInCalendar,
  workshopInCalendar,
} from '../calendar/calendar-entry.js';
import type { IcsEntry } from '../calendar/ics.js';
import type { MilestoneDay } from '../cohorts/timeline/milestones.service.js';
import type { AgendaItem } from '../contracts/calendar.js';
import type { Person } from '../contracts/primitives.js';
import { instantAt, plusDays } from '../common/times/zoned.js';
import type { SessionFacts } from '../mentoring/sessions/sessions.reader.js';
import type { WorkshopFacts } from '../workshops/workshop-facts.js';
import type { WorkshopOfPerson } from '../workshops/workshops.reader.js';

/** One thing in an agenda, before it is a reply or a line of iCalendar. */
export interface AgendaEntry extends Omit<AgendaItem, 'startsAt' | 'endsAt' | 'people' | 'overlaps' | 'abilities'> {
  startsAt: Date;
  endsAt: Date;
  peopleIds: string[];
  /** What a calendar program shows below a session: plain text or markdown as typed. */
  text: string;
  workshop?: WorkshopFacts;
  changedAt: Date;
}

/** A workshop in the agenda of somebody: `link` is theirs only when they have a place, host it, or `readsLink` (staff). */
export function workshopEntry(
  workshop: WorkshopFacts,
  as: WorkshopOfPerson['as'] | null,
  more: { position?: number | undefined; readsLink?: boolean } = {},
): AgendaEntry {
  const mine = standing(as);
  return {
    kind: 'workshop',
    id: workshop.id,
    cohortId: workshop.cohortId,
    title: workshop.title,
    titleKey: null,
    startsAt: workshop.startsAt,
    endsAt: workshop.endsAt,
    on: null,
    timeZone: workshop.timeZone,
    status: workshop.status,
    mine,
    position: mine === 'waitlisted' ? (more.position ?? null) : null,
    place: workshop.place,
    link: mine === 'going' || mine === 'host' || more.readsLink ? workshop.link : null,
    peopleIds: workshop.hosts,
    workshopKind: workshop.kind,
    going: workshop.going,
    capacity: workshop.capacity + (workshop.onlineCapacity ?? 0),
    text: '',
    workshop,
    revision: workshop.revision,
    changedAt: workshop.changedAt,
  };
}

/** How an agenda names it. */
export function standing(as: WorkshopOfPerson['as'] | null): AgendaItem['mine'] {
  if (as === null) return 'none';
  if (as === 'hosting') return 'host';
  return as === 'waitlisted' || as === 'offered' ? 'waitlisted' : 'going';
}

/** A session of mine; its zone is the cohort's. */
export function sessionEntry(session: SessionFacts, userId: string, timeZone: string): AgendaEntry {
  return {
    kind: 'session',
    id: session.id,
    cohortId: session.cohortId,
    title: null,
    titleKey: null,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    on: null,
    timeZone,
    status: session.status,
    mine: session.coachId === userId || session.secondCoachId === userId ? 'coach' : 'participant',
    position: null,
    place: null,
    link: session.link,
    peopleIds: [session.coachId, ...(session.secondCoachId ? [session.secondCoachId] : []), ...session.participantIds],
    workshopKind: null,
    going: null,
    capacity: null,
    text: session.cancelReason ?? session.need,
    revision: session.revision,
    changedAt: session.changedAt,
  };
}

/** A milestone as the whole day it is in the cohort's zone. */
export function milestoneEntry(milestone: MilestoneDay, timeZone: string): AgendaEntry {
  return {
    kind: 'milestone',
    id: milestone.id,
    cohortId: milestone.cohortId,
    title: milestone.title,
    titleKey: milestone.titleKey,
    startsAt: instantAt(milestone.on, '00:00', timeZone),
    endsAt: instantAt(plusDays(milestone.on, 1), '00:00', timeZone),
    on: milestone.on,
    timeZone,
    status: 'planned',
    mine: 'none',
    position: null,
    place: null,
    link: null,
    peopleIds: [],
    workshopKind: null,
    going: null,
    capacity: null,
    text: '',
    revision: milestone.revision,
    changedAt: milestone.changedAt,
  };
}

/** Time order; on one instant milestones first, then by id, so that the order never changes by itself. */
export function inTimeOrder<Entry extends Pick<AgendaEntry, 'startsAt' | 'kind' | 'id'>>(
  entries: readonly Entry[],
): Entry[] {
  return [...entries].sort(
    (a, b) =>
      a.startsAt.getTime() - b.startsAt.getTime() ||
      Number(b.kind === 'milestone') - Number(a.kind === 'milestone') ||
      a.id.localeCompare(b.id),
  );
}

/** The entry as the API speaks it. */
export function toItem(
  entry: AgendaEntry,
  faces: ReadonlyMap<string, Person>,
  overlaps: AgendaItem['overlaps'],
  move: boolean,
): AgendaItem {
  const { startsAt, endsAt, peopleIds, ...rest } = entry;
  const { text: _text, workshop: _workshop, changedAt: _changedAt, ...item } = rest;
  return {
    ...item,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    people: peopleIds.flatMap((id) => faces.get(id) ?? []),
    overlaps,
    abilities: { move },
  };
}

/** Whose calendar it is. */
export interface FeedReader extends EntryReader {
  id: string;
}

/** The entry as a calendar program shows it to its reader. `webUrl` is where the web app lives. */
export function toIcs(
  entry: AgendaEntry,
  reader: FeedReader,
  faces: ReadonlyMap<string, Person>,
  webUrl: string,
): IcsEntry {
  const isCancelled = entry.status === 'cancelled';
  if (entry.kind === 'milestone') return milestoneInCalendar({ ...entry, on: entry.on ?? '' }, reader, webUrl);
  if (entry.workshop)
    return workshopInCalendar({ ...entry.workshop, link: entry.link, isCancelled }, holdOf(entry), reader, webUrl);
  const others = entry.peopleIds.filter((id) => id !== reader.id).flatMap((id) => faces.get(id)?.name ?? []);
  return sessionInCalendar({ ...entry, with: others, isCancelled }, reader, webUrl);
}

function holdOf({ mine }: AgendaEntry): Hold {
  if (mine === 'none') return 'open';
  return mine === 'waitlisted' ? 'waiting' : 'sure';
}
