import { z } from 'zod';
import { Instant, Person } from '../primitives.js';

/**
 * What was done about a file once it was handed in: it was `decided`, that was `undone`, a place was `offered` to it from the waiting list, it was `taken`, `given-back`, not confirmed in time
 * (`not-answered`), or lost as the file was `withdrawn`; it was moved on the waiting list (`ranked`);
 * it was invited to an interview, that was called off, staff chose a time for it (`interview-set`), that was taken away (`interview-freed`), nobody came (`interview-missed`), or that was taken back (`interview-came`); what it asked the hosts of a project was hidden from them (`question-hidden`), or shown again (`question-shown`). About a call: staff switched on or off that lost places are offered.
 */
export const ApplicationActKind = z.enum([
  'decided',
  'undone',
  'offered',
  'taken',
  'given-back',
  'not-answered',
  'withdrawn',
  'ranked',
  'interview-invited',
  'interview-off',
  'interview-set',
  'interview-freed',
  'interview-missed',
  'interview-came',
  'question-hidden',
  'question-shown',
  'offering-on',
  'offering-off',
]);
export type ApplicationActKind = z.infer<typeof ApplicationActKind>;

/** One of them, as staff read it: `kind` of what was decided or undone. `by`: who of the programme team, or of a panel, did it; null for what came by itself or from who applies, and of who is not there any more. */
export const ApplicationAct = z.object({
  act: ApplicationActKind,
  at: Instant,
  by: Person.nullable(),
  kind: z.enum(['accepted', 'waiting', 'declined', 'lapsed']).nullable(),
});
export type ApplicationAct = z.infer<typeof ApplicationAct>;
