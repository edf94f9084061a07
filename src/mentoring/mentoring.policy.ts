import type { MentoringSession, SessionStatus } from '../contracts/mentoring/mentoring.js';
import type { Role } from '../contracts/roles.js';

/** What the policy knows of who asks. */
export interface Asking {
  userId: string;
  role: Role | 'admin';
  cohortState?: 'running' | 'closed';
}

/** What the policy knows of a session. */
export interface Subject {
  coachId: string;
  /** The second of two coaches. */
  secondCoachId?: string | null;
  participantIds: readonly string[];
  status: SessionStatus;
  startsAt: Date;
  endsAt: Date;
}

/** How somebody has to do with a session; null: it does not exist for them. */
export function partIn(asking: Asking, subject: Subject): 'coach' | 'participant' | 'staff' | null {
  if (asking.userId === subject.coachId || asking.userId === subject.secondCoachId) return 'coach';
  if (subject.participantIds.includes(asking.userId)) return 'participant';
  return asking.role === 'staff' ? 'staff' : null;
}

/**
 * What somebody may do with a session now. Coach and staff settle it as long as nobody has; participants may move or cancel it until
 * it ends; in a closed cohort nothing is moved any more. Until it begins coach and staff may hand it to another coach. Notes and actions are written by those who meet; staff, who do not, read `staff` notes only.
 */
export function abilities(asking: Asking, subject: Subject, now: Date): MentoringSession['abilities'] {
  const part = partIn(asking, subject);
  const open = subject.status === 'scheduled' && part !== null;
  const settles = part === 'coach' || part === 'staff';
  const meets = part === 'coach' || part === 'participant';
  return {
    reschedule: open && asking.cohortState !== 'closed' && (settles || now < subject.endsAt),
    handOver: open && asking.cohortState !== 'closed' && settles && now <= subject.startsAt,
    cancel: open && (settles || now < subject.endsAt),
    complete: open && settles && now >= subject.startsAt,
    addNote: meets,
    addAction: meets && subject.status !== 'cancelled',
    rate: meets && subject.status === 'held',
  };
}
