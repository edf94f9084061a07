import { mailboxOf } from '../common/texts/mailbox.js';
import type { Count, Limit } from '../infra/redis/rate-limits.js';

/** Each change of address is a mail to anybody: what one member may ask for, what goes to one mailbox, and what all may. */
const changesOfOne: Limit = { name: 'address-change', points: 5, seconds: 24 * 60 * 60 };
const changesTo: Limit = { name: 'address-change-to', points: 3, seconds: 60 * 60, growsTo: 24 * 60 * 60 };
export const changesOfAll: Limit = { name: 'address-change-all', points: 300, seconds: 60 * 60 };

/** Where a letter that confirms an address of an account counts. `whose`: of whom what one may ask for (`sinceTheirs`). */
export const mailTo = (email: string, whose: string): Count[] => [
  [changesOfOne, whose],
  [changesTo, mailboxOf(email)],
  [changesOfAll, 'all'],
];
