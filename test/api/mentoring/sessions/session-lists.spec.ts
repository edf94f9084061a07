import { type TestWorld, startWorld } from '../../../support/app.js';
import { aCoach, aSession } from '../../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';

let world: TestWorld;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => world.clock.set('2026-10-13T09:45:00.000Z'));
afterAll(() => world.stop());

describe('seeing sessions', () => {
  it('given lists, then mine alone, all for staff, narrowed by person, status and time, in pages', async () => {
    const place = await aCohort(world);
    const path = `/api/cohorts/${place}/sessions`;
    const one = await aCoach(world, place);
    const [ines, karim] = [await aMember(world, place, 'fellow'), await aMember(world, place, 'fellow')];
    const boss = await aMember(world, place, 'staff');
    const first = await aSession(place, ines, one.id, '2026-10-14T07:00:00Z');
    const second = await aSession(place, karim, one.id, '2026-10-14T08:00:00Z');
    const third = await aSession(place, ines, one.id, '2026-10-15T08:00:00Z');
    await ines.client.post(`${path}/${third.id}/cancel`, { reason: 'Another time' });
    const ids = async (person: TestPerson, query = '') =>
      (await person.client.get(`${path}${query}`)).body.items.map((session: any) => session.id);
    expect(await ids(ines)).toEqual([first.id, third.id]);
    expect(await ids(one)).toEqual([first.id, second.id, third.id]);
    expect(await ids(boss)).toEqual([first.id, second.id, third.id]);
    expect(await ids(one, `?userId=${karim.id}`)).toEqual([second.id]);
    expect(await ids(boss, `?userId=${ines.id}&status=scheduled`)).toEqual([first.id]);
    expect(await ids(ines, `?userId=${karim.id}`)).toEqual([]);
    expect(await ids(boss, '?from=2026-10-14T07:30:00Z&to=2026-10-15T00:00:00Z')).toEqual([second.id]);
    expect(await ids(boss, '?userId=nobody')).toEqual([]);
    const page = await boss.client.get(`${path}?limit=2`);
    expect(page.body.items).toHaveLength(2);
    expect(await ids(boss, `?limit=2&cursor=${page.body.nextCursor}`)).toEqual([third.id]);
    expect((await boss.client.get(`${path}?cursor=zzz`)).body.errors[0].field).toBe('/cursor');
    const latest = await boss.client.get(`${path}?order=latest&limit=2`);
    expect(latest.body.items.map((session: any) => session.id)).toEqual([third.id, second.id]);
    expect(await ids(boss, `?order=latest&limit=2&cursor=${latest.body.nextCursor}`)).toEqual([first.id]);
    expect(await ids(ines, '?order=latest&to=2026-10-15T00:00:00Z')).toEqual([first.id]);
  });
});
