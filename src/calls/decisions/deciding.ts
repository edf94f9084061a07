import { MINUTE } from '../../common/times/clock.js';
import {
  type Decision,
  DECISION_HELD_MINUTES,
  type DecidedApplications,
  type DecisionKind,
} from '../../contracts/calls/decisions.js';
import type { ApplicationRow, DecisionRow } from '../applications/application.schema.js';
import { shownPlace } from '../places/placing.js';
import { askedAt } from '../work/asked-piece.js';

/** A letter that is due so soon may be on its way. */
const TOO_LATE_MS = 2 * MINUTE;

type DecidableFile = Pick<ApplicationRow, 'state' | 'number' | 'decision' | 'asked' | 'email'>;

/** So long nobody hears of a decision, in milliseconds. */
export const HELD_MS = DECISION_HELD_MINUTES * MINUTE;

/** When the letter of a decision of now goes. */
export const sendAtOf = (now: Date): Date => new Date(now.getTime() + HELD_MS);

/** Whether its letter is due: from then on it stands. */
export const isSent = ({ sendAt }: Pick<DecisionRow, 'sendAt'>, now: Date): boolean => now >= sendAt;

/** Whether it can be undone still. */
export const isHeld = ({ sendAt }: Pick<DecisionRow, 'sendAt'>, now: Date): boolean =>
  now.getTime() < sendAt.getTime() - TOO_LATE_MS;

/** Why a file cannot be decided so; null when it can. Of who is on the waiting list, and knows it, one decides once more; who lost their place may be accepted again. */
export function whyNotDecided(
  file: DecidableFile | undefined,
  kind: DecisionKind,
  now: Date,
  isOwn: (file: DecidableFile) => boolean = () => false,
): DecidedApplications['left'][number]['because'] | null {
  if (file?.number === undefined) return 'unknown';
  if (isOwn(file)) return 'own_file';
  if (file.state === 'withdrawn') return 'withdrawn';
  // Who is asked for something would see that nothing is asked any more.
  if (askedAt(file, now)) return 'asked';
  const { decision } = file;
  if (!decision || (decision.kind === 'lapsed' && kind === 'accepted')) return null;
  return decision.kind === 'waiting' && kind !== 'waiting' && isSent(decision, now) ? null : 'decided';
}

/** For who applies: the decision that stands, which is the one before while another is held. */
export const standingDecision = (
  { decision, decidedBefore }: Pick<ApplicationRow, 'decision' | 'decidedBefore'>,
  now: Date,
): DecisionRow | null => (decision && isSent(decision, now) ? decision : (decidedBefore ?? null));

/** Where a file stands for who applies: a decision is one from when its letter is due. */
export const stateFor = (file: Pick<ApplicationRow, 'state' | 'decision' | 'decidedBefore'>, now: Date) =>
  file.state === 'submitted' ? (standingDecision(file, now)?.kind ?? file.state) : file.state;

/** As staff see it. `own`: what the one who looks handed in themself; a place that was passed on to it names it only once its letter is due. */
export function shownDecision(
  { decision }: { decision?: DecisionRow | undefined },
  now: Date,
  own: readonly Pick<ApplicationRow, 'numberText' | 'decision'>[],
): Decision | null {
  if (!decision) return null;
  const place = decision.place ? shownPlace(decision.place) : null;
  const isUnheard = own.some(
    (file) => file.numberText === place?.passedTo && file.decision && !isSent(file.decision, now),
  );
  return {
    ...{ kind: decision.kind, sendAt: decision.sendAt.toISOString(), isSent: isSent(decision, now) },
    place: place && isUnheard ? { ...place, passedTo: null } : place,
  };
}
