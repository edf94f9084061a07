import type { Types } from 'mongoose';

const SECOND = 1000;

/** A request of whoever had the account may have been let in just before, and write so much later. */
const IN_FLIGHT_MS = 5 * SECOND;

/** An account is given back to who reads the mail of its address: what is made in its name until then may be another's. */
export const disputedFrom = (now: Date): Date => new Date(now.getTime() + IN_FLIGHT_MS);

/**
 * Is what was made under an account at an instant its person's own? Whatever goes on without a login (an address that opens something, an act that waits) asks so
 * at each use, as it asks whether they still belong there. `disputedUntil`: nothing where the account never was in other hands. Times of the domain's clock.
 */
export const isTheirs = (madeAt: Date, disputedUntil: Date | null | undefined): boolean =>
  !disputedUntil || madeAt > disputedUntil;

/** What somebody uses up counts here: since they have their account back anew, so that what a thief used up holds them up no more. */
export const sinceTheirs = (userId: string | Types.ObjectId, disputedUntil: Date | null | undefined): string =>
  disputedUntil ? `${String(userId)} ${disputedUntil.getTime()}` : String(userId);
