import type { RequestAct } from '../../contracts/mentoring/requests.js';
import { defineEvent } from '../../infra/events/event-bus.js';

/** Something was done with a request for help; what it is now is read by its id. `revision` is the one after the act. */
export const requestChanged = defineEvent<{
  cohortId: string;
  requestId: string;
  act: RequestAct;
  revision: number;
  /** Who asked, who owns it now, and who owned it before: they look again. */
  peopleIds: string[];
}>('request.changed');
