import type { Shell } from '../../../src/contracts/bridges/pages';
import { api } from '../api/http';
import { comesWith } from '../api/together';

/** Asks for all that stands around a page in one answer, of which those who show it take their parts. */
export function askShell(cohortId?: string): void {
  const answer = api.get<Shell>('/shell', { query: { cohortId } });
  comesWith(answer, {
    '/api/me': ({ me }) => me,
    '/api/channels': ({ channels }) => channels,
    '/api/threads/waiting': ({ waitingThreads }) => waitingThreads,
    '/api/me/inbox': ({ inbox }) => inbox,
    '/api/standings': ({ standings }) => standings,
    '/api/me/blocked': ({ blocked }) => blocked,
    // A cohort that is none of mine is answered for by its own address.
    ...(cohortId && { [`/api/cohorts/${cohortId}`]: ({ cohort }: Shell) => cohort ?? undefined }),
  });
}
