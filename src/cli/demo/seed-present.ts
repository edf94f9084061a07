import { seedCalls } from './calls/seed-calls.js';
import { seedWaitingTopics } from './forum/seed-forum.js';
import type { History } from './history/history.js';
import { seedAftermath } from './seed-aftermath.js';
import { seedThisWeeksChat } from './seed-chat.js';
import { seedThisWeeksCoaching } from './seed-coaching.js';
import { seedGuests } from './seed-guests.js';
import { seedInbox } from './seed-inbox.js';
import { inviteLatecomers, seedLastSeen } from './seed-people.js';
import { seedRequests } from './seed-requests.js';
import type { Stage } from './stage.js';

/** What this week has brought so far, and all that depends on the hour at which the demo is made: through the services themselves. */
export async function seedPresent(stage: Stage, { cohort, others, busy }: History): Promise<void> {
  await seedLastSeen(stage, [...cohort.people, ...others.people]);
  await inviteLatecomers(stage, cohort);
  await seedGuests(stage, cohort);
  await seedThisWeeksCoaching(stage, cohort);
  await seedRequests(stage, cohort);
  await seedWaitingTopics(stage, cohort);
  await seedAftermath(stage, cohort);
  await seedThisWeeksChat(stage, busy);
  await seedInbox(stage, cohort);
  await seedCalls(stage, cohort);
}
