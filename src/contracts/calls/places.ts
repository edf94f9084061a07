import { z } from 'zod';
import { Id, Instant } from '../primitives.js';
import { ApplicationAct } from './acts.js';
import { InBoth } from './forms.js';

/**
 * A place of who is accepted and asked to confirm it: `open` until they say so, `taken`, or lost: they gave it back, did not answer by `confirmBy`, or withdrew. `at`: since when it is so; null
 * while it is open.
 */
export const PlaceState = z.enum(['open', 'taken', 'given-back', 'not-answered', 'withdrawn']);
export type PlaceState = z.infer<typeof PlaceState>;

/** A place as staff see it. `insteadOf`: the number of the file that lost it before; `passedTo`: of the one on the waiting list to whom it was offered then. */
export const Place = z.object({
  state: PlaceState,
  confirmBy: Instant,
  at: Instant.nullable(),
  insteadOf: z.string().nullable(),
  passedTo: z.string().nullable(),
});
export type Place = z.infer<typeof Place>;

/** A place as who applies sees it. */
export const MyPlace = Place.pick({ state: true, confirmBy: true, at: true });
export type MyPlace = z.infer<typeof MyPlace>;

/** POST /api/applications/:id/place: takes the place that one is offered, or gives it back, also one that was taken. Said again, nothing more happens. 409 `no_place`, `place_lost` (it was given back, or not confirmed in time). */
export const AnswerPlace = z.strictObject({ takes: z.boolean() });
export type AnswerPlace = z.infer<typeof AnswerPlace>;

/**
 * GET C/calls/:id/waiting-list (staff): who is on it, in the order in which places of their craft are offered. `isOffering`: a place that is lost is offered by itself. `isOffered`: there
 * are words for it, and they have heard that they are on the list (`isSent`). `acts`: who switched that, and when.
 */
export const WaitingList = z.object({
  isOffering: z.boolean(),
  items: z.array(
    z.object({
      id: Id,
      number: z.string(),
      name: z.string(),
      email: z.string(),
      craft: InBoth.nullable(),
      craftKey: z.string().nullable(),
      isSent: z.boolean(),
      isOffered: z.boolean(),
    }),
  ),
  canEdit: z.boolean(),
  acts: z.array(ApplicationAct),
});
export type WaitingList = z.infer<typeof WaitingList>;

/** PATCH C/calls/:id/waiting-list (staff): whether lost places are offered by themselves from now on. */
export const UpdateWaitingList = z.strictObject({ isOffering: z.boolean() });
export type UpdateWaitingList = z.infer<typeof UpdateWaitingList>;

/** PUT C/calls/:id/waiting-list/:applicationId (staff): stands right before another one of its craft, or last. 409 `edited_meanwhile`, `own_file` for who applied in the call themself, 422 `/before`. */
export const MoveWaiting = z.strictObject({ before: Id.nullable() });
export type MoveWaiting = z.infer<typeof MoveWaiting>;
