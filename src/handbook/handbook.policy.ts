import type { CohortActor } from '../common/actor.js';
import { DAY } from '../common/times/clock.js';
import { type Handbook, type HandbookPage, OLD_AFTER_DAYS } from '../contracts/handbook/handbook.js';
import { COMMONS_PLACE } from '../contracts/limits.js';

/** What the rules look at; ids as texts. `ownerId` is null where nobody keeps the page who is a member. */
export interface PageStanding {
  ownerId: string | null;
  isLocked: boolean;
}

type Asking = Pick<CohortActor, 'userId' | 'role' | 'cohortState' | 'cohortId'>;

const isCommons = ({ cohortId }: Pick<Asking, 'cohortId'>): boolean => cohortId === COMMONS_PLACE;

/** Every member writes, while the cohort runs; staff put pages in order, copy and restore them. In the commons staff alone write. */
export function handbookAbilities(actor: Asking): Handbook['abilities'] {
  const runs = actor.cohortState === 'running';
  const leads = runs && actor.role === 'staff';
  return { write: isCommons(actor) ? leads : runs, order: leads, copy: leads && !isCommons(actor), restore: leads };
}

/**
 * Every member edits a page and says that it is right; of one that staff locked they alone do. Who keeps it moves, deletes and hands it on, as staff do; one that nobody keeps may be taken by all. In the commons
 * staff and who keeps the page do any of it. Staff open a page to the commons, of a closed cohort, too.
 */
export function pageAbilities(actor: Asking, { ownerId, isLocked }: PageStanding): HandbookPage['abilities'] {
  const isStaff = actor.role === 'staff';
  const isKeeper = ownerId === actor.userId;
  const isOpen = actor.cohortState === 'running' && (isStaff || !isLocked);
  const leads = isOpen && (isStaff || isKeeper);
  const writes = isCommons(actor) ? leads : isOpen;
  return {
    open: isStaff && !isCommons(actor),
    edit: writes,
    check: writes,
    give: writes && (leads || ownerId === null),
    move: leads,
    delete: leads,
    lock: isOpen && isStaff,
  };
}

/** Did nobody look for so long whether a page is right that it may be out of date? */
export const isOld = (checkedAt: Date, now: Date): boolean =>
  now.getTime() - checkedAt.getTime() > OLD_AFTER_DAYS * DAY;
