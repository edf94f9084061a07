import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { People } from '../auth/people.js';
import type { CohortActor } from '../common/actor.js';
import { type Problem, conflict } from '../common/problem.js';
import type { There } from '../contracts/calendar.js';
import { type BusyInterval, BusySources } from './busy-sources.js';
import { type PersonalStretch, Turns } from './turns.js';

/** A stretch of somebody's time that is planned for; `except`: what of theirs does not stand in its way, since it is the thing itself. */
export interface Planned extends PersonalStretch {
  except?: string | undefined;
}

/** A stretch of somebody's time, [from, to) in ms. */
export type Stretch = Pick<Planned, 'userId' | 'from' | 'to'>;

/** Who looks at what others have at a time. `byLink`: whoever holds the link of a mail acts for them, and may know nothing of it. */
export type Viewer = Pick<CohortActor, 'userId' | 'cohortId' | 'role'> & { byLink?: true };

/** Without a login: busy is all that is said, be it of their own time. */
export const byLink = ({ userId, cohortId, role }: CohortActor): Viewer => ({ userId, cohortId, role, byLink: true });

/** What lies over what is planned: looked for in turn, so that nothing comes between looking and writing, and said as far as one may know it. */
@Injectable()
export class Clashes {
  constructor(
    private readonly busy: BusySources,
    private readonly turns: Turns,
    private readonly people: People,
  ) {}

  /**
   * Takes the turn of these people for the rest of a transaction and says what they have then: whoever plans for the same time meanwhile
   * comes before or after. To be called before what is planned is decided or written.
   */
  async inTurn(planned: readonly Planned[], session: ClientSession): Promise<BusyInterval[]> {
    await this.turns.take(planned, session);
    return await this.over(planned, session);
  }

  /**
   * The same where the transaction has written nothing yet that takes time: then all of it is asked beside the transaction, as one command. Whoever had the turn before has
   * committed by now; of who has it meanwhile and us one is done again.
   */
  async inTurnFirst(planned: readonly Planned[], session: ClientSession): Promise<BusyInterval[]> {
    await this.turns.take(planned, session);
    return await this.over(planned);
  }

  /** Takes the turn alone, for what is decided already: who comes after sees it. */
  async takeTurn(planned: readonly Planned[], session: ClientSession): Promise<void> {
    await this.turns.take(planned, session);
  }

  /** What lies over what is planned, as things are now. One query, whatever the number of people. */
  async over(planned: readonly Planned[], session: ClientSession | null = null): Promise<BusyInterval[]> {
    if (planned.length === 0) return [];
    const [from, to] = [Math.min(...planned.map((one) => one.from)), Math.max(...planned.map((one) => one.to))];
    const people = [...new Set(planned.map(({ userId }) => userId))];
    const busy = await this.busy.everything(people, new Date(from), new Date(to), session);
    return busy.filter((one) => planned.some((stretch) => liesOver(one, stretch)));
  }

  /**
   * As much of what lies over something planned as a person may know: their own and what their cohort can see; of all else that there is
   * something in the stretch that is planned, once for each person, not when it begins and ends. Of what they may not ask for
   * ({@link askable}) there is nothing, and of `unnamed` people not whose it is.
   */
  async shown(
    viewer: Viewer,
    held: readonly BusyInterval[],
    planned: readonly Stretch[],
    unnamed: ReadonlySet<string> = new Set(),
  ): Promise<There[]> {
    const asked = askable(viewer, held);
    const known = this.known(viewer, asked);
    const hidden = asked.filter((one) => !isKnownTo(viewer, one));
    const [titles, people] = await Promise.all([
      this.busy.titles(known.flatMap(({ id }) => id ?? [])),
      this.people.byId(asked.map(({ userId }) => userId)),
    ]);
    const there = [...known.map((one) => thereOf(one, titles)), ...somethingIn(planned, hidden, unnamed)];
    const nameOf = (userId: string | null) => (userId === null ? undefined : people.get(userId)?.name);
    return there.sort(inOrder).map((one) => ({ ...one, name: nameOf(one.userId) ?? null }));
  }

  /** Those of them that a person may know. */
  known(viewer: Viewer, held: readonly BusyInterval[]): BusyInterval[] {
    return held.filter((one) => isKnownTo(viewer, one));
  }

  /** 409 with what is there. */
  async problem(
    viewer: Viewer,
    held: readonly BusyInterval[],
    planned: readonly Stretch[],
    { code, detail, unnamed }: { code: string; detail: string; unnamed?: ReadonlySet<string> },
  ): Promise<Problem> {
    return conflict(code, detail, { there: await this.shown(viewer, held, planned, unnamed) });
  }

  /** 409 `clash`: it can be done, by the same request with `despite`. */
  async asking(
    viewer: Viewer,
    held: readonly BusyInterval[],
    planned: readonly Stretch[],
    unnamed?: ReadonlySet<string>,
  ): Promise<Problem> {
    const detail = 'There is something else at that time. Say `despite: true` to do it anyway.';
    return await this.problem(viewer, held, planned, { code: 'clash', detail, ...(unnamed && { unnamed }) });
  }
}

/**
 * Whose time somebody may ask for by what they plan. Staff ask for all of it. Of what stops others, their own and what their whole cohort
 * sees is a reason by itself: beside it nothing is said of what else people have, or a plan that cannot be anyway would ask for it as often
 * as one likes, and change nothing.
 */
export function askable(viewer: Viewer, held: readonly BusyInterval[]): readonly BusyInterval[] {
  if (viewer.role === 'staff') return held;
  const own = held.filter((one) => one.userId === viewer.userId || isKnownTo(viewer, one));
  return own.length > 0 ? own : held;
}

const liesOver = (held: BusyInterval, planned: Planned) =>
  liesIn(held, planned) && (held.id === null || held.id !== planned.except);

const liesIn = ({ userId, startsAt, endsAt }: BusyInterval, { userId: whose, from, to }: Stretch) =>
  userId === whose && startsAt.getTime() < to && endsAt.getTime() > from;

/** A workshop is its whole cohort's to see, and so is who comes to it; a session is its people's and staff's. */
export function isKnownTo(
  { userId, cohortId, role, byLink: isLink }: Viewer,
  held: Pick<BusyInterval, 'userId' | 'by' | 'cohortId'>,
): boolean {
  if (isLink) return false;
  if (held.userId === userId) return true;
  if (held.by === 'outside' || held.cohortId !== cohortId) return false;
  return held.by === 'session' ? role === 'staff' : true;
}

function thereOf(held: BusyInterval, titles: ReadonlyMap<string, string>): Unnamed {
  const { userId, by, id, cohortId, startsAt, endsAt } = held;
  if (by === 'outside') return something({ userId, from: startsAt.getTime(), to: endsAt.getTime() });
  const times = { userId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
  const title = by === 'session' || id === null ? null : (titles.get(id) ?? null);
  return { ...times, kind: by === 'session' ? 'session' : 'workshop', hosting: by === 'hosting', id, cohortId, title };
}

/** The stretches in which people have something that is not to be known. */
function somethingIn(
  planned: readonly Stretch[],
  hidden: readonly BusyInterval[],
  unnamed: ReadonlySet<string> = new Set(),
): Unnamed[] {
  const taken = planned
    .filter((stretch) => hidden.some((one) => liesIn(one, stretch)))
    .map(something)
    .map((one) => (one.userId !== null && unnamed.has(one.userId) ? { ...one, userId: null } : one));
  return [...new Map(taken.map((one) => [`${one.userId} ${one.startsAt} ${one.endsAt}`, one])).values()];
}

const something = ({ userId, from, to }: Stretch): Unnamed => ({
  userId,
  kind: 'busy',
  hosting: false,
  id: null,
  cohortId: null,
  title: null,
  startsAt: new Date(from).toISOString(),
  endsAt: new Date(to).toISOString(),
});

type Unnamed = Omit<There, 'name'>;

const inOrder = (a: Unnamed, b: Unnamed) =>
  Date.parse(a.startsAt) - Date.parse(b.startsAt) || (a.userId ?? '').localeCompare(b.userId ?? '');
