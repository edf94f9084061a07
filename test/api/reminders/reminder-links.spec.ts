import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { forgetAll, liveUntil, remindersTo, remindOnlyOf, rowsOf } from '../../support/reminders/reminders.js';
import { MEETING, aWorkshop } from '../../support/rooms/workshops.js';

const FAR = { startsAt: '2026-10-29T09:00:00.000Z', endsAt: '2026-10-29T11:00:00.000Z' };
const IN_PERSON = ['workshop.7d', 'workshop.24h', 'workshop.1h'];
const BY_LINK = [...IN_PERSON, 'workshop.10min'];

let world: TestWorld;
let cohort: string;
let staff: TestPerson;
let fellow: TestPerson;
let host: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  await forgetAll(world);
  world.clock.set('2026-10-13T09:45:00.000Z');
  cohort = await aCohort(world);
  staff = await aMember(world, cohort, 'staff');
  await remindOnlyOf(staff, cohort, 'workshop');
  host = await aMember(world, cohort, 'coach');
  fellow = await aMember(world, cohort, 'fellow');
});

const plannedTo = async (person: TestPerson, id: string) =>
  (await rowsOf(world, id))
    .filter(({ userId, state }) => String(userId) === person.id && state === 'planned')
    .map(({ kind }) => kind);
const comes = async (path: string, mode?: string) =>
  expect((await fellow.client.put(`${path}/registration`, { ...(mode && { mode }) })).status).toBe(200);

describe('the reminder ten minutes before', () => {
  it('given a workshop in a room alone, then it is not planned, for who hosts it neither; with a link it is', async () => {
    const { path, id } = await aWorkshop(staff, cohort, { ...FAR, hosts: [host.id] });
    await comes(path);
    await eventually(async () => {
      expect(await plannedTo(fellow, id)).toEqual(IN_PERSON);
      expect(await plannedTo(host, id)).toEqual(['workshop.1h']);
    });
    const { revision } = (await staff.client.get(path)).body;
    expect((await staff.client.patch(path, { revision, link: MEETING })).status).toBe(200);
    await eventually(async () => {
      expect(await plannedTo(fellow, id)).toEqual(BY_LINK);
      expect(await plannedTo(host, id)).toEqual(['workshop.1h', 'workshop.10min']);
    });
  });

  it('given both ways are offered, then it follows how one comes, and brings the link', async () => {
    const { path, id } = await aWorkshop(staff, cohort, { ...FAR, link: MEETING, onlineCapacity: 5 });
    await comes(path, 'onsite');
    await eventually(async () => expect(await plannedTo(fellow, id)).toEqual(IN_PERSON));
    await comes(path, 'online');
    await eventually(async () => expect(await plannedTo(fellow, id)).toEqual(BY_LINK));
    await comes(path, 'onsite');
    await eventually(async () => expect(await plannedTo(fellow, id)).toEqual(IN_PERSON));
    const last = (await rowsOf(world, id)).find(({ kind }) => kind === 'workshop.10min')!;
    expect([last.state, last.because]).toEqual(['dropped', 'empty']);
    await comes(path, 'online');
    await eventually(async () => expect(await plannedTo(fellow, id)).toEqual(BY_LINK));

    await liveUntil(world, FAR.startsAt);
    await eventually(() => expect(remindersTo(world, fellow.email)).toHaveLength(4));
    expect(remindersTo(world, fellow.email).at(-1)!.text).toContain(MEETING);
  });

  it('given its plan was not heard of, then it is not sent to who has come in person since', async () => {
    const { path, id } = await aWorkshop(staff, cohort, { ...FAR, link: MEETING, onlineCapacity: 5 });
    await comes(path, 'online');
    await eventually(async () => expect(await plannedTo(fellow, id)).toEqual(BY_LINK));
    world.clock.set('2026-10-29T08:45:00.000Z');
    // As a process that died after the write leaves it.
    await world.db.collection('registrations').updateMany({ status: 'going' }, { $set: { mode: 'onsite' } });
    await liveUntil(world, FAR.startsAt);
    await eventually(async () => {
      const last = (await rowsOf(world, id)).find(({ kind }) => kind === 'workshop.10min')!;
      expect([last.state, last.because]).toEqual(['dropped', 'empty']);
    });
    expect(remindersTo(world, fellow.email).filter(({ text }) => text?.includes(MEETING))).toEqual([]);
  });
});
