import { z } from 'zod';
import { Answers } from '../calls/answers.js';
import { Criterion } from '../calls/calls.js';
import { FieldKey, InBoth, PublishedForm } from '../calls/forms.js';
import { Id, Instant, Line, PlainDate, Text, WallTime } from '../primitives.js';
import { Verdict } from './reviews.js';

/** So many people sit on a panel, so many times it offers at most, and so many files it talks to. */
export const MAX_MEMBERS = 8;
export const MAX_TIMES = 300;
export const MAX_INTERVIEWS = 300;
/** So many files are invited at once. */
export const MAX_INVITED = 100;

const FIVE = 5;

const writable = {
  name: Line(80),
  /** How long an interview is. */
  minutes: z.number().int().min(10).max(180).multipleOf(FIVE),
  /** The room, or the address of the meeting. Who chose a time reads it. */
  place: Line(300),
  /** A phone number for the day; empty for none. */
  phone: Line(40, 0),
  /** A time can be moved or given back until so many hours before it. */
  moveHours: z.number().int().min(0).max(168),
  /** People of the programme team and jurors of the call, by their accounts. */
  memberIds: z.array(Id).min(1).max(MAX_MEMBERS),
};

/** A person of a panel. `isThere`: still a juror of the call, or of the programme team. */
export const Interviewer = z.object({ userId: Id, name: z.string(), isThere: z.boolean() });
export type Interviewer = z.infer<typeof Interviewer>;

/** A time that a panel offers. `interviewId`: who took it. */
export const InterviewTime = z.object({ id: Id, startsAt: Instant, endsAt: Instant, interviewId: Id.nullable() });
export type InterviewTime = z.infer<typeof InterviewTime>;

/** `to-choose`: invited, and has no time; `chosen`: has one; `ended`: the file is no more to be talked about: it was declined, or lost its place. */
export const InterviewState = z.enum(['to-choose', 'chosen', 'ended']);
export type InterviewState = z.infer<typeof InterviewState>;

/** What somebody of a panel thinks: from 1 to the length of the scale by the criteria of the call, and yes, maybe or no. None of it has to be said. */
const judged = {
  scores: z.record(FieldKey, z.number().int().min(1).max(7)),
  verdict: Verdict.nullable(),
};

/** By what an interview is judged: the criteria of the call, and the words of their scale. */
const judgedBy = { criteria: z.array(Criterion), scale: z.array(InBoth) };

/** A file that a panel talks to, as staff see it. `moves`: how often who applies changed its time. `handedIn`: how many notes are; `mean` (of their weighted means; null where nothing was scored) and `verdicts` are those of these. `isOwn`: it is of who asks. `refusedAt`: when its address refused a letter about the interview. `missedAt`: when somebody said that nobody came at that time; `missed`: the beginnings of times that were missed before it was invited anew. Of one's own file both are empty. `abilities`: what who asks can do with it now: call it off, say whether somebody came, set its time. */
export const PanelInterview = z.object({
  id: Id,
  applicationId: Id,
  number: z.string(),
  name: z.string(),
  craft: InBoth.nullable(),
  state: InterviewState,
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  moves: z.number(),
  handedIn: z.number(),
  mean: z.number().nullable(),
  verdicts: z.object({ yes: z.number(), maybe: z.number(), no: z.number() }),
  isOwn: z.boolean(),
  invitedAt: Instant,
  remindedAt: Instant.nullable(),
  refusedAt: Instant.nullable(),
  missedAt: Instant.nullable(),
  missed: z.array(Instant),
  abilities: z.object({ callOff: z.boolean(), mark: z.boolean(), set: z.boolean() }),
});
export type PanelInterview = z.infer<typeof PanelInterview>;

/** A panel with its times, by when they are, and the files that it talks to, by their number. */
export const InterviewPanel = z.object({
  ...{ id: Id, revision: z.number(), name: z.string(), minutes: z.number(), place: z.string(), phone: z.string() },
  ...{ moveHours: z.number(), members: z.array(Interviewer) },
  times: z.array(InterviewTime),
  interviews: z.array(PanelInterview),
});
export type InterviewPanel = z.infer<typeof InterviewPanel>;

/** GET C/calls/:callId/interviews (staff): the panels of a call by name, and who may sit on one. Times are offered in the call's `timeZone`. */
export const Interviews = z.object({
  timeZone: z.string(),
  panels: z.array(InterviewPanel),
  people: z.array(Interviewer),
  abilities: z.object({ edit: z.boolean() }),
});
export type Interviews = z.infer<typeof Interviews>;

/** GET C/calls/:callId/interviews/files (staff): whom a panel may invite: what was handed in, is not declined, and has no interview yet, or missed it (`hasMissed`). */
export const InvitableFiles = z.object({
  items: z.array(
    z.object({
      ...{ applicationId: Id, number: z.string(), name: z.string(), craft: InBoth.nullable() },
      ...{ isOwn: z.boolean(), hasMissed: z.boolean() },
    }),
  ),
});
export type InvitableFiles = z.infer<typeof InvitableFiles>;

/** POST C/calls/:callId/interviews/panels (staff). 409 `cohort_closed`, `too_many_panels` (20); 422 `/memberIds` `unknown`. */
export const CreatePanel = z.strictObject(writable);
export type CreatePanel = z.infer<typeof CreatePanel>;

/**
 * PATCH C/calls/:callId/interviews/panels/:panelId (staff). Who has a time hears of another place, phone or panel. 409 `edited_meanwhile`, `times_offered` (another length), `interviewer_busy` (`names`), `room_taken`,
 * `interest` (a new member must not judge a file that is invited: `numbers`), `still_read` (they are asked to read it without what a step hides: `numbers`), `own_file` (who changes who sits there applied), `cohort_closed`. DELETE: while nobody is invited, else 409 `panel_in_use`.
 */
export const UpdatePanel = z.strictObject({
  revision: z.number().int().min(0),
  name: writable.name.optional(),
  minutes: writable.minutes.optional(),
  place: writable.place.optional(),
  phone: writable.phone.optional(),
  moveHours: writable.moveHours.optional(),
  memberIds: writable.memberIds.optional(),
});
export type UpdatePanel = z.infer<typeof UpdatePanel>;

/**
 * POST C/calls/:callId/interviews/panels/:panelId/times (staff), POST /api/me/interviews/panels/:panelId/times (who sits on it): one interview after the other, on a day between two times on the wall of the call's zone,
 * with a break after each. What is offered already stays, once. 422 `/on` `in_the_past`, `too_far`, `/until` `before_start`, `too_short`; 409 `too_many_times`, `interviewer_busy` (`names`: they have another interview then), `room_taken`, `cohort_closed`.
 * DELETE .../times/:timeId takes one away: 404; 409 `too_late` where somebody chose it and it has begun, `own_file`, `cohort_closed`.
 */
export const OfferTimes = z.strictObject({
  on: PlainDate.regex(/^20/),
  from: WallTime,
  until: WallTime,
  pauseMinutes: z.number().int().min(0).max(120).multipleOf(FIVE),
});
export type OfferTimes = z.infer<typeof OfferTimes>;
/** Answer to {@link OfferTimes}: how many are new. */
export const OfferedTimes = z.object({ offered: z.number() });
export type OfferedTimes = z.infer<typeof OfferedTimes>;

/** POST .../panels/:panelId/invitations (staff): each gets a letter. Who is invited already, by whichever panel, is left, but for who missed it: they choose anew, among the times of this panel. 409 `call_open`, `cohort_closed`, `no_times` (none of the panel is free), `too_many_interviews`, `own_file`, `interest` (`numbers`: somebody of the panel must not judge these), `still_read` (`numbers`: somebody has still to read these without what a step hides); 422 `/applicationIds` `unknown`. */
export const InviteToInterviews = z.strictObject({ applicationIds: z.array(Id).min(1).max(MAX_INVITED) });
export type InviteToInterviews = z.infer<typeof InviteToInterviews>;
/** Answer to {@link InviteToInterviews}. */
export const InvitedToInterviews = z.object({ invited: z.number() });
export type InvitedToInterviews = z.infer<typeof InvitedToInterviews>;

/** POST .../panels/:panelId/remind (staff): a letter to all who have not chosen yet; who was invited or reminded in the last hour is left. */
export const RemindedToChoose = z.object({ reminded: z.number() });
export type RemindedToChoose = z.infer<typeof RemindedToChoose>;

/** What somebody of a panel noted of an interview. Readers see it once it is handed in: staff, and those of the panel who handed in theirs. `authorName` is empty where the account is gone. `mean`: of the scores by their weights, null where there are none. */
export const InterviewNote = z.object({
  ...{ authorName: z.string(), text: z.string(), ...judged, mean: z.number().nullable(), submittedAt: Instant },
});
export type InterviewNote = z.infer<typeof InterviewNote>;
/** GET C/calls/:callId/interviews/:interviewId/notes (staff). 409 `own_file`. DELETE C/calls/:callId/interviews/:interviewId: calls it off, and says so to all; its time is free again. 409 `own_file`, `cohort_closed`, `too_late` (it has begun), `noted` (a note about it is handed in). */
export const InterviewNotes = z.object({ ...judgedBy, items: z.array(InterviewNote) });
export type InterviewNotes = z.infer<typeof InterviewNotes>;

/**
 * PUT C/calls/:callId/interviews/:interviewId/attendance (staff), PUT /api/me/interviews/:interviewId/attendance (who sits there): that nobody came, or that this was wrong. Said again, nothing happens. Who applies
 * is not told. Of the same that one person says of one talk again and again the file's acts keep the last. 404; 409 `too_early` (it has not begun), `noted` (a note about it is handed in: it took place), `edited_meanwhile`, `own_file`, `cohort_closed`.
 */
export const MarkAttendance = z.strictObject({ missed: z.boolean() });
export type MarkAttendance = z.infer<typeof MarkAttendance>;

/** GET /api/me/interviews: the panels on which I sit, in cohorts that run. `waiting`: how many have not chosen; `hasMissed`: nobody came. */
export const MyInterviews = z.object({
  panels: z.array(
    z.object({
      ...{ id: Id, name: z.string(), minutes: z.number(), place: z.string(), phone: z.string(), timeZone: z.string() },
      callTitle: InBoth,
      cohort: z.object({ name: z.string(), color: z.string() }),
      with: z.array(z.string()),
      waiting: z.number(),
      times: z.array(
        z.object({
          ...{ id: Id, startsAt: Instant, endsAt: Instant },
          interview: z
            .object({
              ...{ id: Id, number: z.string(), name: z.string(), note: z.enum(['none', 'begun', 'submitted']) },
              hasMissed: z.boolean(),
            })
            .nullable(),
        }),
      ),
    }),
  ),
});
export type MyInterviews = z.infer<typeof MyInterviews>;

/** GET /api/me/interviews/:interviewId: whom I talk to, what they handed in (without its files), and what I noted. `others`: null until mine is handed in. `missedAt`: when somebody said that nobody came. `abilities.mark`: whether that can be said, or taken back, now. 404 also for who has an interest in the file, and for who is still to read it without what a step hides. */
export const MyInterview = z.object({
  ...{ id: Id, number: z.string(), name: z.string(), startsAt: Instant, endsAt: Instant, timeZone: z.string() },
  panel: z.object({ id: Id, name: z.string(), place: z.string(), phone: z.string() }),
  call: z.object({ title: InBoth, slug: z.string() }),
  file: z.object({ form: PublishedForm, answers: Answers }),
  ...judgedBy,
  missedAt: Instant.nullable(),
  abilities: z.object({ mark: z.boolean() }),
  note: z.object({ text: z.string(), ...judged, revision: z.number(), submittedAt: Instant.nullable() }),
  others: z.array(InterviewNote).nullable(),
});
export type MyInterview = z.infer<typeof MyInterview>;

/** PUT /api/me/interviews/:interviewId/note: `revision` is the one that was shown (0: none yet). What is handed in stays. 409 `cohort_closed`, `edited_meanwhile`, `note_submitted`, `missed` (it is handed in of an interview to which nobody came); 422 `/text` `required` for an empty one that is handed in, `/scores/<key>` `unknown` (no criterion of the call) or `out_of_range`. */
export const WriteInterviewNote = z.strictObject({
  revision: z.number().int().min(0),
  text: Text(10_000),
  scores: judged.scores.default({}),
  verdict: judged.verdict.default(null),
  submit: z.boolean(),
});
export type WriteInterviewNote = z.infer<typeof WriteInterviewNote>;

/**
 * An interview as who applies sees it. `place` and `phone` are empty until a time is chosen. `until`: until when the chosen time can be moved or given back; null where none is chosen. `times`: those
 * that are free and can still be chosen, by when they are.
 */
export const OwnInterview = z.object({
  ...{ minutes: z.number(), place: z.string(), phone: z.string(), timeZone: z.string() },
  with: z.array(z.string()),
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  until: Instant.nullable(),
  times: z.array(z.object({ id: Id, startsAt: Instant, endsAt: Instant })),
  abilities: z.object({ choose: z.boolean(), giveBack: z.boolean() }),
});
export type OwnInterview = z.infer<typeof OwnInterview>;

/** GET /api/applications/:id/interview: null for who is not invited, and for a file that is not talked about any more. */
export const OwnInvitation = z.object({ interview: OwnInterview.nullable() });
export type OwnInvitation = z.infer<typeof OwnInvitation>;

/**
 * PUT /api/applications/:id/interview/time: takes a time, or moves to another one; said again, nothing happens. 409 `time_taken`, `too_late` (the own one cannot be moved any more, or the other one begins), `too_many_moves` (10),
 * `you_are_busy` (another interview of theirs is then), `cohort_closed`. DELETE gives it back: 409 `too_late`, `too_many_moves`, `cohort_closed`. 404 for who is not invited.
 * PUT C/calls/:callId/interviews/:interviewId/time (staff): the same for somebody who asks them, who gets the same letter, and until either time begins, however often: it is no move of theirs. 409 `time_taken` (also where they have an interview in another cohort then), `too_late`, `applicant_busy` (they have one in this cohort), `own_file`, `cohort_closed`, `edited_meanwhile`.
 */
export const ChooseTime = z.strictObject({ timeId: Id });
export type ChooseTime = z.infer<typeof ChooseTime>;
