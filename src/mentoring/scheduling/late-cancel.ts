import { conflict } from '../../common/problem.js';
import type { partIn } from '../mentoring.policy.js';

type Part = ReturnType<typeof partIn>;

interface Cancellable {
  startsAt: Date;
  cancelBy?: Date | null;
}

/**
 * Until when a session can be cancelled without its counting as late: the coach's notice before its start, as it was when it was
 * booked or moved. Sessions from before this was kept can be until they begin.
 */
export const deadlineOf = ({ startsAt, cancelBy }: Cancellable): Date => cancelBy ?? startsAt;

/**
 * From when on a cancellation by somebody counts as late; null: never. It is the fellows who owe the notice: coach and staff answer for
 * the coach's time.
 */
export const lateFrom = (part: Part, session: Cancellable): Date | null =>
  part === 'participant' ? deadlineOf(session) : null;

/** Whether a cancellation by somebody now is late. At the deadline itself it is in time. */
export function cancelsLate(part: Part, session: Cancellable, now: Date): boolean {
  const from = lateFrom(part, session);
  return from !== null && now > from;
}

/** 409 for who was told that it does not count as late, when it does by now. */
export const lateNow = () => conflict('late_now', 'The time to cancel has passed: it would count as late.');
