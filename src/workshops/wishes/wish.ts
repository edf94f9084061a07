import type { CohortActor } from '../../common/actor.js';
import { isSmall, stemsOf, wordsIn } from '../../common/texts/search-words.js';
import type { Wish, WishSide, WishState } from '../../contracts/workshops/wishes.js';
import type { WorkshopStatus } from '../../contracts/workshops/workshops.js';
import { MAY_PROPOSE } from '../workshops.policy.js';

/** What the rules know of a wish. `others`: how many people besides who wrote it have joined. */
export interface Standing {
  createdBy: string;
  state: WishState;
  others: number;
  /** A draft or workshop came of it. */
  hasWorkshop: boolean;
}

type Asker = Pick<CohortActor, 'userId' | 'role' | 'cohortState'>;

/** Roles that write wishes and join them. Alumni read: what is planned here is not for them. */
export const MAY_WISH = ['fellow', 'coach', 'host', 'staff'] as const;

/** Whether this member may write a wish, and join those of others. */
export const mayWish = ({ role, cohortState }: Asker): boolean =>
  cohortState === 'running' && (MAY_WISH as readonly string[]).includes(role);

/** Who may make a workshop of a wish: whoever may propose one, and an agency's host who can give this one. */
export function mayPlan(actor: Asker, mine: readonly WishSide[]): boolean {
  return MAY_PROPOSE.includes(actor.role) || (actor.role === 'host' && mine.includes('give'));
}

/** What this member may do with a wish now. */
export function abilities(actor: Asker, wish: Standing, mine: readonly WishSide[]): Wish['abilities'] {
  const live = actor.cohortState === 'running';
  const isStaff = actor.role === 'staff';
  const isOpen = live && wish.state === 'open';
  const isIdle = isOpen && !wish.hasWorkshop;
  const isTheirs = mayWish(actor) && wish.createdBy === actor.userId && wish.others === 0;
  return {
    want: isOpen && mayWish(actor),
    give: isOpen && mayWish(actor),
    edit: isOpen && (isStaff || isTheirs),
    drop: (isIdle && isTheirs) || (live && isStaff && wish.state !== 'planned' && !wish.hasWorkshop),
    close: isIdle && isStaff,
    reopen: live && isStaff && wish.state === 'closed',
    merge: isIdle && isStaff,
    plan: isIdle && mayPlan(actor, mine),
  };
}

const MAX_STEMS = 60;

/** What a subject is found by when another one is typed: the stems of its words in both languages, small words left out. */
export function stemsOfText(...texts: string[]): string[] {
  const words = texts.flatMap((text) => wordsIn(text)).filter(({ word }) => !isSmall(word));
  return [...new Set(words.flatMap(({ word }) => stemsOf(word)))].slice(0, MAX_STEMS);
}

/**
 * Those of some wishes that are about what is typed, the closest first: by how many of the typed words (in any form) they share. One that
 * shares less than half of them is about something else.
 */
export function closest<T extends { subject: string; text: string }>(
  typed: string,
  wishes: readonly T[],
  most: number,
): T[] {
  const asked = [...new Map(keysOf(typed).map((stems) => [stems[0], stems])).values()];
  return wishes
    .map((wish) => {
      const has = new Set(stemsOfText(wish.subject, wish.text));
      return { wish, shared: asked.filter((stems) => stems.some((stem) => has.has(stem))).length };
    })
    .filter(({ shared }) => shared > 0 && shared * 2 >= asked.length)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, most)
    .map(({ wish }) => wish);
}

const keysOf = (text: string) =>
  wordsIn(text)
    .filter(({ word }) => !isSmall(word))
    .map(({ word }) => stemsOf(word));

/** One thing that somebody said to a wish. */
export interface Said {
  userId: string;
  side: WishSide;
}

const FACES = 5;

/** What a wish shows of its people, from all that was said to it, in that order. */
export function countOf(said: readonly Said[], createdBy: string) {
  const of = (side: WishSide) => said.filter((one) => one.side === side).map((one) => one.userId);
  const [want, give] = [of('want'), of('give')];
  const others = new Set(said.map((one) => one.userId).filter((id) => id !== createdBy)).size;
  return {
    wants: want.length,
    gives: give.length,
    others,
    wanting: want.slice(0, FACES),
    giving: give.slice(0, FACES),
  };
}

/** What changes of a wish when its workshop does; null takes a field away. */
interface Becoming {
  state?: WishState;
  workshopId?: null;
}

/** What a wish is to become, given its workshop as it is now (null: there is none any more); null when it is that already. */
export function becoming(
  { state }: { state: WishState },
  workshop: { status: WorkshopStatus } | null,
): Becoming | null {
  if (!workshop || workshop.status === 'cancelled') return { state: 'open', workshopId: null };
  return workshop.status === 'published' && state !== 'planned' ? { state: 'planned' } : null;
}
