import { z } from 'zod';
import { MAX_PLACES, ProjectPlace } from '../cohorts/places.js';
import { Id, Line, Locale, Text } from '../primitives.js';

const places = z.array(ProjectPlace).max(MAX_PLACES);

/**
 * An accepted proposal and the project that it would become, taken from its answers: `name` and `agency` are empty and `places` none where they say nothing. Who handed it in will be
 * invited as its `host`. `projectId`: what it became; null while it is none.
 */
export const AcceptedProposal = z.object({
  applicationId: Id,
  number: z.string(),
  name: z.string(),
  agency: z.string(),
  summary: z.string(),
  places,
  host: z.object({ name: z.string(), email: z.string(), locale: Locale }),
  projectId: Id.nullable(),
});
export type AcceptedProposal = z.infer<typeof AcceptedProposal>;

/** GET C/matching/proposals (staff): the accepted proposals of the calls for projects of a cohort, whose letters went, by call and number. */
export const AcceptedProposals = z.object({ items: z.array(AcceptedProposal) });
export type AcceptedProposals = z.infer<typeof AcceptedProposals>;

/** A proposal as staff make it a project. */
export const AdoptedProposal = z.strictObject({
  applicationId: Id,
  name: Line(80),
  agency: Line(120),
  summary: Text(2000),
  places: places.min(1),
});
export type AdoptedProposal = z.infer<typeof AdoptedProposal>;

/**
 * POST C/matching/projects (staff): proposals become projects of the cohort, all of them or none, and their hosts are invited. One that is a project already stays as it is. 422
 * `/projects/n/applicationId` `not_accepted`, `/projects/n/name` `name_taken`, `/projects/n/places` where none is chosen.
 */
export const AdoptProposals = z.strictObject({ projects: z.array(AdoptedProposal).min(1).max(200) });
export type AdoptProposals = z.infer<typeof AdoptProposals>;

/** Answer to {@link AdoptProposals}: so many were `made`; the others were there. */
export const AdoptedProposals = z.object({ made: z.number(), items: z.array(AcceptedProposal) });
export type AdoptedProposals = z.infer<typeof AdoptedProposals>;
