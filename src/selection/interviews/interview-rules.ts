import type { HandedInRow } from '../../calls/applications/applications-reader.js';
import { standingDecision } from '../../calls/decisions/deciding.js';
import { conflict } from '../../common/problem.js';
import type { InterviewState, PanelInterview } from '../../contracts/selection/interviews.js';
import type { InterviewRow, PanelRow } from './interview.schema.js';
import type { Stretch } from './times.js';

type DecisionKind = NonNullable<HandedInRow['decision']>['kind'];

const OVER = new Set<DecisionKind>(['declined', 'lapsed']);

/** Whether a file is still talked about, as far as who applies knows: a decision that is held is never told. */
export const isTalkedAbout = (file: Pick<HandedInRow, 'decision' | 'decidedBefore'>, now: Date): boolean =>
  isInvitable(standingDecision(file, now)?.kind ?? null);

/** What is decided about a file, for one of the programme team: of their own file they know what was told. */
export const decisionFor = (
  file: Pick<HandedInRow, 'decision' | 'decidedBefore'>,
  isOwn: boolean,
  now: Date,
): DecisionKind | null => (isOwn ? standingDecision(file, now) : file.decision)?.kind ?? null;

/** Whether staff can invite a file: it is not declined, nor was its place lost. */
export const isInvitable = (decision: DecisionKind | null): boolean => decision === null || !OVER.has(decision);

/** Where an interview stands for staff. `decision`: about its file; undefined where that is not there any more. */
export function stateOf(
  { time }: Pick<InterviewRow, 'time'>,
  decision: DecisionKind | null | undefined,
): InterviewState {
  if (decision === undefined || !isInvitable(decision)) return 'ended';
  return time ? 'chosen' : 'to-choose';
}

/** Whether, and when before they were invited anew, nobody came, for one of the programme team: of their own file they learn nothing of that. */
export const missedOf = (
  { missedAt, missed = [] }: Pick<InterviewRow, 'missedAt' | 'missed'>,
  isOwn: boolean,
): Pick<PanelInterview, 'missedAt' | 'missed'> =>
  isOwn
    ? { missedAt: null, missed: [] }
    : { missedAt: missedAt?.toISOString() ?? null, missed: missed.map(({ startsAt }) => startsAt.toISOString()) };

/** Whether somebody, by their account, sits on a panel. */
export const sitsOn = ({ memberIds }: Pick<PanelRow, 'memberIds'>, userId: string): boolean =>
  memberIds.some((id) => String(id) === userId);

/** Whether an interview has begun: it was talked, or nobody came. */
export const hasBegun = (time: Pick<Stretch, 'startsAt'> | null, now: Date): boolean =>
  time !== null && time.startsAt <= now;

/** Whether somebody came shows once it has begun. Throws 409 `too_early`. */
export function mustHaveBegun(time: Pick<Stretch, 'startsAt'>, now: Date): void {
  if (!hasBegun(time, now)) throw conflict('too_early', 'This interview has not begun.');
}

/** What has begun stays. Throws 409 `too_late`. */
export function mustBeToCome(time: Pick<Stretch, 'startsAt'> | null, now: Date): void {
  if (hasBegun(time, now)) throw conflict('too_late', 'This interview has begun.');
}

/** What one of the programme team can do with an interview: what has begun stays, and what was noted of it; their own is for others. `may`: whether they can do anything with those of the call. */
export function abilitiesOf(
  { time, state, handedIn }: Pick<InterviewRow, 'time'> & Pick<PanelInterview, 'state' | 'handedIn'>,
  may: boolean,
  now: Date,
): PanelInterview['abilities'] {
  const isToCome = !hasBegun(time, now);
  return {
    callOff: may && isToCome && handedIn === 0,
    mark: may && !isToCome && handedIn === 0,
    set: may && isToCome && state !== 'ended',
  };
}
