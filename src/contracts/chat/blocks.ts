import { z } from 'zod';
import { Person } from '../primitives.js';

/**
 * GET /api/me/blocked: whom I take no direct messages from, by name; socket event `blocked.changed`, to my devices. PUT and DELETE
 * /api/me/blocked/:userId. In the conversation of exactly the two of us they are refused with 403 `blocked`, I with 409 `you_blocked`.
 */
export const BlockedPeople = z.object({ items: z.array(Person) });
export type BlockedPeople = z.infer<typeof BlockedPeople>;
