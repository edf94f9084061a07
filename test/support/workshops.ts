import type { TestPerson } from './factories.js';

const HOUR = 3_600_000;

/** A body for POST C/workshops: two days after the standing "now" of tests, at 10:00 in Paris. */
export const draftOf = (more: Record<string, unknown> = {}) => ({
  title: 'Impact assessment, by hand',
  startsAt: '2026-10-15T08:00:00.000Z',
  endsAt: '2026-10-15T10:30:00.000Z',
  timeZone: 'Europe/Paris',
  place: 'Room Vercors',
  capacity: 20,
  ...more,
});

/** A published workshop, made by staff; returns its path (`/api/cohorts/.../workshops/...`) and id. */
export async function aWorkshop(
  staff: TestPerson,
  cohortId: string,
  more: Record<string, unknown> = {},
): Promise<{ path: string; id: string }> {
  const made = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf(more));
  if (made.status !== 201) throw new Error(`no workshop was made: ${made.text}`);
  const path = `/api/cohorts/${cohortId}/workshops/${made.body.id}`;
  const published = await staff.client.post(`${path}/publish`);
  if (published.status !== 200) throw new Error(`it was not published: ${published.text}`);
  return { path, id: made.body.id };
}

/** An instant some hours from another. */
export const hoursAfter = (instant: string | Date, hours: number) =>
  new Date(new Date(instant).getTime() + hours * HOUR).toISOString();
