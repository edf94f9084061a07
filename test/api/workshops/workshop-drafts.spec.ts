import { type TestWorld, startWorld } from '../../support/app.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { tick } from '../../support/reminders/reminders.js';
import { draftOf, seriesOf } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let host: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  host = await aMember(world, cohortId, 'coach');
  fellow = await aMember(world, cohortId, 'fellow');
});

const noticesOf = async (person: TestPerson, about: string) =>
  ((await person.client.get('/api/me/inbox')).body.items as { kind: string }[])
    .map(({ kind }) => kind)
    .filter((kind) => kind.startsWith(about));

describe('what moved as a draft', () => {
  const later = { startsAt: '2026-10-16T08:00:00.000Z', endsAt: '2026-10-16T10:30:00.000Z' };

  it('given a draft that was looked at, moved and then published, then nobody hears that it moved; later they do, once', async () => {
    const made = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf({ hosts: [host.id] }));
    const path = `/api/cohorts/${cohortId}/workshops/${made.body.id}`;
    await tick(world);
    expect((await staff.client.patch(path, later)).body.revision).toBe(2);
    expect((await staff.client.post(`${path}/publish`)).status).toBe(200);
    await fellow.client.put(`${path}/registration`, {});
    await tick(world);
    await eventually(async () => expect(await noticesOf(fellow, 'workshop.')).toEqual(['workshop.registered']));
    expect(await noticesOf(host, 'workshop.moved')).toEqual([]);
    await staff.client.patch(path, { place: 'Room Écrins' });
    await tick(world);
    await eventually(async () => {
      expect(await noticesOf(fellow, 'workshop.moved')).toEqual(['workshop.moved']);
      expect(await noticesOf(host, 'workshop.moved')).toEqual(['workshop.moved']);
    });
  });

  it('given all drafts of a series, moved at once and then published, then the same', async () => {
    const body = seriesOf({ hosts: [host.id], repeat: { unit: 'week', weekdays: [2], count: 3 } });
    const made = await staff.client.post(`/api/cohorts/${cohortId}/workshop-series`, body);
    const path = `/api/cohorts/${cohortId}/workshop-series/${made.body.id}`;
    await tick(world);
    const moves = async (place: string) => {
      const { edition, dates } = (await staff.client.get(path)).body;
      const [{ workshopId }] = dates;
      const answer = await staff.client.patch(path, { scope: 'all', workshopId, edition, place });
      expect([answer.status, answer.body.code]).toEqual([200, undefined]);
    };
    await moves('Room Écrins');
    expect((await staff.client.post(`${path}/publish`)).status).toBe(200);
    await fellow.client.put(`${path}/registration`, {});
    await tick(world);
    await eventually(async () => expect(await noticesOf(fellow, 'workshop.')).toEqual(['workshop.registered']));
    expect(await noticesOf(host, 'workshop.moved')).toEqual([]);
    await moves('Room Chartreuse');
    await tick(world);
    await eventually(async () => {
      expect(await noticesOf(fellow, 'workshop.moved')).toEqual(['workshop.moved']);
      expect(await noticesOf(host, 'workshop.moved')).toEqual(['workshop.moved']);
    });
  });
});
