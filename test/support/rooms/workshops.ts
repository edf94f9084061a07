import type { TestPerson } from '../factories.js';

const HOUR = 3_600_000;

/** Where a workshop meets on line: who goes there is reminded ten minutes before, too. */
export const MEETING = 'https://meet.example/walk';

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

/**
 * A published workshop, made by staff; returns its path (`/api/cohorts/.../workshops/...`) and id. Most tests use one hour for everything:
 * who hosts something else then hosts it no more.
 */
export async function aWorkshop(
  staff: TestPerson,
  cohortId: string,
  more: Record<string, unknown> = {},
): Promise<{ path: string; id: string }> {
  const made = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf(more));
  if (made.status !== 201) throw new Error(`no workshop was made: ${made.text}`);
  const path = `/api/cohorts/${cohortId}/workshops/${made.body.id}`;
  let published = await staff.client.post(`${path}/publish`);
  if (published.body.code === 'host_busy') {
    const hosted = published.body.there.filter(({ hosting }: { hosting: boolean }) => hosting);
    for (const { id } of hosted)
      await staff.client.patch(`/api/cohorts/${cohortId}/workshops/${id as string}`, { hosts: [] });
    published = await staff.client.post(`${path}/publish`);
  }
  if (published.status !== 200) throw new Error(`it was not published: ${published.text}`);
  return { path, id: made.body.id };
}

/** An instant some hours from another. */
export const hoursAfter = (instant: string | Date, hours: number) =>
  new Date(new Date(instant).getTime() + hours * HOUR).toISOString();

let seriesMade = 0;

/** A body for POST C/workshop-series: each Tuesday from 20 October 2026 on, 09:00 to 10:00 in Paris, ten times. */
export const seriesOf = (more: Record<string, unknown> = {}) => ({
  ...draftOf({ title: 'Morning round', startsAt: '2026-10-20T07:00:00.000Z', endsAt: '2026-10-20T08:00:00.000Z' }),
  key: `series-of-tests-${(seriesMade += 1)}`,
  repeat: { unit: 'week', weekdays: [2], count: 10 },
  ...more,
});

/** A published series, made by staff; returns its path, its id and its dates' ids, in their order. */
export async function aSeries(
  staff: TestPerson,
  cohortId: string,
  more: Record<string, unknown> = {},
): Promise<{ path: string; id: string; dates: string[] }> {
  const made = await staff.client.post(`/api/cohorts/${cohortId}/workshop-series`, seriesOf(more));
  if (made.status !== 201) throw new Error(`no series was made: ${made.text}`);
  const path = `/api/cohorts/${cohortId}/workshop-series/${made.body.id}`;
  const published = await staff.client.post(`${path}/publish`);
  if (published.status !== 200) throw new Error(`it was not published: ${published.text}`);
  const dates = published.body.dates.map((date: { workshopId: string }) => date.workshopId);
  return { path, id: made.body.id, dates };
}
