import { Injectable } from '@nestjs/common';
import { DAY } from '../../common/times/clock.js';
import { ZoneOffsets, mondayOf, plainDateOf, weekOf } from '../../common/times/zone-offsets.js';
import type { SessionStatus } from '../../contracts/mentoring/mentoring.js';
import type { Ask } from '../../infra/mongo/asked-together.js';
import { idOf, toId, toIds } from '../../infra/mongo/ids.js';
import type { ActionRow } from '../actions/action.schema.js';
import { ActionsRepository } from '../actions/actions.repository.js';
import { carriedInto, seesAction } from '../actions/carried.js';
import { deadlineOf } from '../scheduling/late-cancel.js';
import { NotesRepository } from '../notes/notes.repository.js';
import { idsInSeries } from '../repeated/repeated-dates.js';
import { coachIdsOf, fellowsOf, pairOf, pairsOf } from '../coaches/pairs.js';
import { type Session, type SessionVersion, SessionsRepository } from './sessions.repository.js';

/** A session as the rooms after this one see it. */
export interface SessionFacts {
  id: string;
  cohortId: string;
  coachId: string;
  /** Of a session with two coaches. */
  secondCoachId: string | null;
  /** The fellows, without the coach. */
  participantIds: string[];
  bookedBy: string;
  startsAt: Date;
  endsAt: Date;
  status: SessionStatus;
  need: string;
  link: string | null;
  cancelReason: string | null;
  cancelledLate: boolean;
  /** Until when fellows can cancel it without its counting as late. */
  cancelBy: Date;
  /** Rises with every change: SEQUENCE of its calendar entry, revision of its reminders. */
  revision: number;
  changedAt: Date;
  /**
   * The last change that is news to all of its people, with the revision that it made: that one of several left, or that it went to
   * another coach, takes the news of a move from nobody. `from`: the start it had before, where it moved.
   */
  lastChange: {
    act: Session['history'][number]['act'];
    at: Date;
    byId: string;
    from: Date | null;
    revision: number;
    /** The act by which others of its series changed, too, and which is told for all of them. */
    actId: string | null;
  };
  /** Every time it went from one coach to another, the first one first; each with the revision that it made. */
  handOvers: { at: Date; byId: string; fromCoachId: string; toCoachId: string; revision: number }[];
}

/** An open action as a reminder or mail names it. `dueOn` is a day (`YYYY-MM-DD`) or null. */
export interface ActionFacts {
  id: string;
  sessionId: string;
  text: string;
  ownerId: string;
  dueOn: string | null;
  createdAt: Date;
}

/** What somebody took on for a day, open or not any more. `people` were in its session. */
export interface DueAction extends ActionFacts {
  cohortId: string;
  dueOn: string;
  isOpen: boolean;
  people: string[];
}

/** A session as who counts contacts sees it. `coachIds`: one, or two together. */
export interface ContactFacts {
  coachIds: string[];
  participantIds: string[];
  startsAt: Date;
  status: SessionStatus;
  cancelledLate: boolean;
  /** Of one that was cancelled, held or missed: when that was said. */
  changedAt: Date;
}

const ALL: readonly SessionStatus[] = ['scheduled', 'held', 'no_show', 'cancelled'];

/** What agenda, reminders, notifications and bridges ask about sessions. No rights are checked here: callers do. */
@Injectable()
export class SessionsReader {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly actions: ActionsRepository,
    private readonly notes: NotesRepository,
  ) {}

  async byId(sessionId: string): Promise<SessionFacts | null> {
    const id = toId(sessionId);
    const row = id && (await this.sessions.byId(id));
    return row ? toFacts(row) : null;
  }

  async byIds(sessionIds: readonly string[]): Promise<SessionFacts[]> {
    return (await this.sessions.byIds(toIds(sessionIds))).map(toFacts);
  }

  /** Those of a series whose last news was made by one act, in time order. */
  async ofAct({ seriesId, actId }: { seriesId: string; actId: string }): Promise<SessionFacts[]> {
    const ids = idsInSeries(seriesId).map(idOf);
    return (await this.sessions.byIds(ids))
      .map(toFacts)
      .filter(({ lastChange }) => lastChange.actId === actId)
      .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  }

  /** Scheduled sessions of all cohorts that start in [from, to), in time order. */
  async startingBetween(from: Date, to: Date): Promise<SessionFacts[]> {
    return (await this.sessions.startingBetween(from, to)).map(toFacts);
  }

  /** Sessions of a person (coach or fellow) that touch [from, to), in all cohorts, in time order; cancelled ones are among them. */
  async ofPerson(userId: string, from: Date, to: Date): Promise<SessionFacts[]> {
    const id = toId(userId);
    // No session is longer than a day.
    const rows = id ? await this.sessions.ofPerson(id, new Date(from.getTime() - DAY), to) : [];
    return rows.filter((row) => row.endsAt > from).map(toFacts);
  }

  /** What tells whether the sessions of {@link ofPerson} are as they were, without reading them; among other questions. */
  stampsAsk(userId: string, from: Date, to: Date): Ask<SessionVersion> {
    return this.sessions.stampsAsk(idOf(userId), new Date(from.getTime() - DAY), to);
  }

  /** All sessions of a cohort that start in [from, to), in time order; cancelled ones are among them. */
  async inCohort(cohortId: string, from: Date, to: Date, limit: number): Promise<SessionFacts[]> {
    const id = toId(cohortId);
    return id ? (await this.sessions.list({ cohortId: id, from, to }, limit)).map(toFacts) : [];
  }

  /** All sessions of a cohort (or of some of its fellows) that start in [from, to), in any order, as contacts. */
  async contacts(cohortId: string, from: Date, to: Date, fellowIds?: readonly string[]): Promise<ContactFacts[]> {
    const rows = await this.sessions.contacts(idOf(cohortId), ALL, from, to, fellowIds && toIds(fellowIds));
    return rows.map((row) => ({
      coachIds: coachIdsOf(row),
      participantIds: row.participantIds.map(String),
      startsAt: row.startsAt,
      status: row.status,
      cancelledLate: row.cancelledLate ?? false,
      changedAt: row.changedAt,
    }));
  }

  /**
   * When each fellow of a cohort last was in a session that was held, by the fellow's id. Sessions that start in [from, to); only those of some
   * fellows where they are named, in which others may have been, too.
   */
  async lastHeldByFellow(
    cohortId: string,
    from: Date,
    to: Date,
    fellowIds?: readonly string[],
  ): Promise<Map<string, Date>> {
    const last = new Map<string, Date>();
    const rows = await this.sessions.contacts(idOf(cohortId), ['held'], from, to, fellowIds && toIds(fellowIds));
    for (const row of rows) {
      for (const fellow of row.participantIds.map(String)) {
        const known = last.get(fellow);
        if (!known || known < row.startsAt) last.set(fellow, row.startsAt);
      }
    }
    return last;
  }

  /**
   * How many fellows were in a session that was held, for each week from `from` to `to` in a zone, weeks without one included.
   * `weekOf` is the week's Monday.
   */
  async sessionsByWeek(
    cohortId: string,
    from: Date,
    to: Date,
    timeZone: string,
  ): Promise<{ weekOf: string; fellows: number }[]> {
    const zone = ZoneOffsets.of(timeZone);
    const weekAt = (instant: Date) => weekOf(zone.dayAt(instant.getTime()));
    const [first, last] = [weekAt(from), weekAt(to)];
    const weeks = Array.from({ length: last - first + 1 }, () => new Set<string>());
    for (const row of await this.sessions.contacts(idOf(cohortId), ['held'], from, to)) {
      for (const fellow of row.participantIds) weeks[weekAt(row.startsAt) - first]?.add(String(fellow));
    }
    return weeks.map((fellows, index) => ({ weekOf: plainDateOf(mondayOf(first + index)), fellows: fellows.size }));
  }

  /** What was dropped because its owner left, with the fellows of its session. */
  async droppedActionsOf(cohortId: string, ownerId: string): Promise<(ActionFacts & { fellowIds: string[] })[]> {
    const rows = await this.actions.droppedOf(idOf(cohortId), idOf(ownerId));
    return rows.map((row) => ({ ...toActionFacts(row), fellowIds: fellowsOf(row.pairs) }));
  }

  /** Of these, those that have a day. */
  async dueActions(actionIds: readonly string[]): Promise<DueAction[]> {
    return (await this.actions.byIds(toIds(actionIds))).flatMap(toDueAction);
  }

  /** What is open in a cohort and has a day. */
  async dueActionsIn(cohortId: string): Promise<DueAction[]> {
    return (await this.actions.dueIn(idOf(cohortId))).flatMap(toDueAction);
  }

  /** How much is open of each in a cohort who owns something; nothing of what it is. One query. */
  async openActionsByOwner(cohortId: string): Promise<Map<string, number>> {
    return await this.actions.openByOwner(idOf(cohortId));
  }

  /** What a person owns that is open and has a day, in all cohorts. */
  async dueActionsOf(userId: string): Promise<DueAction[]> {
    return (await this.actions.dueOf(idOf(userId))).flatMap(toDueAction);
  }

  /** Who wrote notes in each of some sessions, by the session's id; nothing of what they say. */
  async noteAuthorsOf(
    sessions: readonly Pick<SessionFacts, 'id' | 'coachId' | 'secondCoachId' | 'participantIds'>[],
  ): Promise<Map<string, Set<string>>> {
    const pairs = sessions.flatMap(({ coachId, secondCoachId, participantIds }) =>
      [coachId, ...(secondCoachId ? [secondCoachId] : [])].flatMap((coach) =>
        participantIds.map((fellow) => pairOf(idOf(coach), idOf(fellow))),
      ),
    );
    const rows = await this.notes.authorsIn(toIds(sessions.map(({ id }) => id)), pairs);
    const authors = new Map(sessions.map(({ id }) => [id, new Set<string>()]));
    for (const { sessionId, authorId } of rows) authors.get(String(sessionId))?.add(String(authorId));
    return authors;
  }

  /** Open actions of a session and those carried into it that one of its people sees, oldest first. */
  async openActionsFor(sessionId: string, userId: string): Promise<ActionFacts[]> {
    const id = toId(sessionId);
    const session = id && (await this.sessions.byId(id));
    if (!session) return [];
    const open = await this.actions.openOfPairs(session.cohortId, pairsOf(session));
    return open
      .filter((one) => one.sessionId.equals(session._id) || (carriedInto(one, session) && seesAction({ userId }, one)))
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      .map(toActionFacts);
  }
}

function toFacts(row: Session): SessionFacts {
  return {
    id: String(row._id),
    cohortId: String(row.cohortId),
    coachId: String(row.coachId),
    secondCoachId: row.second ? String(row.second.coachId) : null,
    participantIds: row.participantIds.map(String),
    bookedBy: String(row.bookedBy),
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    status: row.status,
    need: row.need,
    link: row.link ?? null,
    cancelReason: row.cancelReason ?? null,
    cancelledLate: row.cancelledLate ?? false,
    cancelBy: deadlineOf(row),
    revision: row.revision,
    changedAt: row.changedAt,
    lastChange: lastNews(row),
    handOvers: row.history.flatMap(({ at, byId, fromCoachId, toCoachId }, index) => {
      if (!fromCoachId || !toCoachId) return [];
      const people = { byId: String(byId), fromCoachId: String(fromCoachId), toCoachId: String(toCoachId) };
      return [{ at, ...people, revision: madeBy(row, index) }];
    }),
  };
}

const NO_NEWS: ReadonlySet<Session['history'][number]['act']> = new Set(['left', 'handed_over']);

function lastNews(row: Session): SessionFacts['lastChange'] {
  const index = row.history.findLastIndex(({ act }) => !NO_NEWS.has(act));
  const last = row.history[index];
  if (!last)
    return {
      ...{ act: 'booked', at: row.createdAt, byId: String(row.bookedBy), from: null, revision: row.revision },
      actId: null,
    };
  const { act, at, byId, from, actId } = last;
  const told = { from: from ?? null, actId: actId ? String(actId) : null };
  return { act, at, byId: String(byId), ...told, revision: madeBy(row, index) };
}

/** The revision that a change made: each made one, and the last one that which it has. */
const madeBy = ({ revision, history }: Session, index: number) => revision - (history.length - 1 - index);

function toDueAction(row: ActionRow): DueAction[] {
  const { dueOn, cohortId, state, people } = row;
  if (!dueOn) return [];
  const facts = { ...toActionFacts(row), dueOn, cohortId: String(cohortId) };
  return [{ ...facts, isOpen: state === 'open', people: people.map(String) }];
}

function toActionFacts(row: ActionRow): ActionFacts {
  return {
    id: String(row._id),
    sessionId: String(row.sessionId),
    text: row.text,
    ownerId: String(row.ownerId),
    dueOn: row.dueOn ?? null,
    createdAt: row.createdAt,
  };
}
