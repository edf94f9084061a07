import type { Role } from '../contracts/roles.js';
import { defineEvent } from '../infra/events/event-bus.js';

/** A cohort was made (its channels are to be made). */
export const cohortCreated = defineEvent<{ cohortId: string }>('cohort.created');

/** Name, dates, zone or phases of a cohort changed. */
export const cohortChanged = defineEvent<{ cohortId: string }>('cohort.changed');

/** A cohort was closed: its fellows became alumni and left team rooms. In the outbox too. */
export const cohortClosed = defineEvent<{ cohortId: string }>('cohort.closed');

/** Somebody became a member, or came back. */
export const memberJoined = defineEvent<{ cohortId: string; userId: string; role: Role; projectId: string | null }>(
  'member.joined',
);

/** Role or project of a member changed; both are the new ones. */
export const memberChanged = defineEvent<{ cohortId: string; userId: string; role: Role; projectId: string | null }>(
  'member.changed',
);

/** A member has another role. In the outbox. */
export const roleChanged = defineEvent<{ cohortId: string; userId: string }>('role.changed');

/** Somebody is no member any more: rooms, channels, reminders follow at once; what they leave behind follows by the outbox. */
export const memberLeft = defineEvent<{ cohortId: string; userId: string }>('member.left');

/** A project was made or its name, hosts or coach changed. */
export const projectChanged = defineEvent<{ cohortId: string; projectId: string }>('project.changed');

/** A milestone was made, moved or deleted. */
export const milestoneChanged = defineEvent<{ cohortId: string; milestoneId: string }>('milestone.changed');
