import { z } from 'zod';
import { Id, Instant, Line, Person } from '../primitives.js';
import { Registration, RegistrationStatus } from './workshops.js';

/**
 * POST C/workshops/:id/check-ins, for staff and its hosts: who has this pass is there, or who was found by name. `pass`: as a camera reads it, or its short
 * form, however it was typed. 422 `unknown_pass` for what proves no place here; 409 `other_workshop` (`title`, `startsAt`) for one of another workshop of the cohort, `given_back`
 * (`name`) where the place is theirs no more, `no_place` for who waits for one, and as `TakeAttendance`.
 */
export const CheckIn = z
  .strictObject({ pass: Line(80).optional(), userId: Id.optional() })
  .refine(({ pass, userId }) => (pass === undefined) !== (userId === undefined), {
    path: ['pass'],
    params: { code: 'required' },
    error: 'says a pass or a person, one of them',
  })
  .meta({
    oneOf: [
      { required: ['pass'], not: { required: ['userId'] } },
      { required: ['userId'], not: { required: ['pass'] } },
    ],
  });
export type CheckIn = z.infer<typeof CheckIn>;

/** Who is there. `was`: how their place stood before, `attended` where it had been said already, to which POST .../attendance takes it back. `since`: when it was said; null where nobody wrote that down. */
export const CheckedIn = z.object({
  userId: Id,
  person: Person,
  guest: Registration.shape.guest,
  was: RegistrationStatus,
  since: Instant.nullable(),
});
export type CheckedIn = z.infer<typeof CheckedIn>;
