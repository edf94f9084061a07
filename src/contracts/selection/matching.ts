import { z } from 'zod';
import { ProjectPlace } from '../cohorts/places.js';
import { Id, Instant, Locale, PlainDate } from '../primitives.js';
import { Craft } from '../roles.js';

/** A person and a project. */
export const Pair = z.strictObject({ applicationId: Id, projectId: Id });
export type Pair = z.infer<typeof Pair>;

const twoPeople = z.tuple([Id, Id]);
const most = 500;

/** What staff ask of teams, beside wishes: pairs that stand (`locks`), pairs that are out (`forbidden`), two people who are in one team, or in no team both (`apart`). */
export const MatchingRules = z.strictObject({
  locks: z.array(Pair).max(most),
  forbidden: z.array(Pair).max(most),
  together: z.array(twoPeople).max(most),
  apart: z.array(twoPeople).max(most),
});
export type MatchingRules = z.infer<typeof MatchingRules>;

/**
 * POST C/matching (staff): teams by wishes, crafts, skills and places. The same people, projects, rules and seed give the same teams. `dryRun`: it is only shown; else it is kept as the
 * next version; of 200 the oldest goes then. `digest`: that of what was shown; 409 `changed_meanwhile` where people, wishes, places or rules are others by now. 422 names a rule that
 * cannot hold: `unknown_person`, `unknown_project`, `craft_not_wanted`, `full`, `doubled`, `contradicts`. 409 `own_file` for who is among those who are placed, as of all that is changed here; `nobody_to_place`, `no_projects`, `too_large` (more than 100,000 pairs of a
 * person and a project), `no_solution`, `already_published`; 503 where it takes too long.
 */
export const SolveMatching = z.strictObject({
  ...MatchingRules.partial().shape,
  seed: z.number().int().min(0).max(2_147_483_647),
  dryRun: z.boolean().optional(),
  digest: z.string().max(64).optional(),
});
export type SolveMatching = z.infer<typeof SolveMatching>;

const ofWish = { rank: z.number(), projectId: Id };

/**
 * Why somebody is where they are, or nowhere. All of it is true of the teams beside which it stands.
 * - `wish`: it was their wish of this rank. `not_wished`: they wished for others. `no_wishes`: for none.
 * - `locked`: staff put them there. `together`: with somebody whom they must be with.
 * - `must`, `nice`: a skill that the place asks for and they name.
 * - `last_place`: no other place of their craft is free in any team.
 * - `needed`: without them the team would be of one.
 * - Of a dearer wish: `wish_full` its places of their craft are others'; `wish_craft` it wants no one of their craft; `wish_forbidden`; `wish_apart` somebody is there from whom
 *   they are kept apart; `wish_no_team` nobody is there; `wish_gone` it takes nobody any more.
 * - Of who has no place: `no_craft` they named none; `craft_full` all places of their craft are taken; `craft_not_wanted` no project wants it; `no_team_left` free places of it
 *   are all in projects that have no team; `kept_out` every team with a free place of it is forbidden to them, or has somebody from whom they are kept apart; `together_unplaced`
 *   they must be with somebody who has no place either.
 */
export const MatchReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('wish'), rank: z.number() }),
  z.object({ code: z.enum(['not_wished', 'no_wishes', 'locked', 'needed', 'no_craft']) }),
  z.object({ code: z.enum(['together', 'together_unplaced']), applicationId: Id }),
  z.object({ code: z.enum(['must', 'nice']), skill: z.string() }),
  z.object({
    code: z.enum(['last_place', 'craft_full', 'craft_not_wanted', 'no_team_left', 'kept_out']),
    craft: Craft,
  }),
  z.object({ code: z.enum(['wish_full', 'wish_craft', 'wish_forbidden', 'wish_no_team', 'wish_gone']), ...ofWish }),
  z.object({ code: z.literal('wish_apart'), ...ofWish, applicationId: Id }),
]);
export type MatchReason = z.infer<typeof MatchReason>;

/** Somebody in a version. `name` and `craft` are null once their file is erased. */
const person = { applicationId: Id, name: z.string().nullable(), craft: Craft.nullable() };

/** Somebody in a team. `rank`: which of their wishes it is; null of none. */
export const MatchedFellow = z.object({
  ...person,
  rank: z.number().nullable(),
  isLocked: z.boolean(),
  reasons: z.array(MatchReason),
});
export type MatchedFellow = z.infer<typeof MatchedFellow>;

/** How many got which of their wishes, another project (`none`), or no place. */
export const MatchShares = z.object({
  ...{ first: z.number(), second: z.number(), third: z.number(), none: z.number(), unplaced: z.number() },
});
export type MatchShares = z.infer<typeof MatchShares>;

/** A version in the list. `number` counts those of the cohort from 1; null of what is only shown. `by`: who had it made. */
export const MatchingSummary = z.object({
  id: Id.nullable(),
  number: z.number().nullable(),
  seed: z.number(),
  at: Instant,
  by: z.string().nullable(),
  tookMs: z.number(),
  shares: MatchShares,
  locks: z.number(),
  forbidden: z.number(),
  publishedAt: Instant.nullable(),
});
export type MatchingSummary = z.infer<typeof MatchingSummary>;

/** GET C/matching/:matchingId (staff), and the answer to {@link SolveMatching}. Projects without a team have no fellows. `digest` names what it was made of, where it is only shown. */
export const Matching = MatchingSummary.omit({ locks: true, forbidden: true }).extend({
  ...MatchingRules.shape,
  digest: z.string().nullable(),
  teams: z.array(z.object({ projectId: Id, fellows: z.array(MatchedFellow) })),
  unplaced: z.array(z.object({ ...person, reasons: z.array(MatchReason) })),
});
export type Matching = z.infer<typeof Matching>;

/** Somebody who is accepted and gets a place: with their wishes, the dearest first. */
export const PersonToPlace = z.object({
  applicationId: Id,
  number: z.string(),
  name: z.string(),
  craft: Craft.nullable(),
  town: z.string().nullable(),
  skills: z.string(),
  wishes: z.array(Id),
});
export type PersonToPlace = z.infer<typeof PersonToPlace>;

/** A project with places. */
export const ProjectToFill = z.object({
  id: Id,
  name: z.string(),
  agency: z.string(),
  places: z.array(ProjectPlace),
});
export type ProjectToFill = z.infer<typeof ProjectToFill>;

/** GET C/matching (staff): who is to be placed, where, and the versions, the newest first. `withoutPlaces`: projects that take nobody yet. `proposals`: so many accepted ones are no project. */
export const MatchingOverview = z.object({
  people: z.array(PersonToPlace),
  projects: z.array(ProjectToFill),
  withoutPlaces: z.array(ProjectToFill.pick({ id: true, name: true, agency: true })),
  proposals: z.number(),
  wishes: z.object({ until: PlainDate.nullable(), isOpen: z.boolean(), handedIn: z.number() }),
  versions: z.array(MatchingSummary),
  /** `match`: make teams, publish them, and say until when wishes are taken; not who is among those who are placed. */
  abilities: z.object({ edit: z.boolean(), match: z.boolean() }),
});
export type MatchingOverview = z.infer<typeof MatchingOverview>;

/**
 * POST C/matching/:matchingId/publish (staff): who is in its teams is invited to the cohort as a fellow, with craft, project, language and zone. `dryRun`: it is only said what would be done.
 * Once more: nothing. 409 `already_published` where another version is, `places_changed` where `projects` (their names) have fewer places by now than their teams need.
 */
export const PublishMatching = z.strictObject({ dryRun: z.boolean().optional() });
export type PublishMatching = z.infer<typeof PublishMatching>;

/**
 * What becomes of somebody: they are `invited` with a letter, or had an invitation in which their team is `planned` from now on (`not_sent`: its letter waits
 * for its day, or for staff, and goes on doing so), or are a fellow and come into the team at once (`placed`).
 * Left as they are: `other_role` they are in the cohort as something else, `gone` they took their file back.
 */
export const Becoming = z.enum(['invited', 'planned', 'not_sent', 'placed', 'other_role', 'gone']);
export type Becoming = z.infer<typeof Becoming>;

/**
 * Answer to {@link PublishMatching}; `publishedAt` is null where it was only to be said. Of who is `gone` nothing is known. `told`: how many more have a letter: agencies, of who comes to their project or
 * that nobody does, and people who are accepted and in no team.
 */
export const PublishedTeams = z.object({
  publishedAt: Instant.nullable(),
  told: z.object({ agencies: z.number(), withoutPlace: z.number() }),
  people: z.array(
    z.object({
      ...{ applicationId: Id, name: z.string().nullable(), email: z.string().nullable(), craft: Craft.nullable() },
      ...{ locale: Locale.nullable(), timeZone: z.string().nullable(), projectId: Id, projectName: z.string() },
      becomes: Becoming,
    }),
  ),
});
export type PublishedTeams = z.infer<typeof PublishedTeams>;
