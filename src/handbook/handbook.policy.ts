import type { CohortActor } from '../common/actor.js';
import { DAY } from '../common/times/clock.js';
import { type Handbook, type HandbookPage, OLD_AFTER_DAYS } from '../contracts/handbook/handbook.js';

/** What the rules look at; ids as texts. `ownerId` is null where nobody keeps the page who is a member. */
export interface PageStanding {
  ownerId: string | null;
  isLocked: boolean;
}

type Asking = Pick<CohortActor, 'userId' | 'role' | 'cohortState'>;

/** Every member writes, while the cohort runs; staff put pages in order, copy and restore them. */
export function handbookAbilities({ role, cohortState }: Asking): Handbook['abilities'] {
  const runs = cohortState === 'running';
  const leads = runs && role === 'staff';
  return { write: runs, order: leads, copy: leads, restore: leads };
}

/** Every member edits a page and says that it is right; of one that staff locked they alone do. Who keeps it moves, deletes and hands it on, as staff do; one that nobody keeps may be taken by all. */
export function pageAbilities(actor: Asking, { ownerId, isLocked }: PageStanding): HandbookPage['abilities'] {
  const isStaff = actor.role === 'staff';
  const isOpen = actor.cohortState === 'running' && (isStaff || !isLocked);
  const leads = isOpen && (isStaff || ownerId === actor.userId);
  return {
    edit: isOpen,
    check: isOpen,
    give: isOpen && (leads || ownerId === null),
    move: leads,
    delete: leads,
    lock: isOpen && isStaff,
  };
}

/** Did nobody look for so long whether a page is right that it may be out of date? */
export const isOld = (checkedAt: Date, now: Date): boolean =>
  now.getTime() - checkedAt.getTime() > OLD_AFTER_DAYS * DAY;
