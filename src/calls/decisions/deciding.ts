import { MINUTE } from '../../common/times/clock.js';
import { type Decision, DECISION_HELD_MINUTES, type DecidedApplications } from '../../contracts/calls/decisions.js';
import type { ApplicationRow, DecisionRow } from '../applications/application.schema.js';

/** A letter that is due so soon may be on its way. */
const TOO_LATE_MS = 2 * MINUTE;

type Standing = Pick<ApplicationRow, 'state' | 'number' | 'decision'>;

/** When the letter of a decision of now goes. */
export const sendAtOf = (now: Date): Date => new Date(now.getTime() + DECISION_HELD_MINUTES * MINUTE);

/** Whether its letter is due: from then on it stands. */
export const isSent = ({ sendAt }: Pick<DecisionRow, 'sendAt'>, now: Date): boolean => now >= sendAt;

/** Whether it can be undone still. */
export const isHeld = ({ sendAt }: Pick<DecisionRow, 'sendAt'>, now: Date): boolean =>
  now.getTime() < sendAt.getTime() - TOO_LATE_MS;

/** Why a file cannot be decided so; null when it can. Of who is on the waiting list, and knows it, one decides once more. */
export function whyNotDecided(
  file: Standing | undefined,
  kind: DecisionRow['kind'],
  now: Date,
): DecidedApplications['left'][number]['because'] | null {
  if (file?.number === undefined) return 'unknown';
  if (file.state === 'withdrawn') return 'withdrawn';
  const { decision } = file;
  if (!decision) return null;
  return decision.kind === 'waiting' && kind !== 'waiting' && isSent(decision, now) ? null : 'decided';
}

/** Where a file stands for who applies: a decision is one from when its letter is due. */
export const stateFor = ({ state, decision }: Pick<ApplicationRow, 'state' | 'decision'>, now: Date) =>
  state === 'submitted' && decision && isSent(decision, now) ? decision.kind : state;

/** For who applies: the decision that stands, which is the one before while another is held. */
export const standingDecision = (
  { decision, decidedBefore }: Pick<ApplicationRow, 'decision' | 'decidedBefore'>,
  now: Date,
): DecisionRow | null => (decision && isSent(decision, now) ? decision : (decidedBefore ?? null));

/** As staff see it. */
export const shownDecision = ({ decision }: { decision?: DecisionRow | undefined }, now: Date): Decision | null =>
  decision ? { kind: decision.kind, sendAt: decision.sendAt.toISOString(), isSent: isSent(decision, now) } : null;
