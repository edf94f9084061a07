import { defineEvent } from '../../infra/events/event-bus.js';

/** Proposals became projects of a cohort: who handed them in is to be invited as their host. In the outbox. */
export const proposalsAdopted = defineEvent<{ cohortId: string; projectIds: string[]; byId: string }>(
  'proposals.adopted',
);

/** Somebody who is accepted asked the hosts of a project something, or it is shown to them again; the question is read by its id. In the outbox. */
export const projectAsked = defineEvent<{ questionId: string }>('project.asked');

/** A version of the teams was published: those in it are to be invited. In the outbox. */
export const teamsPublished = defineEvent<{ cohortId: string; matchingId: string }>('teams.published');
