import type { Membership } from '../contracts/auth/auth.js';
import { Port } from '../common/port.js';

/** Where a person belongs. The cohorts room, which comes later in the house, provides it to `me`. */
export abstract class MembershipsOf {
  abstract list(userId: string): Promise<Membership[]>;
}

/** Answered by the cohorts room. */
export class MembershipsPort extends Port<MembershipsOf> {}
