import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aSeries, aWorkshop, draftOf } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let agencyHost: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach');
  fellow = await aMember(world, cohortId, 'fellow');
  agencyHost = await aMember(world, cohortId, 'host');
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const startsAt = '2026-11-05T13:00:00.000Z';
const duplicate = (person: Pick<TestPerson, 'client'>, path: string, body: object = { startsAt }) =>
  person.client.post(`${path}/duplicate`, body);

describe('a workshop once more', () => {
  it('given one with people, a channel and days of joining, then its words, places and rules come along, and nothing of who came', async () => {
    const { path, id } = await aWorkshop(staff, cohortId, {
      description: 'Bring **one number**.',
      tags: ['impact'],
      link: 'https://meet.example/x',
      capacity: 7,
      onlineCapacity: 9,
      reserved: 2,
      offerMinutes: 60,
      opensAt: '2026-10-14T16:00:00.000Z',
      closesAt: '2026-10-15T06:00:00.000Z',
      requires: { roles: ['fellow'], crafts: [] },
      hosts: [coach.id],
      materials: [{ title: 'The canvas', url: 'https://example.org/canvas' }],
    });
    const rows = world.db.collection('workshops');
    await world.settled();
    const lived = { attendanceCode: 'ABC123', lastOrder: 4, going: { onsite: 3, online: 0 } };
    await rows.updateOne({ _id: new Types.ObjectId(id) }, { $set: lived });
    const before = (await staff.client.get(path)).body;
    expect(before.channelId).not.toBeNull();

    const { status, body } = await duplicate(staff, path);
    expect(status).toBe(201);
    const same = ({ title, description, kind, tags, place, link, capacity, onlineCapacity, reserved }: any) => [
      ...[title, description, kind, tags, place, link, capacity, onlineCapacity, reserved],
    ];
    expect(same(body)).toEqual(same(before));
    expect(body).toMatchObject({ offerMinutes: 60, requires: before.requires, materials: before.materials });
    // Paris left summer time in between: 13:00 UTC is 14:00 there, and what was 18:00 the day before is 18:00 the day before.
    expect(body).toMatchObject({
      startsAt,
      endsAt: '2026-11-05T15:30:00.000Z',
      opensAt: '2026-11-04T17:00:00.000Z',
      closesAt: '2026-11-05T07:00:00.000Z',
    });
    expect(body).toMatchObject({ status: 'draft', going: 0, waitlisted: 0, channelId: null, series: null, edition: 1 });
    expect(body.hosts).toEqual([coach.id]);
    const row = await rows.findOne({ _id: new Types.ObjectId(body.id) });
    expect([row!.attendanceCode, row!.lastOrder]).toEqual([null, 0]);
    expect((await staff.client.get(path)).body).toEqual(before);
  });

  it('given a host who left, then they stay behind; given a date of a series or a cancelled one, then a workshop of its own', async () => {
    const gone = await aMember(world, cohortId, 'coach');
    const { path } = await aWorkshop(staff, cohortId, { hosts: [gone.id, coach.id] });
    await staff.client.delete(`/api/cohorts/${cohortId}/members/${gone.id}`);
    await staff.client.post(`${path}/cancel`, { reason: 'No room' });
    expect((await duplicate(staff, path)).body).toMatchObject({
      status: 'draft',
      hosts: [coach.id],
      cancelReason: null,
    });
    const { dates } = await aSeries(staff, cohortId);
    const copy = await duplicate(staff, `/api/cohorts/${cohortId}/workshops/${dates[3]}`);
    expect([copy.status, copy.body.series]).toEqual([201, null]);
  });

  it('given who does not look after it, then the copy is theirs without the link; a fellow’s and an agency host’s are proposals', async () => {
    const { path } = await aWorkshop(staff, cohortId, { link: 'https://meet.example/x', hosts: [agencyHost.id] });
    const byFellow = (await duplicate(fellow, path)).body;
    expect(byFellow).toMatchObject({ link: null, isOnline: false, hosts: [fellow.id, agencyHost.id] });
    expect(byFellow.abilities).toMatchObject({ edit: true, publish: false });
    const byHost = (await duplicate(agencyHost, path)).body;
    expect(byHost).toMatchObject({ link: 'https://meet.example/x', abilities: { edit: true, publish: false } });
    expect((await duplicate(coach, path)).body.abilities.publish).toBe(true);
  });

  it('given another cohort, no login, another role or a draft one may not see, then it is refused as anywhere', async () => {
    const { path } = await aWorkshop(staff, cohortId);
    const other = await aMember(world, cohortId, 'host');
    const draft = (await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf())).body;
    const unknown = `/api/cohorts/${cohortId}/workshops/${new Types.ObjectId().toString()}`;
    expect((await duplicate({ client: clientOf(world.url) }, path)).status).toBe(401);
    expect((await duplicate(outsider, path)).status).toBe(404);
    expect((await duplicate(other, path)).status).toBe(403);
    const answers = [
      await duplicate(fellow, `/api/cohorts/${cohortId}/workshops/${draft.id}`),
      await duplicate(fellow, unknown),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]!.text).toBe(answers[1]!.text);
  });

  it('given a start in the past, off the grid or none, then 422 at the field', async () => {
    const { path } = await aWorkshop(staff, cohortId);
    const bodies = [{ startsAt: '2026-10-01T08:00:00.000Z' }, { startsAt: '2026-11-05T13:01:00.000Z' }, {}];
    const answers = await Promise.all(bodies.map((body) => duplicate(staff, path, body)));
    expect(answers.map(({ status, body }) => [status, body.errors[0].field])).toEqual(
      Array(3).fill([422, '/startsAt']),
    );
    expect(answers[0]!.body.errors[0].code).toBe('in_past');
  });
});
