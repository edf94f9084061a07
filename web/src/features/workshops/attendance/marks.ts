import type { AttendanceMark, Registration } from '../../../../../src/contracts/workshops/workshops';

/** What I said of somebody's place and the server has not taken yet. Instants are by this device's clock. */
export interface WaitingMark {
  kind: 'mark';
  myId: string;
  cohortId: string;
  workshopId: string;
  userId: string;
  status: AttendanceMark;
  at: string;
}

/** Somebody from outside whom I let in. `key` makes it one, however often it is sent. */
export interface WaitingGuest {
  kind: 'guest';
  myId: string;
  cohortId: string;
  workshopId: string;
  key: string;
  name: string;
  at: string;
}

export type Waiting = WaitingMark | WaitingGuest;

/** Of one person what I said last is enough. */
export function withWaiting(waiting: readonly Waiting[], next: Waiting): Waiting[] {
  return [...waiting.filter((one) => nameOf(one) !== nameOf(next)), next];
}

/** Those that the server took; what I said of the same person since waits on. */
export function without(waiting: readonly Waiting[], taken: readonly Waiting[]): Waiting[] {
  const done = new Set(taken.map((one) => `${nameOf(one)} ${one.at}`));
  return waiting.filter((one) => !done.has(`${nameOf(one)} ${one.at}`));
}

/** The list as I see it: what I said counts, though the server has not taken it. */
export function shownAs(
  items: readonly Registration[],
  waiting: readonly Waiting[],
): (Registration & { isWaiting: boolean })[] {
  const said = new Map(waiting.flatMap((one) => (one.kind === 'mark' ? [[one.userId, one.status] as const] : [])));
  return items.map((one) => ({ ...one, status: said.get(one.userId) ?? one.status, isWaiting: said.has(one.userId) }));
}

/** Whose place it is, or which guest, and who says it. */
export const nameOf = (one: Waiting) => `${one.myId} ${one.workshopId} ${one.kind === 'mark' ? one.userId : one.key}`;

/** What of a stored list is ours. */
export const isWaiting = (one: unknown): one is Waiting =>
  typeof one === 'object' && one !== null && 'kind' in one && 'myId' in one && 'workshopId' in one && 'at' in one;
