import type { Role } from '../../../../src/contracts/roles.js';
import {
  base,
  difference,
  differencesInMine,
  differencesInTheirs,
  foreignCohort,
  inRole,
  mine,
} from '../../../support/walks/foreign-ids.js';
import type { DocumentRoute } from '../../../support/walks/document-routes.js';
import { HOURS } from '../../../support/rooms/coaching.js';
import { draftOf } from '../../../support/rooms/workshops.js';

/**
 * Ids of things that exist, in a cohort that is not mine: on every route of the OpenAPI file, in its path, its query and its body,
 * they must answer byte for byte as ids of nothing. Staff ask here; `foreign-ids-roles.spec.ts` asks as everybody else.
 */
foreignCohort();

describe('ids of another cohort', () => {
  it('given the id in the path, within my own cohort, then staff get the answer to an id of nothing', async () => {
    expect(await differencesInMine('staff')).toEqual([]);
  });

  it('given the whole path of the other cohort, then 404 as for ids of nothing', async () => {
    expect(await differencesInTheirs()).toEqual([]);
  });

  const booking = { startsAt: '2026-10-20T08:00:00.000Z', minutes: 45, need: 'Help' };
  const range = 'from=2026-10-12T00:00:00.000Z&to=2026-10-20T00:00:00.000Z';
  it.each<
    [string, Role, DocumentRoute['method'], (ids: Record<string, string>) => { address: string; body?: unknown }]
  >([
    ['the people of a project', 'staff', 'get', (ids) => ({ address: `/members?projectId=${ids.projectId}` })],
    ['the slots of a coach', 'fellow', 'get', (ids) => ({ address: `/slots?${range}&coachId=${ids.coachId}` })],
    ['the slots for a fellow', 'staff', 'get', (ids) => ({ address: `/slots?${range}&forUserId=${ids.userId}` })],
    ['the sessions of a fellow', 'staff', 'get', (ids) => ({ address: `/sessions?userId=${ids.userId}` })],
    ['the reminders of a fellow', 'staff', 'get', (ids) => ({ address: `/reminders?userId=${ids.userId}` })],
    [
      'a booking with a coach',
      'fellow',
      'post',
      (ids) => ({ address: '/sessions', body: { ...booking, coachId: ids.coachId } }),
    ],
    [
      'several bookings with a coach',
      'fellow',
      'post',
      (ids) => ({
        address: '/session-series/preview',
        body: { coachId: ids.coachId, startsAt: booking.startsAt, minutes: 45, weeks: 1, count: 2 },
      }),
    ],
    [
      'several bookings for a fellow',
      'staff',
      'post',
      (ids) => ({
        address: '/session-series/preview',
        body: {
          ...{ coachId: ids.coachId, startsAt: booking.startsAt, minutes: 45, weeks: 1, count: 2 },
          forUserIds: [ids.userId],
        },
      }),
    ],
    [
      'a booking for a fellow',
      'staff',
      'post',
      (ids) => ({ address: '/sessions', body: { ...booking, coachId: ids.coachId, participants: [ids.userId] } }),
    ],
    [
      'a workshop with hosts',
      'staff',
      'post',
      (ids) => ({ address: '/workshops', body: draftOf({ hosts: [ids.userId] }) }),
    ],
    [
      'a project with people',
      'staff',
      'post',
      (ids) => ({
        address: '/projects',
        body: { name: 'Ours', agency: 'A', fellowIds: [ids.userId], hostIds: [ids.userId], coachId: ids.coachId },
      }),
    ],
    [
      'a channel with people',
      'staff',
      'post',
      (ids) => ({ address: '/channels', body: { name: 'Ours', memberIds: [ids.userId] } }),
    ],
    [
      'a preview for a fellow',
      'coach',
      'post',
      (ids) => ({
        address: '/availability/preview',
        body: {
          availability: HOURS,
          from: '2026-10-14T00:00:00.000Z',
          to: '2026-10-16T00:00:00.000Z',
          forUserId: ids.userId,
        },
      }),
    ],
  ])('given %s in query or body, then it answers as for an id of nothing', async (_, role, method, ask) => {
    const problem = await difference(inRole.get(role)!, method, (ids) => {
      const { address, body } = ask(ids);
      return { address: `${base(mine)}${address}`, body };
    });
    expect(problem).toBeNull();
  });

  it('given a person of another cohort, then a direct message is refused as for nobody', async () => {
    const problem = await difference(inRole.get('staff')!, 'post', (ids) => ({
      address: '/api/direct',
      body: { userIds: [ids.userId] },
    }));
    expect(problem).toBeNull();
  });
});
