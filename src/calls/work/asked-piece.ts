import type { Asked, AskedPiece } from '../../contracts/calls/asking.js';
import type { ApplicationRow, AskedRow } from '../applications/application.schema.js';

/** What who applies is asked for at an instant; null where nothing is open for them. */
export function askedAt(
  { asked, state, decision }: Pick<ApplicationRow, 'asked' | 'state' | 'decision'>,
  at: Date,
): AskedRow | null {
  const isOpen = asked && !asked.cameAt && !asked.endedAt && at < asked.until;
  return isOpen && state === 'submitted' && !decision ? asked : null;
}

/** As who applies sees it. */
export const myAsked = ({ fields, until, words }: AskedRow): Asked => ({ fields, until: until.toISOString(), words });

/** As staff see it; what was settled by a decision is said no more. */
export function shownAsked(
  { asked, decision }: Pick<ApplicationRow, 'asked' | 'decision'>,
  now: Date,
): AskedPiece | null {
  if (!asked || decision) return null;
  const { at, cameAt, endedAt, until } = asked;
  return {
    ...{ ...myAsked(asked), at: at.toISOString(), cameAt: cameAt?.toISOString() ?? null },
    state: stateOf({ cameAt, endedAt, until }, now),
  };
}

function stateOf({ cameAt, endedAt, until }: Pick<AskedRow, 'cameAt' | 'endedAt' | 'until'>, now: Date) {
  if (cameAt) return 'came';
  if (endedAt) return 'ended';
  return now < until ? 'waits' : 'over';
}
