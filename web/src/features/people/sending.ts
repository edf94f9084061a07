import type { Invitation } from '../../../../src/contracts/cohorts/cohorts';
import type { LetterOutcome, LettersAsked, SendAt } from '../../../../src/contracts/cohorts/invitation-letters';
import { api } from '../../api/http';

/** When a letter goes, as one chooses it: `at` is the instant of `on`, null until a day is chosen. */
export interface Sending {
  when: 'now' | 'on' | 'not_yet';
  at: string | null;
}

export const AT_ONCE: Sending = { when: 'now', at: null };

/** A day is chosen where one is to be. */
export const isWhole = ({ when, at }: Sending) => when !== 'on' || at !== null;

/** The same as the server is told. */
export const sendAtOf = ({ when, at }: Sending): { sendAt?: SendAt } =>
  when === 'now' ? {} : { sendAt: when === 'on' ? at : 'not_yet' };

/** A request takes so many. */
const MOST = 500;

/** What becomes of letters that are asked for: as much of it as is known by now. */
type Outcomes = ReadonlyMap<string, LetterOutcome>;

/**
 * Asks for the letters of some invitations, part by part, and says after each what has become of all so far: a part that fails takes nothing back from those before. Who is taken for somebody without
 * a letter gets none where they have had one meanwhile.
 */
export async function askLetters(
  cohortId: string,
  chosen: readonly Invitation[],
  sending: Sending,
  onPart: (outcomes: Outcomes) => void,
): Promise<void> {
  const outcomes = new Map<string, LetterOutcome>();
  for (const firstOnly of [true, false]) {
    const ids = chosen.filter((one) => isUnsent(one) === firstOnly).map(({ id }) => id);
    for (let from = 0; from < ids.length; from += MOST) {
      const body = {
        invitationIds: ids.slice(from, from + MOST),
        ...sendAtOf(sending),
        ...(firstOnly && { firstOnly }),
      };
      const { items } = await api.post<LettersAsked>(`/cohorts/${cohortId}/invitations/letters`, body);
      for (const { invitationId, outcome } of items) outcomes.set(invitationId, outcome);
      onPart(new Map(outcomes));
    }
  }
}

/** It came to be as it was asked for. */
export const isDone = (outcome: LetterOutcome) =>
  outcome === 'under_way' || outcome === 'planned' || outcome === 'kept';

/** Somebody can still come by it. */
export const isOpen = ({ state }: Pick<Invitation, 'state'>) => state === 'pending' || state === 'expired';

/** Nobody has got a letter yet: what is saved waits for its day, or for staff; or no mail server took the first one. */
export const isUnsent = ({ state, letter, sentAt }: Pick<Invitation, 'state' | 'letter' | 'sentAt'>) =>
  isOpen({ state }) && sentAt === null && (letter === 'kept' || letter === 'planned' || letter === 'failed');

const UNDER_WAY_MS = 3_000;
const HOUR_MS = 3_600_000;

/** In how long the letters that are shown stand otherwise: those that are under way have gone within seconds, others go on their day. False: they stay as they are. */
export function changesInMs(
  invitations: readonly Pick<Invitation, 'state' | 'letter' | 'sendAt'>[],
  now = Date.now(),
): number | false {
  if (invitations.some(({ state, letter }) => state === 'pending' && letter === 'under_way')) return UNDER_WAY_MS;
  const days = invitations.flatMap((one) => (one.sendAt && isOpen(one) ? [Date.parse(one.sendAt)] : []));
  // No timer counts weeks.
  return days.length > 0 && Math.min(Math.max(Math.min(...days) - now, UNDER_WAY_MS), HOUR_MS);
}
