import type { RequestAct } from '../../contracts/mentoring/requests.js';
import { defineEvent } from '../../infra/events/event-bus.js';
import type { RequestRow } from './request.schema.js';

/** Something was done with a request for help; what it is now is read by its id. `revision` is the one after the act. In the outbox too. */
export const requestChanged = defineEvent<{
  cohortId: string;
  requestId: string;
  act: RequestAct;
  revision: number;
  /** Who asked, who owns it now, and who owned it before: they look again. */
  peopleIds: string[];
}>('request.changed');

/** What events say of a request; `before`: who owned it until now. */
export const changeOf = (row: RequestRow, act: RequestAct, before: readonly string[] = []) => ({
  cohortId: String(row.cohortId),
  requestId: String(row._id),
  act,
  revision: row.revision,
  peopleIds: [...new Set([String(row.askerId), ...(row.ownerId ? [String(row.ownerId)] : []), ...before])],
});
