import type { CopyKind } from '../contracts/cohorts/cohort-copies.js';
import type { Role } from '../contracts/roles.js';
import { defineEvent } from '../infra/events/event-bus.js';

/** A cohort was made: its channels are to be made. In the outbox. */
export const cohortCreated = defineEvent<{ cohortId: string }>('cohort.created');

/** A cohort was made after another one: what is to come along, that is not there with it, follows. In the outbox. */
export const cohortCopied = defineEvent<{ cohortId: string; fromCohortId: string; byId: string; kinds: CopyKind[] }>(
  'cohort.copied',
);

/** Name, dates, zone, phases or pauses of a cohort changed, and milestones that go along. In the outbox. */
export const cohortChanged = defineEvent<{ cohortId: string }>('cohort.changed');

/** A cohort was closed: its fellows became alumni and left team rooms. In the outbox. */
export const cohortClosed = defineEvent<{ cohortId: string }>('cohort.closed');

/** Somebody became a member, or came back. In the outbox too. */
export const memberJoined = defineEvent<{ cohortId: string; userId: string; role: Role; projectId: string | null }>(
  'member.joined',
);

/** Role or project of a member changed; both are the new ones. In the outbox too, where neither the project nor the cohort says it. */
export const memberChanged = defineEvent<{ cohortId: string; userId: string; role: Role; projectId: string | null }>(
  'member.changed',
);

/** A member has another role. In the outbox. */
export const roleChanged = defineEvent<{ cohortId: string; userId: string }>('role.changed');

/** Somebody is no member any more: rooms of sockets follow at once; channels, reminders, and what they leave behind, by the outbox. */
export const memberLeft = defineEvent<{ cohortId: string; userId: string }>('member.left');

/** A project was made or its name, fellows, hosts or coach changed, by an edit. In the outbox. */
export const projectChanged = defineEvent<{ cohortId: string; projectId: string }>('project.changed');

/** The letter of an invitation has gone, now or again, or was refused; or it was used up or withdrawn. In the outbox. */
export const invitationsChanged = defineEvent<{ cohortId: string; invitationIds: string[] }>('invitations.changed');

/** Invitations are deleted with the applications that they were made of: what says whom they were for goes, too. In the outbox. */
export const invitationsErased = defineEvent<{ cohortId: string; invitationIds: string[] }>('invitations.erased');

/** A milestone was made, moved, renamed or deleted by itself. In the outbox. */
export const milestoneChanged = defineEvent<{ cohortId: string; milestoneId: string }>('milestone.changed');
