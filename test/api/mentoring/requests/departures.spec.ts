import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { clientOf } from '../../../support/client.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { followOutbox } from '../../../support/outbox.js';
import { leavesUnheard } from '../../../support/rooms/leaving.js';
import { aRequest, requestsOf } from '../../../support/rooms/requests.js';

let world: TestWorld;
let cohort: string;
let base: string;
let members: string;
let staff: TestPerson;
let fellow: TestPerson;
let leaver: TestPerson;
let peer: TestPerson;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(async () => {
  cohort = await aCohort(world);
  base = requestsOf(cohort);
  members = `/api/cohorts/${cohort}/members`;
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
  leaver = await aMember(world, cohort, 'coach', { name: 'Tomasz Wilk', craft: 'designer' });
  peer = await aMember(world, cohort, 'coach', { name: 'Maud Perrin', craft: 'designer' });
});
afterAll(() => world.stop());

const isWith = async (requestId: string, owner: TestPerson) =>
  await eventually(async () => {
    const { body } = await fellow.client.get(`${base}/${requestId}`);
    expect(body.owner?.id).toBe(owner.id);
    return body;
  });

describe('a coach who leaves', () => {
  it('given somebody was chosen, then what waits goes to them, who asked is told, and answered ones stay', async () => {
    const waits = await aRequest(cohort, fellow, { ownerId: leaver.id });
    const done = await aRequest(cohort, fellow, { ownerId: leaver.id });
    await leaver.client.post(`${base}/${done.id}/accept`, { revision: 1 });
    const { body } = await staff.client.get(`${members}/${leaver.id}/successors`);
    expect(body.requests).toBe(1);
    expect(body.items.map((one: any) => [one.person.id, one.isOfTheCraft])).toEqual([
      [peer.id, true],
      [staff.id, false],
    ]);
    expect((await staff.client.delete(`${members}/${leaver.id}?successorId=${peer.id}`)).status).toBe(204);
    const now = await isWith(waits.id, peer);
    expect(now).toMatchObject({ state: 'open', revision: 2 });
    expect(now.trail.at(-1)).toMatchObject({ act: 'handed_over', to: { id: peer.id } });
    expect((await fellow.client.get(`${base}/${done.id}`)).body).toMatchObject({ state: 'accepted', revision: 2 });
    await eventually(async () => {
      const { items } = (await fellow.client.get('/api/me/inbox')).body;
      expect(items.map((one: any) => one.title)).toContain('Maud Perrin has your request now');
    });
    expect((await peer.client.post(`${base}/${waits.id}/accept`, { revision: 2 })).status).toBe(200);
  });

  it('given nobody was chosen, then it goes to whoever of the programme team has least', async () => {
    const idle = await aMember(world, cohort, 'staff', { name: 'Odile Marchal' });
    await aRequest(cohort, fellow, { ownerId: staff.id });
    const waits = await aRequest(cohort, fellow, { ownerId: leaver.id });
    expect((await staff.client.delete(`${members}/${leaver.id}`)).status).toBe(204);
    await isWith(waits.id, idle);
  });

  it('given the chosen one asked it themself, then the programme team has it', async () => {
    const waits = await aRequest(cohort, fellow, { ownerId: leaver.id });
    await staff.client.delete(`${members}/${leaver.id}?successorId=${fellow.id}`);
    await isWith(waits.id, staff);
  });

  it('given another role, then what waits is handed over, and what comes later stays with them', async () => {
    const waits = await aRequest(cohort, fellow, { ownerId: leaver.id });
    const changed = await staff.client.patch(`${members}/${leaver.id}`, { role: 'staff', successorId: peer.id });
    expect(changed.status).toBe(200);
    await isWith(waits.id, peer);
    world.clock.set(new Date(world.clock.now().getTime() + 60_000));
    const later = await aRequest(cohort, fellow, { ownerId: leaver.id });
    await followOutbox(world);
    await isWith(later.id, leaver);
  });

  it('given who asked leaves, then their request is withdrawn', async () => {
    const waits = await aRequest(cohort, fellow, { ownerId: leaver.id });
    await staff.client.delete(`${members}/${fellow.id}`);
    await eventually(async () =>
      expect((await leaver.client.get(`${base}/${waits.id}`)).body).toMatchObject({ state: 'withdrawn', revision: 2 }),
    );
  });

  it('given a process that died as they left, then a turn hands it over to who was chosen, once', async () => {
    const waits = await aRequest(cohort, fellow, { ownerId: leaver.id });
    await leavesUnheard(world, cohort, leaver.id, peer.id);
    await followOutbox(world);
    await isWith(waits.id, peer);
    world.clock.advance(60_000);
    await followOutbox(world);
    expect((await isWith(waits.id, peer)).revision).toBe(2);
  });

  it('given a request that came to them in the very moment in which they left, then the look a minute later hands it over, too', async () => {
    await staff.client.delete(`${members}/${leaver.id}?successorId=${peer.id}`);
    await world.settled();
    // Written by who had found them a member: behind the removal, and by a clock that is ahead.
    const waits = await aRequest(cohort, fellow, { ownerId: staff.id });
    const now = world.clock.now();
    await world.db
      .collection('help-requests')
      .updateOne(
        { _id: new Types.ObjectId(waits.id as string) },
        { $set: { ownerId: new Types.ObjectId(leaver.id), waitingSince: new Date(now.getTime() + 5000) } },
      );
    world.clock.advance(60_000);
    await followOutbox(world);
    await isWith(waits.id, peer);
  });

  it('given somebody who cannot take over, then 422 and nobody is removed; others than staff get 403, no login 401', async () => {
    const host = await aMember(world, cohort, 'host');
    const outsider = await aMember(world, await aCohort(world), 'staff');
    for (const id of [host.id, leaver.id, outsider.id, 'nobody']) {
      const refused = await staff.client.delete(`${members}/${leaver.id}?successorId=${id}`);
      expect([refused.status, refused.body.errors]).toEqual([
        422,
        [{ field: '/successorId', code: 'not_a_successor' }],
      ]);
    }
    expect((await staff.client.get(`${members}/${leaver.id}`)).status).toBe(200);
    const path = `${members}/${leaver.id}/successors`;
    expect((await peer.client.get(path)).status).toBe(403);
    expect((await clientOf(world.url).get(path)).status).toBe(401);
    expect((await outsider.client.get(path)).status).toBe(404);
    expect((await staff.client.get(`${members}/${outsider.id}/successors`)).status).toBe(404);
  });
});
