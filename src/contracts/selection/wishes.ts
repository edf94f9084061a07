import { z } from 'zod';
import { ProjectPlace } from '../cohorts/places.js';
import { Id, Instant, PlainDate } from '../primitives.js';

/** So many projects somebody names, the dearest first. */
export const MAX_WISHES = 3;

/** A project as those who may wish for it see it. */
export const WishableProject = z.object({
  id: Id,
  name: z.string(),
  agency: z.string(),
  summary: z.string(),
  places: z.array(ProjectPlace),
});
export type WishableProject = z.infer<typeof WishableProject>;

/**
 * GET /api/applications/:id/wishes, for who is accepted as a fellow; 404 for all others. `state`: `before` staff opened them there are no projects to see; after the end of the day `until`
 * (in `timeZone`) they are `closed`, and stay as they are: one sees those that one named, by name and agency, and none once the cohort is over.
 */
export const Wishes = z.object({
  state: z.enum(['before', 'open', 'closed']),
  until: PlainDate.nullable(),
  timeZone: z.string(),
  projects: z.array(WishableProject),
  projectIds: z.array(Id),
  changedAt: Instant.nullable(),
});
export type Wishes = z.infer<typeof Wishes>;

/** PUT /api/applications/:id/wishes: the dearest first; none takes them back. 409 `wishes_not_open`, `wishes_closed`; 422 `/projectIds/n` `unknown_project`, `doubled`. */
export const SaveWishes = z.strictObject({ projectIds: z.array(Id).max(MAX_WISHES) });
export type SaveWishes = z.infer<typeof SaveWishes>;

/** PUT C/matching/wishes (staff): until the end of which day accepted applicants may rank the projects; null closes them again. 422 `/until` `in_the_past`. */
export const OpenWishes = z.strictObject({ until: PlainDate.regex(/^20/).nullable() });
export type OpenWishes = z.infer<typeof OpenWishes>;
