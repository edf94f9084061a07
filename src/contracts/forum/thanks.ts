import { z } from 'zod';
import { Id, Instant, Person } from '../primitives.js';

/** GET C/members/:userId/answers: whom a member helped: their replies that are the answer of a topic of others, the latest 20. No count and no rank. */
export const GivenAnswer = z.object({ topicId: Id, title: z.string(), number: z.number(), asker: Person, at: Instant });
export type GivenAnswer = z.infer<typeof GivenAnswer>;
export const GivenAnswers = z.object({ items: z.array(GivenAnswer) });
export type GivenAnswers = z.infer<typeof GivenAnswers>;
