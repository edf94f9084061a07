import { Types } from 'mongoose';
import { Transactions } from '../../../src/infra/mongo/transactions.js';
import { Outbox } from '../../../src/infra/outbox/outbox.js';
import { GuestErasing } from '../../../src/workshops/guests/guest-erasing.js';
import type { DeliveryRow } from '../../../src/infra/deliveries/delivery.schema.js';
import type { AboutGuest } from '../../../src/workshops/guests/guest-letter.js';
import { GuestLetters } from '../../../src/workshops/guests/guest-letters.js';
import { workshopsReplanned } from '../../../src/workshops/workshops.events.js';
import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { aGuest, aPublicWorkshop, guestOf, mailTo } from '../../support/rooms/guests.js';
import { hoursAfter } from '../../support/rooms/workshops.js';

const RUNS = '2026-10-15T08:00:00.000Z';
const OVER = '2026-10-15T10:30:00.000Z';
const DAY_HOURS = 24;

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const nobody = (node = 0) => clientOf(world.nodes[node]!.url);
const workshopOf = (path: string) => new Types.ObjectId(path.slice(-24));
const counts = async (path: string) => {
  const { going, waitlisted, offered } = (await staff.client.get(path)).body;
  return { going, waitlisted, offered };
};
/** It is in the outbox that this one was moved. */
const replanned = (id: string) =>
  world.app
    .get(Transactions)
    .run((session) => world.app.get(Outbox).write(workshopsReplanned, { workshopIds: [id] }, session));

describe('what is kept', () => {
  const rowsOf = (path: string) =>
    world.db.collection('workshop-guests').countDocuments({ workshopId: workshopOf(path) });

  it('given an address was not confirmed, then it is forgotten after a day, and its link leads nowhere', async () => {
    const { guests, path } = await aPublicWorkshop(staff, cohortId, { title: 'Forgotten soon' });
    const link = await aGuest(world, guests, 'soon@guests.test');
    world.clock.set(hoursAfter(NOW, DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    expect([await rowsOf(path), (await nobody().get(link)).status]).toEqual([0, 404]);
  });

  it('given somebody asks with the address of a guest who left, then the list tells of who left, who is forgotten when they were promised', async () => {
    const questions = [{ id: 'eats', kind: 'text', label: 'Eats?', required: false, options: [] }];
    const { guests, path } = await aPublicWorkshop(staff, cohortId, { title: 'Left for good' }, { questions });
    const email = 'left@guests.test';
    const link = await aGuest(world, guests, email, { name: 'Real Person', answers: { eats: 'No nuts' } });
    await nobody().post(`${link}/confirm`);
    await nobody().post(`${link}/leave`);
    const row = async () => (await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path) }))!;
    const said = async () => JSON.stringify(await row());
    const left = {
      name: 'Real Person',
      status: null,
      leftAt: NOW,
      answers: [{ question: 'Eats?', answer: 'No nuts' }],
    };
    for (const [at, name] of ['Stranger', 'Stranger', 'Another'].entries()) {
      world.clock.set(hoursAfter(NOW, 11 * (at + 1) - 10));
      expect((await nobody().post(guests, guestOf(email, { name }))).status).toBe(202);
      expect((await staff.client.get(`${path}/guests`)).body.items).toMatchObject([left]);
    }
    world.clock.set(hoursAfter(NOW, DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    expect(await said()).not.toMatch(/Real Person|nuts/);
    expect((await staff.client.get(`${path}/guests`)).body.items).toMatchObject([
      { name: 'Stranger', status: null, leftAt: null },
    ]);
    // A day after the last time that it was asked for in these words, and not before.
    world.clock.set(hoursAfter(NOW, 12 + DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    expect(await said()).toMatch(/^(?!.*Stranger).*Another/);
    const { _id, forms } = await row();
    const newest = world.app.get(LinkTokens).sign('guest', `${String(_id)}~${forms[0].formKey as string}`);
    expect((await nobody().post(`/api/guests/${newest}/confirm`)).body).toMatchObject({
      name: 'Another',
      mine: { status: 'going' },
      leftAt: null,
    });
    expect((await staff.client.get(`${path}/guests`)).body.items).toMatchObject([{ name: 'Another', leftAt: null }]);
  });

  it('given an address that is asked for day after day, then what was typed first is forgotten after a day, and so is the last', async () => {
    const { guests, path } = await aPublicWorkshop(staff, cohortId, { title: 'Day after day' });
    const email = 'daily@guests.test';
    const first = await aGuest(world, guests, email, { name: 'First' });
    world.clock.set(hoursAfter(NOW, DAY_HOURS - 1));
    await nobody().post(guests, guestOf(email, { name: 'Second' }));
    world.clock.set(hoursAfter(NOW, DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    const rows = await world.db
      .collection('workshop-guests')
      .find({ workshopId: workshopOf(path) })
      .toArray();
    expect(JSON.stringify(rows)).toMatch(/^(?!.*First).*Second/);
    expect((await nobody().post(`${first}/confirm`)).body.code).toBe('other_mail');
    world.clock.set(hoursAfter(NOW, 2 * DAY_HOURS));
    await world.app.get(GuestErasing).erase();
    expect(await rowsOf(path)).toBe(0);
  });

  it('given a guest came, then their words are erased 30 days after the end, which may have moved; the counts stay', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Forgotten late' });
    const link = await aGuest(world, guests, 'kept@guests.test');
    await nobody().post(`${link}/confirm`);
    await staff.client.patch(path, { startsAt: hoursAfter(RUNS, 48), endsAt: hoursAfter(OVER, 48) });
    await mailTo(world, 'kept@guests.test', 'Moved');
    const guest = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path) });
    const letters = () => world.db.collection('deliveries').countDocuments({ of: guest?._id });
    expect(await letters()).toBe(3);
    world.clock.set(hoursAfter(OVER, 31 * DAY_HOURS));
    await world.app.get(GuestErasing).erase();
    expect(await rowsOf(path)).toBe(1);
    world.clock.set(hoursAfter(OVER, 33 * DAY_HOURS));
    await world.app.get(GuestErasing).erase();
    expect(await rowsOf(path)).toBe(0);
    expect(await letters()).toBe(0);
    expect((await staff.client.get(`${path}/registrations`)).body.items).toEqual([]);
    expect((await counts(path)).going).toBe(1);
  });

  it('given a guest gives the place back after the start, then they have left: no letter, no second try, and they are forgotten after a day', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Left while it ran' });
    const email = 'ran@guests.test';
    const link = await aGuest(world, guests, email, { plusOne: true });
    await nobody().post(`${link}/confirm`);
    await mailTo(world, email, 'You have a place');
    world.clock.set(RUNS);
    const left = { mine: null, companion: null, leftAt: RUNS, abilities: { confirm: false, leave: false } };
    expect((await nobody().post(`${link}/leave`)).body).toMatchObject(left);
    expect((await nobody(1).post(`${link}/leave`)).body).toMatchObject(left);
    expect((await nobody().post(`${link}/confirm`)).body).toMatchObject({ status: 409, code: 'given_back' });
    expect((await staff.client.get(`${path}/guests`)).body.items[0]).toMatchObject({ status: 'excused', leftAt: RUNS });

    // It is moved: nobody writes to them, and a letter that waits by then says nothing.
    await world.db.collection('workshops').updateOne({ _id: workshopOf(path) }, { $inc: { revision: 1 } });
    await replanned(path.slice(-24));
    await followOutbox(world);
    const guest = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path) });
    const letters = await world.db.collection<DeliveryRow<AboutGuest>>('deliveries').find({ of: guest!._id }).toArray();
    expect(letters.map(({ about }) => about.kind).sort()).toEqual(['asked', 'registered']);
    const about = { ...letters[0]!.about, kind: 'changed' as const, revision: 9 };
    expect(await world.app.get(GuestLetters).write({ ...letters[0]!, about })).toBeNull();
    world.clock.set(hoursAfter(RUNS, DAY_HOURS + 1));
    await world.app.get(GuestErasing).erase();
    expect([await rowsOf(path), (await nobody().get(link)).status]).toEqual([0, 404]);
    expect((await counts(path)).going).toBe(2);
  });

  it('given the process died before it was written down that a guest confirmed, then who has a place is not forgotten', async () => {
    const { guests, path } = await aPublicWorkshop(staff, cohortId, { title: 'Nearly forgotten' });
    const link = await aGuest(world, guests, 'nearly@guests.test');
    await nobody().post(`${link}/confirm`);
    await followOutbox(world);
    await world.db
      .collection('workshop-guests')
      .updateOne({ workshopId: workshopOf(path) }, { $set: { confirmedAt: null, eraseAt: new Date(NOW) } });
    const guest = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path) });
    const letters = () => world.db.collection('deliveries').countDocuments({ of: guest?._id });
    const before = await letters();
    expect(before).toBeGreaterThan(0);
    await world.app.get(GuestErasing).erase();
    expect((await nobody().get(link)).body.mine.status).toBe('going');
    expect(await letters()).toBe(before);
  });
});
