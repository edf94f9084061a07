import type { Role } from '../../contracts/roles.js';

/** A member as the rule sees one who might be asked. */
export interface Askable {
  userId: string;
  role: Role;
  gives: readonly string[];
}

/** Why somebody cannot be asked for help; null when they can. */
export type NotAskable = 'not_a_member' | 'yourself' | 'cannot_be_asked';

/** Coaches, alumni and the programme team can be asked, and every fellow who says what they give. Hosts and who asks cannot. */
export function notAskable(one: Askable | null, askerId: string): NotAskable | null {
  if (!one) return 'not_a_member';
  if (one.userId === askerId) return 'yourself';
  if (one.role === 'host') return 'cannot_be_asked';
  return one.role === 'fellow' && one.gives.length === 0 ? 'cannot_be_asked' : null;
}
