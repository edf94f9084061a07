import type { Locale } from '../contracts/primitives.js';
import type { PlainFields } from '../contracts/workshops/workshop-fields.js';
import type { IcsEntry } from './ics.js';
import { LEVEL_WORDS } from './level-words.js';
import { milestoneName } from './milestone-names.js';

/** Whose calendar it stands in: their language and zone. */
export interface EntryReader {
  locale: Locale;
  timeZone: string;
}

interface Timed {
  id: string;
  cohortId: string;
  startsAt: Date;
  endsAt: Date;
  /** From 1; each move and the end raise it. */
  revision: number;
  changedAt: Date;
}

/** What of a workshop stands in a calendar. `link` is given only for who may read it. */
export interface WorkshopForCalendar extends Timed, PlainFields {
  cancelReason: string | null;
  isCancelled: boolean;
  /** The address of its page for who is no member; absent: the members' own. */
  page?: string;
}

/** What of a session stands in a calendar. `with` names the others. */
export interface SessionForCalendar extends Timed {
  with: readonly string[];
  text: string;
  link: string | null;
  isCancelled: boolean;
}

/** What of a milestone stands in a calendar: a whole day. `revision` counts from 0. */
export interface MilestoneForCalendar {
  id: string;
  cohortId: string;
  title: string | null;
  titleKey: string | null;
  on: string;
  revision: number;
  changedAt: Date;
}

/** Whether the time is theirs: `sure` blocks it, `waiting` does not yet, `open` is theirs to join. */
export type Hold = 'sure' | 'waiting' | 'open';

const WORDS: Record<
  Locale,
  {
    session: string;
    sessionWith: (names: string) => string;
    waiting: (title: string) => string;
    fact: (label: string, value: string) => string;
  }
> = {
  en: {
    session: 'Coaching session',
    sessionWith: (names) => `Coaching session with ${names}`,
    waiting: (title) => `Waiting list: ${title}`,
    fact: (label, value) => `${label}: ${value}`,
  },
  fr: {
    session: 'Séance de coaching',
    sessionWith: (names) => `Séance de coaching avec ${names}`,
    waiting: (title) => `Liste d’attente\u00a0: ${title}`,
    fact: (label, value) => `${label}\u00a0: ${value}`,
  },
};

/** A workshop as it stands in feed, mail and file alike, so that a calendar that gets it twice has one entry. `webUrl`: where the web app lives. */
export function workshopInCalendar(
  workshop: WorkshopForCalendar,
  hold: Hold,
  reader: Pick<EntryReader, 'locale'>,
  webUrl: string,
): IcsEntry {
  const { id, title, startsAt, endsAt, timeZone } = workshop;
  const page = workshop.page ?? pageOf(workshop.cohortId, `workshops/${id}`, webUrl);
  return {
    kind: 'workshop',
    id,
    sequence: workshop.revision - 1,
    title: hold === 'waiting' ? WORDS[reader.locale].waiting(title) : title,
    description: withPage(workshop.cancelReason ?? textOf(workshop, reader.locale), page),
    place: workshop.place ?? workshop.link,
    link: workshop.link ?? page,
    time: { startsAt, endsAt, timeZone },
    status: workshop.isCancelled ? 'cancelled' : hold === 'sure' ? 'confirmed' : 'tentative',
    tags: workshop.tags,
    changedAt: workshop.changedAt,
  };
}

/** A session as it stands in the calendar of one of its people, in their zone. */
export function sessionInCalendar(session: SessionForCalendar, reader: EntryReader, webUrl: string): IcsEntry {
  const words = WORDS[reader.locale];
  const page = pageOf(session.cohortId, `coaching/sessions/${session.id}`, webUrl);
  return {
    kind: 'session',
    id: session.id,
    sequence: session.revision - 1,
    title: session.with.length > 0 ? words.sessionWith(session.with.join(', ')) : words.session,
    description: withPage(session.text, page),
    place: session.link,
    link: session.link ?? page,
    time: { startsAt: session.startsAt, endsAt: session.endsAt, timeZone: reader.timeZone },
    status: session.isCancelled ? 'cancelled' : 'confirmed',
    changedAt: session.changedAt,
  };
}

/** A milestone as the whole day it is, in the reader's language. */
export function milestoneInCalendar(
  milestone: MilestoneForCalendar,
  reader: Pick<EntryReader, 'locale'>,
  webUrl: string,
): IcsEntry {
  const page = pageOf(milestone.cohortId, 'calendar', webUrl);
  return {
    kind: 'milestone',
    id: milestone.id,
    sequence: milestone.revision,
    title: milestoneName(milestone, reader.locale),
    description: page,
    link: page,
    time: { on: milestone.on },
    status: 'confirmed',
    changedAt: milestone.changedAt,
  };
}

/** For whom it is, and what. */
function textOf({ level, description }: WorkshopForCalendar, locale: Locale): string {
  const { label, names } = LEVEL_WORDS[locale];
  const said = level && `${WORDS[locale].fact(label, names[level])}\n\n`;
  return `${said ?? ''}${description}`.trim();
}

const withPage = (text: string, page: string) => (text ? `${text}\n\n${page}` : page);
const pageOf = (cohortId: string, path: string, webUrl: string) =>
  new URL(path, new URL(`/c/${cohortId}/`, webUrl)).href;
