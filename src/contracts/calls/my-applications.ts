import { z } from 'zod';
import { Id, Instant } from '../primitives.js';
import { ApplicationState } from './applications.js';
import { PublicCall } from './calls.js';

/**
 * A file in the list of who is signed in. `number`: once it was handed in, at `submittedAt` last; `isChanged`: something was typed since, so that it does not count yet. `asked`: the programme team
 * asks for something.
 */
export const MyApplication = z.object({
  id: Id,
  state: ApplicationState,
  number: z.string().nullable(),
  call: PublicCall.pick({ slug: true, kind: true, title: true, closesAt: true, isOpen: true, isOver: true }).extend({
    cohortName: z.string(),
  }),
  submittedAt: Instant.nullable(),
  isChanged: z.boolean(),
  asked: z.boolean(),
});
export type MyApplication = z.infer<typeof MyApplication>;

/** GET /api/me/applications: the files of my address, the latest first, at most 50. None while nobody has shown that the address of my account is mine. POST /api/me/applications/:applicationId/open answers with an `OpenedApplication`, whose bearer is good for 15 minutes, and no more once the account is given back to its owner by a mail; 404 for a file of another address. */
export const MyApplications = z.object({ items: z.array(MyApplication) });
export type MyApplications = z.infer<typeof MyApplications>;
