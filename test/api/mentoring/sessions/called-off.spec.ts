import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';
import { eventually } from '../../../support/eventually.js';
import { aCohort, aMember } from '../../../support/factories.js';
import { followOutbox } from '../../../support/outbox.js';
import { leavesUnheard } from '../../../support/rooms/leaving.js';

let world: TestWorld;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clock.set('2026-10-13T09:45:00.000Z'));
afterAll(() => world.stop());

describe('moving, cancelling, completing', () => {
  it('given a closed cohort, then its sessions can be called off, not moved', async () => {
    const place = await aCohort(world);
    const one = await aCoach(world, place);
    const session = await aSession(place, await aMember(world, place, 'fellow'), one.id, '2026-11-05T08:00:00Z');
    const boss = await aMember(world, place, 'staff');
    expect((await boss.client.post(`/api/cohorts/${place}/close`)).status).toBe(200);
    const path = `/api/cohorts/${place}/sessions/${session.id}`;
    const moved = await one.client.post(`${path}/reschedule`, { startsAt: '2026-11-06T08:00:00Z' });
    expect(moved).toMatchObject({ status: 409, body: { code: 'cohort_closed' } });
    expect((await one.client.get(path)).body.abilities).toMatchObject({ reschedule: false, cancel: true });
    expect((await one.client.post(`${path}/cancel`, { reason: 'It is over' })).status).toBe(200);
  });
});

describe('who leaves the cohort', () => {
  it('given a coach, or the last fellow of a session, then it is called off and says why; with others it stays', async () => {
    const place = await aCohort(world);
    const path = `/api/cohorts/${place}/sessions`;
    const team = String(new Types.ObjectId());
    const [one, other] = [await aCoach(world, place), await aCoach(world, place)];
    const ines = await aMember(world, place, 'fellow', { name: 'Inès Roy', projectId: team });
    const karim = await aMember(world, place, 'fellow', { projectId: team });
    const boss = await aMember(world, place, 'staff');
    const alone = await aSession(place, ines, one.id, '2026-10-20T07:00:00Z');
    const both = await aSession(place, karim, one.id, '2026-10-20T08:00:00Z', { participants: [ines.id] });
    const elsewhere = await aSession(place, karim, other.id, '2026-10-21T07:00:00Z');
    const past = await aSession(place, ines, other.id, '2026-10-14T07:00:00Z');
    world.clock.set('2026-10-15T09:00:00Z');
    const status = async (session: any) => (await boss.client.get(`${path}/${session.id}`)).body;
    expect((await boss.client.delete(`/api/cohorts/${place}/members/${ines.id}`)).status).toBe(204);
    await eventually(async () =>
      expect(await status(alone)).toMatchObject({
        status: 'cancelled',
        cancelReason: expect.stringContaining('Inès Roy'),
        revision: 2,
      }),
    );
    await eventually(async () => expect((await status(both)).participants).toEqual([karim.id]));
    expect(await status(both)).toMatchObject({ status: 'scheduled', revision: 2 });
    expect((await status(both)).history.at(-1)).toMatchObject({ act: 'left', byId: ines.id });
    expect((await status(past)).status).toBe('scheduled');
    const hers = await world.db
      .collection('sessions')
      .find({ people: new Types.ObjectId(ines.id) })
      .toArray();
    expect(hers.flatMap((session) => session.claims ?? []).filter((claim) => claim.startsWith(ines.id))).toHaveLength(
      9,
    );
    expect((await boss.client.delete(`/api/cohorts/${place}/members/${other.id}`)).status).toBe(204);
    await eventually(async () => expect((await status(elsewhere)).status).toBe('cancelled'));
    expect((await status(both)).status).toBe('scheduled');
  });

  it('given a process that died as its coach left, then a turn of the workers calls it off', async () => {
    const place = await aCohort(world);
    const one = await aCoach(world, place);
    const session = await aSession(place, await aMember(world, place, 'fellow'), one.id, '2026-10-14T07:00:00Z');
    await leavesUnheard(world, place, one.id);
    await followOutbox(world);
    const boss = await aMember(world, place, 'staff');
    await eventually(async () =>
      expect((await boss.client.get(`/api/cohorts/${place}/sessions/${session.id}`)).body.status).toBe('cancelled'),
    );
  });
});
