import type { SessionKind } from '../../../../../src/contracts/mentoring/mentoring';

/** The kinds of session in the order in which they are shown; their words are `kinds.<kind>`. */
export const KINDS: readonly SessionKind[] = ['help_desk', 'mentoring'];
