import type { TestPerson } from '../factories.js';

/** The requests of a cohort. */
export const requestsOf = (cohortId: string) => `/api/cohorts/${cohortId}/requests`;

/** A request, as the API answers it to who asked. */
export async function aRequest(
  cohortId: string,
  asker: TestPerson,
  whom: { ownerId: string } | { craft: string },
  more: Record<string, unknown> = {},
): Promise<any> {
  const body = { need: 'A form nobody can fill in.\nWhere do we begin?', ...whom, ...more };
  const asked = await asker.client.post(requestsOf(cohortId), body);
  expect([asked.status, asked.body.code, asked.body.errors]).toEqual([201, undefined, undefined]);
  return asked.body;
}
