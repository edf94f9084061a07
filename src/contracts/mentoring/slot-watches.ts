import { z } from 'zod';
import { Id, Instant } from '../primitives.js';

/**
 * PUT C/coaches/:userId/watch (fellows): tell me once when this coach, who has no free slot, has one. Again: the same. 409
 * `has_free_slot` with `next` where there is one already. DELETE stops it. GET C/slot-watches: those I wait for.
 */
export const SlotWatch = z.object({ coachId: Id, since: Instant });
export type SlotWatch = z.infer<typeof SlotWatch>;
