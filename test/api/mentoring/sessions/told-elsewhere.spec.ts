import { Types } from 'mongoose';
import { EventBus } from '../../../../src/infra/events/event-bus.js';
import {
  sessionBooked,
  sessionCancelled,
  sessionCompleted,
  sessionRescheduled,
} from '../../../../src/mentoring/mentoring.events.js';
import { SessionsReader } from '../../../../src/mentoring/sessions/sessions.reader.js';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { connect } from '../../../support/client.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';

let world: TestWorld;
let cohort: string;
let base: string;
let coach: TestPerson;
let fellow: TestPerson;
let teammate: TestPerson;
let staff: TestPerson;
const project = String(new Types.ObjectId());

beforeAll(async () => {
  world = await startWorld();
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/sessions`;
  coach = await aCoach(world, cohort);
  staff = await aMember(world, cohort, 'staff');
});
beforeEach(async () => {
  world.clock.set('2026-10-13T09:45:00.000Z');
  // Each with nothing booked: a fellow books so many sessions ahead and no more.
  fellow = await aMember(world, cohort, 'fellow', { projectId: project });
  teammate = await aMember(world, cohort, 'fellow', { projectId: project });
});
afterAll(() => world.stop());

describe('what others hear', () => {
  it('given changes, then session.changed goes to its people only', async () => {
    const sockets = {
      coach: await connect(world.url, coach.token),
      fellow: await connect(world.url, fellow.token),
      teammate: await connect(world.url, teammate.token),
      staff: await connect(world.url, staff.token),
    };
    const session = await aSession(cohort, fellow, coach.id, '2026-10-28T08:00:00Z');
    await fellow.client.post(`${base}/${session.id}/reschedule`, { startsAt: '2026-10-29T08:00:00Z' });
    for (const who of ['coach', 'fellow'] as const) {
      await eventually(() =>
        expect(
          sockets[who].events.map(({ event, payload }) => [event, payload.sessionId, payload.revision]),
        ).toContainEqual(['session.changed', session.id, 2]),
      );
    }
    await coach.client.post(`${base}/${session.id}/notes`, { body: 'For me', audience: 'me' });
    await world.settled();
    // Presence is of everybody who shares a channel; of the session they hear nothing.
    const ofSession = (who: 'teammate' | 'staff') => sockets[who].events.filter(({ event }) => event !== 'presence');
    expect(ofSession('teammate')).toEqual([]);
    expect(ofSession('staff')).toEqual([]);
    Object.values(sockets).forEach((socket) => socket.close());
  });

  it('given a life of a session, then later rooms get its events with the revision', async () => {
    const told: [string, number, string][] = [];
    const bus = world.app.get(EventBus);
    for (const kind of [sessionBooked, sessionRescheduled, sessionCancelled, sessionCompleted]) {
      bus.on(kind, (fact) => void told.push([kind.name, fact.revision, fact.startsAt]));
    }
    const session = await aSession(cohort, fellow, coach.id, '2026-11-03T08:00:00Z');
    await coach.client.post(`${base}/${session.id}/reschedule`, { startsAt: '2026-11-04T08:00:00Z' });
    await coach.client.post(`${base}/${session.id}/cancel`, { reason: 'Ill' });
    await world.settled();
    expect(told).toEqual([
      ['session.booked', 1, '2026-11-03T08:00:00.000Z'],
      ['session.rescheduled', 2, '2026-11-04T08:00:00.000Z'],
      ['session.cancelled', 3, '2026-11-04T08:00:00.000Z'],
    ]);
  });

  it('given sessions held, then later rooms read them', async () => {
    const place = await aCohort(world);
    const path = `/api/cohorts/${place}/sessions`;
    const one = await aCoach(world, place);
    const ines = await aMember(world, place, 'fellow');
    const held = await aSession(place, ines, one.id, '2026-10-14T07:00:00Z');
    const next = await aSession(place, ines, one.id, '2026-10-21T07:00:00Z');
    world.clock.set('2026-10-14T08:00:00Z');
    await one.client.post(`${path}/${held.id}/complete`, { outcome: 'held' });
    const text = { text: 'Ask two officers', ownerId: ines.id };
    await one.client.post(`${path}/${held.id}/actions`, text);
    const reader = world.app.get(SessionsReader);
    const [from, to] = [new Date('2026-10-05T00:00:00Z'), new Date('2026-10-26T00:00:00Z')];
    expect((await reader.startingBetween(from, to)).map((session) => session.id)).toContain(next.id);
    expect((await reader.ofPerson(ines.id, from, to)).map((session) => session.id)).toEqual([held.id, next.id]);
    expect(await reader.lastHeldByFellow(place, from, to)).toEqual(new Map([[ines.id, new Date(held.startsAt)]]));
    expect(await reader.sessionsByWeek(place, from, to, 'Europe/Paris')).toEqual([
      { weekOf: '2026-10-05', fellows: 0 },
      { weekOf: '2026-10-12', fellows: 1 },
      { weekOf: '2026-10-19', fellows: 0 },
      { weekOf: '2026-10-26', fellows: 0 },
    ]);
    expect((await reader.openActionsFor(next.id, ines.id)).map((action) => action.text)).toEqual(['Ask two officers']);
    const fellows = await one.client.get(`/api/cohorts/${place}/coaches/me/fellows`);
    expect(fellows.body.items).toEqual([
      expect.objectContaining({
        person: expect.objectContaining({ id: ines.id }),
        lastSessionAt: held.startsAt,
        nextSessionId: next.id,
        nextSessionAt: next.startsAt,
        openActions: 1,
        days: 0,
        weeks: ['none', 'none', 'none', 'none', 'none', 'none', 'session', 'booked'],
      }),
    ]);
    expect((await ines.client.get(`/api/cohorts/${place}/coaches/me/fellows`)).status).toBe(403);
    const karim = await aMember(world, place, 'fellow');
    await aMember(world, place, 'fellow');
    const boss = await aMember(world, place, 'staff');
    const team = { name: 'CartoGel', agency: 'Météo', fellowIds: [karim.id], coachId: one.id };
    expect((await boss.client.post(`/api/cohorts/${place}/projects`, team)).status).toBe(201);
    const both = await one.client.get(`/api/cohorts/${place}/coaches/me/fellows`);
    expect(both.body.items.map((item: any) => [item.person.id, item.projectName, item.lastSessionAt])).toEqual([
      [karim.id, 'CartoGel', null],
      [ines.id, null, held.startsAt],
    ]);
    expect(both.body.items.map((item: any) => item.days)).toEqual([0, 0]);
    world.clock.set('2026-10-24T08:00:00Z');
    const later = await one.client.get(`/api/cohorts/${place}/coaches/me/fellows`);
    expect(later.body.items.map((item: any) => item.days)).toEqual([10, 10]);
  });
});
