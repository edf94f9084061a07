import { Types } from 'mongoose';
import { MAX_TEMPLATES } from '../../../src/contracts/workshops/workshop-copies.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let list: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let agencyHost: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  cohortId = await aCohort(world);
  list = `/api/cohorts/${cohortId}/workshop-templates`;
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach');
  fellow = await aMember(world, cohortId, 'fellow');
  agencyHost = await aMember(world, cohortId, 'host');
  outsider = await aMember(world, await aCohort(world), 'staff');
});

const names = async (person: TestPerson) => (await person.client.get(list)).body.items.map(({ name }: any) => name);

describe('templates of workshops', () => {
  it('given a workshop is kept as one, then it has everything but the day: hour, length, and when joining opens and closes', async () => {
    const { id } = await aWorkshop(staff, cohortId, {
      hosts: [coach.id],
      link: 'https://meet.example/x',
      tags: ['impact'],
      opensAt: '2026-10-13T16:00:00.000Z',
      closesAt: '2026-10-15T06:30:00.000Z',
      requires: { roles: ['fellow'], crafts: [] },
      materials: [{ title: 'The canvas', url: 'https://example.org/canvas' }],
    });
    const kept = await staff.client.post(list, { workshopId: id, name: 'Impact, half a day' });
    expect(kept.status).toBe(201);
    expect(kept.body).toEqual({
      id: expect.any(String),
      name: 'Impact, half a day',
      title: 'Impact assessment, by hand',
      description: '',
      kind: 'workshop',
      level: null,
      tags: ['impact'],
      timeZone: 'Europe/Paris',
      startTime: '10:00',
      minutes: 150,
      opens: { days: -2, time: '18:00' },
      closes: { days: 0, time: '08:30' },
      place: 'Room Vercors',
      link: 'https://meet.example/x',
      capacity: 20,
      onlineCapacity: null,
      reserved: 0,
      offerMinutes: null,
      requires: { roles: ['fellow'], crafts: [] },
      hosts: [coach.id],
      people: [expect.objectContaining({ id: coach.id })],
      materials: [{ title: 'The canvas', url: 'https://example.org/canvas' }],
    });
    await staff.client.delete(`/api/cohorts/${cohortId}/members/${coach.id}`);
    // The link of a meeting is for who goes there: who begins with a template gives another one.
    const [seen] = (await fellow.client.get(list)).body.items;
    expect(seen).toMatchObject({ id: kept.body.id, link: null, hosts: [] });
  });

  it('given room for two more and eight saved at once over two processes, then two are kept', async () => {
    const { id } = await aWorkshop(staff, cohortId);
    const kept = (await staff.client.post(list, { workshopId: id, name: 'First' })).body;
    const templates = world.db.collection('workshop-templates');
    const { _id: _first, ...row } = (await templates.findOne({ _id: new Types.ObjectId(kept.id as string) }))!;
    await templates.insertMany(
      Array.from({ length: MAX_TEMPLATES - 3 }, (_, index) => ({ ...row, name: `T${index}`, nameKey: `t${index}` })),
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        staff.client.on(world.nodes[index % 2]!.url).post(list, { workshopId: id, name: `Late ${index}` }),
      ),
    );
    const codes = answers.map(({ status, body }) => (status === 201 ? 'kept' : body.code)).sort();
    expect(codes).toEqual([...Array<string>(2).fill('kept'), ...Array<string>(6).fill('too_many_templates')]);
    expect(await templates.countDocuments({ cohortId: row.cohortId })).toBe(MAX_TEMPLATES);
  });

  it('given it is renamed or dropped, then the list follows, by name; no two read alike', async () => {
    const { id } = await aWorkshop(staff, cohortId);
    const save = (name: string) => staff.client.post(list, { workshopId: id, name });
    const kept = (await save('Écrire')).body;
    await save('Demo');
    expect((await save('ecrire')).body.code).toBe('name_taken');
    expect(await names(coach)).toEqual(['Demo', 'Écrire']);
    const one = `${list}/${kept.id}`;
    expect((await staff.client.patch(one, { name: 'DEMO' })).body.code).toBe('name_taken');
    expect((await staff.client.patch(one, { name: 'Call' })).body.name).toBe('Call');
    expect(await names(staff)).toEqual(['Call', 'Demo']);
    expect((await staff.client.delete(one)).status).toBe(204);
    expect((await staff.client.delete(one)).status).toBe(404);
    expect(await names(staff)).toEqual(['Demo']);
  });

  it('given a double click, then one is kept', async () => {
    const { id } = await aWorkshop(staff, cohortId);
    const answers = await Promise.all([1, 2, 3].map(() => staff.client.post(list, { workshopId: id, name: 'Demo' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await names(staff)).toEqual(['Demo']);
  });

  it('given another role, another cohort, no login or a workshop elsewhere, then it is refused', async () => {
    const { id } = await aWorkshop(staff, cohortId);
    const body = { workshopId: id, name: 'Demo' };
    const one = `${list}/${(await staff.client.post(list, body)).body.id}`;
    const acts = (client: TestPerson['client']) => [
      client.get(list),
      client.post(list, { ...body, name: 'Other' }),
      client.patch(one, { name: 'Other' }),
      client.delete(one),
    ];
    const statuses = async (client: TestPerson['client']) =>
      (await Promise.all(acts(client))).map(({ status }) => status);
    expect(await statuses(outsider.client)).toEqual([404, 404, 404, 404]);
    expect(await statuses(clientOf(world.url))).toEqual([401, 401, 401, 401]);
    expect(await statuses(fellow.client)).toEqual([200, 403, 403, 403]);
    expect(await statuses(coach.client)).toEqual([200, 403, 403, 403]);
    expect(await statuses(agencyHost.client)).toEqual([403, 403, 403, 403]);
    const theirs = await aCohort(world);
    const foreign = await aMember(world, theirs, 'staff');
    const unknown = `/api/cohorts/${theirs}/workshop-templates`;
    const answers = [
      await foreign.client.patch(`${unknown}/${one.split('/').at(-1)!}`, { name: 'Mine' }),
      await foreign.client.patch(`${unknown}/${new Types.ObjectId().toString()}`, { name: 'Mine' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]!.text).toBe(answers[1]!.text);
    const elsewhere = await foreign.client.post(unknown, body);
    expect([elsewhere.status, elsewhere.body.errors[0].field]).toEqual([422, '/workshopId']);
    expect((await staff.client.post(list, { ...body, name: ' ' })).body.errors[0].field).toBe('/name');
  });
});
