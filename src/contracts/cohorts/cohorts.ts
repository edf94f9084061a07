import { z } from 'zod';
import { LinkPreviewing } from '../chat/link-previews.js';
import {
  Country,
  Email,
  Id,
  Instant,
  Line,
  Locale,
  PlainDate,
  Text,
  WebLink,
  PageQuery,
  Person,
} from '../primitives.js';
import { Craft, Role } from '../roles.js';
import { TimeZone } from '../time-zone.js';
import { LetterState, SendAt } from './invitation-letters.js';
import { MAX_PLACES, ProjectPlace } from './places.js';

/** The colours a cohort can have (look/tokens.css, `data-cohort`). */
export const CohortColor = z.enum(['lac', 'sapin', 'ocre', 'corde', 'bruyere', 'iris', 'mousse', 'ardoise']);
export type CohortColor = z.infer<typeof CohortColor>;

/** One of the four phases. `key` names it (translated by the web); `name` overrides it. Days are inclusive. */
export const Phase = z.object({
  key: z.enum(['discover', 'build', 'deploy', 'handover']),
  name: z.string().nullable(),
  startsOn: PlainDate,
  endsOn: PlainDate,
});
export type Phase = z.infer<typeof Phase>;

/** A pause of the programme: days, both inclusive, on which the cohort is closed, as it is on public holidays of its country. */
export const Pause = z.strictObject({ from: PlainDate, to: PlainDate, name: Line(60) });
export type Pause = z.infer<typeof Pause>;

/**
 * How a session gets its meeting link. `pattern` may hold `{session}` (a name nobody can guess) for `jitsi` and
 * `bigbluebutton`; `fixed` is one room for all; `none` leaves it to the coach.
 */
export const MeetingPattern = z
  .strictObject({
    kind: z.enum(['jitsi', 'bigbluebutton', 'fixed', 'none']),
    pattern: z
      .string()
      .max(2000)
      .refine((pattern) => WebLink.safeParse(pattern.replaceAll('{session}', 'session')).success, {
        params: { code: 'wrong_format' },
        error: 'must be a web address',
      })
      // What a description can say of a web address.
      .meta({ format: 'uri-template', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9]' })
      .nullable(),
  })
  .meta({
    oneOf: [
      { properties: { kind: { enum: ['none'] }, pattern: { type: 'string', nullable: true, enum: [null] } } },
      { properties: { kind: { enum: ['fixed'] }, pattern: { type: 'string' } } },
      {
        properties: {
          kind: { enum: ['jitsi', 'bigbluebutton'] },
          pattern: { type: 'string', pattern: '\\{session\\}' },
        },
      },
    ],
  });
export type MeetingPattern = z.infer<typeof MeetingPattern>;

/** A cohort as its members see it. Dates are days in `timeZone`. */
/** Socket events `cohort.joined` and `cohort.left`, to all devices of who came in or was taken out. */
export const CohortRef = z.object({ cohortId: Id });
export type CohortRef = z.infer<typeof CohortRef>;

export const Cohort = z.object({
  id: Id,
  name: z.string(),
  color: CohortColor,
  startsOn: PlainDate,
  endsOn: PlainDate,
  timeZone: z.string(),
  locale: Locale,
  country: z.string(),
  state: z.enum(['running', 'closed']),
  phases: z.array(Phase),
  pauses: z.array(Pause),
  meeting: MeetingPattern,
  linkPreviews: LinkPreviewing,
  /** Of the cohort or its programme, for its certificates; null for none. */
  logoUrl: z.string().nullable(),
  counts: z.object({
    fellows: z.number(),
    coaches: z.number(),
    hosts: z.number(),
    staff: z.number(),
    projects: z.number(),
  }),
  /** `removeMembers`: also while the cohort is closed, when nothing else of it can be changed. */
  abilities: z.object({ edit: z.boolean(), invite: z.boolean(), close: z.boolean(), removeMembers: z.boolean() }),
});
export type Cohort = z.infer<typeof Cohort>;

/**
 * POST /api/cohorts (admin): phases, milestones and channels come from the ten-month template. `asTeam`: who makes it is of its programme
 * team from the start.
 */
export const CreateCohort = z.strictObject({
  name: Line(80),
  startsOn: PlainDate,
  timeZone: TimeZone,
  months: z.number().int().min(1).max(24).optional(),
  color: CohortColor.optional(),
  locale: Locale.optional(),
  country: Country.optional(),
  asTeam: z.boolean().optional(),
});
export type CreateCohort = z.infer<typeof CreateCohort>;

/**
 * PATCH C (staff, admin). Phases are given whole, in order, without gaps or overlap; milestones that lie ahead keep their place in
 * their phase and move with it, unless `keepMilestones`.
 */
export const UpdateCohort = z.strictObject({
  name: Line(80).optional(),
  color: CohortColor.optional(),
  timeZone: TimeZone.optional(),
  locale: Locale.optional(),
  country: Country.optional(),
  meeting: MeetingPattern.optional(),
  linkPreviews: z.boolean().optional(),
  phases: z
    .array(z.strictObject({ key: Phase.shape.key, name: Line(60).nullable(), startsOn: PlainDate, endsOn: PlainDate }))
    .length(4)
    .optional(),
  pauses: z.array(Pause).max(40).optional(),
  keepMilestones: z.boolean().optional(),
});
export type UpdateCohort = z.infer<typeof UpdateCohort>;

/**
 * A member of a cohort. `craft` is what they say of themselves, `givenCraft` the one that staff gave them here, whose requests for help they read. That, `email` and
 * `lastSeenAt` are shown to staff only.
 */
export const Member = z.object({
  userId: Id,
  name: z.string(),
  avatarUrl: z.string().nullable(),
  role: Role,
  craft: Craft.nullable(),
  gives: z.array(z.string()),
  wants: z.array(z.string()),
  timeZone: z.string(),
  projectId: Id.nullable(),
  projectName: z.string().nullable(),
  joinedAt: Instant,
  givenCraft: Craft.nullable().optional(),
  email: z.string().optional(),
  lastSeenAt: Instant.nullable().optional(),
});
export type Member = z.infer<typeof Member>;

/** GET C/members?role=&q=&craft= : `q` matches words of name, gives and wants, accents ignored. */
export const MembersQuery = PageQuery.extend({
  role: Role.optional(),
  craft: Craft.optional(),
  projectId: Id.optional(),
  q: z.string().max(100).optional(),
});
export type MembersQuery = z.infer<typeof MembersQuery>;

/** PATCH C/members/:userId (staff). `givenCraft`: they read from then on what is asked of it; null: of none. `successorId`: who gets what waits for a coach who takes another role. */
export const UpdateMember = z.strictObject({
  role: Role.exclude(['alumni']).optional(),
  projectId: Id.nullable().optional(),
  givenCraft: Craft.nullable().optional(),
  successorId: Id.optional(),
});
export type UpdateMember = z.infer<typeof UpdateMember>;

/** DELETE C/members/:userId?successorId= (staff): who gets what waits for them; else whoever of the programme team has least. */
export const RemoveMember = z.strictObject({ successorId: Id.optional() });
export type RemoveMember = z.infer<typeof RemoveMember>;

/**
 * Somebody who is invited and has not come yet, as the programme team plans with them. `projectIds`: where they will be, host or coach once
 * they have joined. `isSent`: their letter has left; until then they may know of nothing.
 */
export const InvitedPerson = z.object({
  invitationId: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  craft: Craft.nullable(),
  projectIds: z.array(Id),
  projectNames: z.array(z.string()),
  isSent: z.boolean(),
});
export type InvitedPerson = z.infer<typeof InvitedPerson>;

/** GET C/invitations/people?role=&q= (staff): by name, at most 200. */
export const InvitedPeopleQuery = z.strictObject({ role: Role.optional(), q: z.string().max(100).optional() });
export type InvitedPeopleQuery = z.infer<typeof InvitedPeopleQuery>;

/** A project (défi): a team of fellows in an agency, with hosts and a coach. */
export const Project = z.object({
  id: Id,
  name: z.string(),
  agency: z.string(),
  summary: z.string(),
  fellows: z.array(Person.extend({ craft: Craft.nullable() })),
  hosts: z.array(Person),
  coach: Person.nullable(),
  /** The crafts that it wants; none where nobody said. */
  places: z.array(ProjectPlace),
  /** Who is planned for it and has not come yet; told to staff and admins only. */
  invited: z.array(InvitedPerson),
  channelId: Id.nullable(),
  /** `edit`: everything; `editSummary`: at least the summary; `readQuestions`: what applicants ask its hosts. */
  abilities: z.object({ edit: z.boolean(), editSummary: z.boolean(), readQuestions: z.boolean() }),
});
export type Project = z.infer<typeof Project>;

/**
 * POST C/projects (staff). People are members of the cohort with the fitting role. `invitedIds` are the open invitations that are planned for
 * it, all of them: what was chosen holds when they join.
 */
export const CreateProject = z.strictObject({
  name: Line(80),
  agency: Line(120),
  summary: Text(2000).optional(),
  fellowIds: z.array(Id).max(6).optional(),
  hostIds: z.array(Id).max(10).optional(),
  coachId: Id.nullable().optional(),
  invitedIds: z.array(Id).max(17).optional(),
  places: z.array(ProjectPlace).max(MAX_PLACES).optional(),
});
export type CreateProject = z.infer<typeof CreateProject>;

/** PATCH C/projects/:id (staff; hosts and fellows of it may change `summary`). */
export const UpdateProject = CreateProject.partial();
export type UpdateProject = z.infer<typeof UpdateProject>;

/** A milestone of the cohort. `titleKey` names a template milestone (translated by the web), else `title` is its text. */
export const Milestone = z.object({
  id: Id,
  titleKey: z.string().nullable(),
  title: z.string().nullable(),
  on: PlainDate,
  phase: Phase.shape.key,
});
export type Milestone = z.infer<typeof Milestone>;

/** POST C/milestones (staff) */
export const CreateMilestone = z.strictObject({ title: Line(120), on: PlainDate });
export type CreateMilestone = z.infer<typeof CreateMilestone>;

/** PATCH C/milestones/:id (staff) */
export const UpdateMilestone = CreateMilestone.partial();
export type UpdateMilestone = z.infer<typeof UpdateMilestone>;

/** One person to invite. `project` is a project's name in the cohort; `timeZone` the one that their account begins with, that of the cohort unless it is known. */
export const InvitePerson = z.strictObject({
  email: Email,
  name: Line(120),
  role: Role.exclude(['alumni']),
  craft: Craft.optional(),
  project: Line(80).optional(),
  locale: Locale.optional(),
  timeZone: TimeZone.optional(),
});
export type InvitePerson = z.infer<typeof InvitePerson>;

/**
 * POST C/invitations as JSON: people are checked one by one, so that errors name their line. One mailbox gets five letters of invitations in a day, those
 * that are sent again among them: a line of a sixth has the error `mailbox_full`, and nobody is invited. 429 `invitations_day_full` beyond 6,000 letters of
 * one person in a day. POST C/invitations/:id/send throws 429 for both. What is kept is no letter, one for a later day is one of the day on which it is asked for. `note` is plain text that
 * stands in each letter, under the name of who invites. `sendAt` (also `?sendAt=` beside a CSV): 422 `past`, `too_far`.
 */
export const InvitePeople = z.strictObject({
  people: z.array(z.unknown()).min(1).max(5000),
  note: Text(500).optional(),
  sendAt: SendAt.optional(),
  dryRun: z.boolean().optional(),
});
export type InvitePeople = z.infer<typeof InvitePeople>;

/** What an import did or, in a dry run, would do. `line` counts from 1, the CSV's header being line 1; people in JSON count from 1. */
export const InviteResult = z.object({
  dryRun: z.boolean(),
  created: z.number(),
  unchanged: z.number(),
  /** Columns of the CSV that say nothing to us. */
  ignoredColumns: z.array(z.string()),
  rows: z.array(
    z.object({
      line: z.number(),
      email: z.string(),
      name: z.string(),
      role: Role,
      project: z.string().nullable(),
      outcome: z.enum(['created', 'unchanged']),
    }),
  ),
  /** In a dry run, the lines as they were read, so that what is wrong can be put right and sent as JSON. */
  lines: z.array(z.object({ line: z.number(), person: z.record(z.string(), z.string()) })),
  errors: z.array(
    z.object({
      line: z.number(),
      code: z.string(),
      detail: z.string(),
      field: z.string().nullable(),
      value: z.string().nullable(),
      /** The earlier line, of a `duplicate`. */
      otherLine: z.number().nullable(),
    }),
  ),
});
export type InviteResult = z.infer<typeof InviteResult>;

/**
 * An invitation as staff see it. `url` can be copied and handed over while it is `pending`, also before any letter went; `refused` is there when the mail server refused its last
 * letter for good, `answer` being the codes of what it said (`550 5.1.1`). `sentAt`: when its last letter went; `sendAt`: when the next one goes, where a day is set.
 */
export const Invitation = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  role: Role,
  state: z.enum(['pending', 'accepted', 'expired', 'revoked']),
  url: z.string().nullable(),
  letter: LetterState,
  sentAt: Instant.nullable(),
  sendAt: Instant.nullable(),
  refused: z.object({ at: Instant, answer: z.string().nullable() }).nullable(),
  createdAt: Instant,
  projectName: z.string().nullable(),
});
export type Invitation = z.infer<typeof Invitation>;

/** GET C/overview (staff): who is left behind. Days count from `countedAt`; `invitedAt` is when the last letter went, and whoever has got none is not waited for. */
export const Overview = z.object({
  countedAt: Instant,
  neverSignedIn: z.array(z.object({ invitationId: Id, name: z.string(), role: Role, invitedAt: Instant })),
  withoutSession: z.array(
    z.object({
      person: Person,
      projectId: Id.nullable(),
      projectName: z.string().nullable(),
      coach: Person.nullable(),
      lastSessionAt: Instant.nullable(),
      days: z.number(),
    }),
  ),
  unansweredTopics: z.array(z.object({ topicId: Id, title: z.string(), author: Person, askedAt: Instant })),
  halfEmptyWorkshops: z.array(
    z.object({ workshopId: Id, title: z.string(), startsAt: Instant, going: z.number(), capacity: z.number() }),
  ),
  sessionsByWeek: z.array(z.object({ weekOf: PlainDate, fellows: z.number() })),
  reminders: z.object({ next7Days: z.number(), failed: z.number() }),
});
export type Overview = z.infer<typeof Overview>;
