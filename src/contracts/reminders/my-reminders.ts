import { z } from 'zod';
import { PreferenceKind } from '../notifications/notifications.js';
import { Id, Instant, page } from '../primitives.js';
import { Reminder } from './reminders.js';

/** A reminder that will reach me: of what, in which cohort, when, on which channels, and the key of the reason. */
export const MyReminder = Reminder.pick({
  id: true,
  kind: true,
  subject: true,
  subjectTitle: true,
  dueAt: true,
  channels: true,
  why: true,
}).extend({ cohortId: Id });
export type MyReminder = z.infer<typeof MyReminder>;

/** GET /api/me/reminders: what is planned to be sent to me from now on, in all my cohorts, the next first. */
export const MyReminders = page(MyReminder);
export type MyReminders = z.infer<typeof MyReminders>;

/** GET /api/me/sent: how much reached me since an instant, by the groups that I set together (null: what nobody can switch off), and how many digests. */
export const SentToMe = z.object({
  since: Instant,
  groups: z.array(z.object({ group: PreferenceKind.nullable(), inbox: z.number(), mail: z.number() })),
  digests: z.number(),
});
export type SentToMe = z.infer<typeof SentToMe>;
