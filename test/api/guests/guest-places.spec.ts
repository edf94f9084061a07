import { Types } from 'mongoose';
import type { DeliveryRow } from '../../../src/infra/deliveries/delivery.schema.js';
import type { AboutGuest } from '../../../src/workshops/guests/guest-letter.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { followOutbox } from '../../support/outbox.js';
import { aGuest, aPublicWorkshop, guestLinkIn, guestOf, mailTo } from '../../support/rooms/guests.js';
import { hoursAfter } from '../../support/rooms/workshops.js';

const RUNS = '2026-10-15T08:00:00.000Z';
const OVER = '2026-10-15T10:30:00.000Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach', { name: 'Pauline Savary' });
  fellow = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const nobody = (node = 0) => clientOf(world.nodes[node]!.url);
const workshopOf = (path: string) => new Types.ObjectId(path.slice(-24));
const counts = async (path: string) => {
  const { going, waitlisted, offered } = (await staff.client.get(path)).body;
  return { going, waitlisted, offered };
};
const calendarOf = (mail: { attachments: { contentType: string; content: Buffer }[] }) =>
  mail.attachments.find(({ contentType }) => contentType.includes('calendar'))?.content.toString() ?? '';

describe('a guest', () => {
  it('given two come, then both have a place or wait together; an offer is taken and given up for both', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Two', capacity: 2, offerMinutes: 60 });
    await fellow.client.put(`${path}/registration`, {});
    const link = await aGuest(world, guests, 'two@guests.test', { plusOne: true });
    expect((await nobody().post(`${link}/confirm`)).body).toMatchObject({
      ...{ mine: { status: 'waitlisted', position: 1, together: true }, companion: 'waitlisted' },
    });
    expect(await counts(path)).toEqual({ going: 1, waitlisted: 2, offered: 0 });
    await fellow.client.delete(`${path}/registration`);
    expect(await counts(path)).toEqual({ going: 0, waitlisted: 0, offered: 2 });
    const held = guestLinkIn(await mailTo(world, 'two@guests.test', 'A place is held'));
    expect((await nobody(1).post(`${held}/accept`)).body).toMatchObject({
      mine: { status: 'going' },
      companion: 'going',
    });
    await nobody().post(`${link}/leave`);
    expect(await counts(path)).toEqual({ going: 0, waitlisted: 0, offered: 0 });
    await followOutbox(world);
    // One letter says that they gave it up, and none that a host took it.
    const letters = await world.db
      .collection<DeliveryRow<AboutGuest>>('deliveries')
      .find({ kind: 'guest' })
      .sort({ _id: -1 })
      .limit(2)
      .toArray();
    expect(letters[0]?.about.kind).toBe('left');
    expect(letters[1]?.about.kind).not.toBe('ended');
  });

  it('given an offer that is not answered, then both are out of the line and hear it', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Lapse', capacity: 2, offerMinutes: 30 });
    await fellow.client.put(`${path}/registration`, {});
    const link = await aGuest(world, guests, 'late@guests.test', { plusOne: true });
    await nobody().post(`${link}/confirm`);
    await fellow.client.delete(`${path}/registration`);
    world.clock.set(hoursAfter(NOW, 1));
    await fellow.client.put(`${path}/registration`, {});
    expect(await counts(path)).toEqual({ going: 1, waitlisted: 0, offered: 0 });
    await mailTo(world, 'late@guests.test', 'went to the next in line');
    expect((await nobody().post(`${link}/accept`)).body).toMatchObject({ status: 409, code: 'offer_lapsed' });
  });
});

describe('a host takes a guest’s place back', () => {
  const guestsOf = async (path: string, by = staff) =>
    (await by.client.get(`${path}/guests`)).body.items as { id: string; status: string | null; abilities: object }[];
  const aPlace = async (workshop: Record<string, unknown>, email: string) => {
    const made = await aPublicWorkshop(staff, cohortId, workshop);
    const link = await aGuest(world, made.guests, email, { plusOne: true });
    expect((await nobody().post(`${link}/confirm`)).status).toBe(200);
    const [guest] = await guestsOf(made.path);
    return { ...made, link, guest: guest! };
  };

  it('then both places are free for who waits, and the guest hears it with the entry, once; the old link seats nobody', async () => {
    const title = 'Taken back';
    const { path, guests, link, guest } = await aPlace({ title, capacity: 2, hosts: [coach.id] }, 'eve@guests.test');
    expect(guest).toMatchObject({ status: 'going', abilities: { end: true } });
    await fellow.client.put(`${path}/registration`, {});
    expect((await fellow.client.get(path)).body.mine.status).toBe('waitlisted');
    const ended = await Promise.all(
      [0, 1].map((node) => coach.client.on(world.nodes[node]!.url).delete(`${path}/guests/${guest.id}`)),
    );
    expect(ended.map(({ status }) => status)).toEqual([204, 204]);
    expect(await counts(path)).toEqual({ going: 1, waitlisted: 0, offered: 0 });
    expect((await fellow.client.get(path)).body.mine.status).toBe('going');
    const told = await mailTo(world, 'eve@guests.test', 'You have no place any more');
    expect(calendarOf(told)).toMatch(/METHOD:CANCEL/);
    expect(await guestsOf(path)).toMatchObject([{ status: null, abilities: { end: false } }]);
    expect((await nobody().post(`${link}/confirm`)).body.code).toBe('given_back');
    expect((await nobody().get(link)).body).toMatchObject({ mine: null, abilities: { confirm: false } });
    // It is known who did it, and the guest may ask again.
    const row = await world.db.collection('registrations').findOne({ userId: new Types.ObjectId(guest.id) });
    expect(String(row!.byId)).toBe(coach.id);
    expect((await nobody().post(guests, guestOf('eve@guests.test'))).status).toBe(202);
    const subjects = (await world.mail.to('eve@guests.test')).map(({ subject }) => subject);
    expect(subjects.filter((one) => one?.includes('You have no place any more'))).toHaveLength(1);
    expect(subjects.filter((one) => one?.includes('You are not coming'))).toEqual([]);
  });

  it('given a guest of another workshop, one who was there, or one that is over, then nothing is taken', async () => {
    const [one, other] = [await aPlace({ title: 'One' }, 'one@guests.test'), await aPublicWorkshop(staff, cohortId)];
    expect((await staff.client.delete(`${other.path}/guests/${one.guest.id}`)).status).toBe(404);
    expect((await staff.client.delete(`${one.path}/guests/nobody`)).status).toBe(404);
    expect((await fellow.client.delete(`${one.path}/guests/${one.guest.id}`)).status).toBe(403);
    expect((await outsider.client.delete(`${one.path}/guests/${one.guest.id}`)).status).toBe(404);
    expect((await nobody().delete(`${one.path}/guests/${one.guest.id}`)).status).toBe(401);
    world.clock.set(RUNS);
    const mark = { userId: one.guest.id, status: 'attended' };
    expect((await staff.client.post(`${one.path}/attendance`, mark)).status).toBe(200);
    expect(await guestsOf(one.path)).toMatchObject([{ abilities: { end: false } }]);
    expect((await staff.client.delete(`${one.path}/guests/${one.guest.id}`)).body.code).toBe('already_marked');
    world.clock.set(OVER);
    expect((await staff.client.delete(`${one.path}/guests/${one.guest.id}`)).body.code).toBe('over');
  });
});

describe('how many places guests may have', () => {
  it('given half, then somebody with as many addresses as they like has half, however many confirm at once; members have the others', async () => {
    const page = { guestPercent: undefined };
    const { path, page: open, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Half', capacity: 6 }, page);
    expect((await staff.client.get(`${path}/public-page`)).body.guestPercent).toBe(50);
    expect((await nobody().get(open)).body).toMatchObject({ left: { onsite: 3 }, registration: { because: null } });
    const links = [];
    for (const one of ['a', 'b', 'c'])
      links.push(await aGuest(world, guests, `half-${one}@catchall.test`, { plusOne: one !== 'c' }));
    const said = await Promise.all(links.map((link, index) => nobody(index % 2).post(`${link}/confirm`)));
    const codes = said.map(({ status, body }) => (status === 200 ? 'seated' : body.code));
    expect(codes.filter((code) => code !== 'seated' && code !== 'guests_full')).toEqual([]);
    const { going, waitlisted } = (await counts(path)) as { going: number; waitlisted: number };
    expect([going + waitlisted <= 3, going >= 2]).toEqual([true, true]);
    for (const link of links) await nobody().post(`${link}/confirm`);
    expect((await nobody().get(open)).body).toMatchObject({
      left: { onsite: 0 },
      registration: { because: 'guests_full' },
    });
    expect((await nobody().post(guests, guestOf('half-d@catchall.test'))).body.code).toBe('guests_full');
    await fellow.client.put(`${path}/registration`, {});
    expect((await fellow.client.get(path)).body.mine.status).toBe('going');
    // Taken back, the places are for other guests.
    const { items } = (await staff.client.get(`${path}/guests`)).body;
    for (const { id } of items) expect((await staff.client.delete(`${path}/guests/${id}`)).status).toBe(204);
    expect((await nobody().get(open)).body).toMatchObject({ left: { onsite: 3 }, registration: { because: null } });
  });

  it('given who asked before others had them all, then their page says so and lets them confirm nothing; one that is taken back is theirs to confirm', async () => {
    const room = { title: 'Two', capacity: 2 };
    const { path, guests } = await aPublicWorkshop(staff, cohortId, room, { guestPercent: 50 });
    const [first, late] = [
      await aGuest(world, guests, 'seated-first@guests.test'),
      await aGuest(world, guests, 'asked-behind@guests.test'),
    ];
    expect((await nobody().get(late)).body).toMatchObject({ because: null, abilities: { confirm: true } });
    const seated = await nobody().post(`${first}/confirm`);
    expect(seated.body).toMatchObject({ mine: { status: 'going' }, because: null });
    const full = { mine: null, because: 'guests_full', again: null, abilities: { confirm: false } };
    expect((await nobody(1).get(late)).body).toMatchObject(full);
    expect((await nobody().post(`${late}/confirm`)).body.code).toBe('guests_full');
    await nobody().post(`${first}/leave`);
    expect((await nobody().get(first)).body).toMatchObject({ because: null, again: expect.any(String) });
    expect((await nobody().post(`${late}/confirm`)).body).toMatchObject({ mine: { status: 'going' }, because: null });
    expect((await nobody().get(first)).body).toMatchObject({ because: 'guests_full', again: null });
    expect((await fellow.client.put(`${path}/registration`, {})).status).toBe(200);
  });

  it('given none or more than all, then 422; given a page of before it was asked, then half', async () => {
    const { path, page } = await aPublicWorkshop(staff, cohortId, { title: 'Before', capacity: 4 });
    const settings = (await staff.client.get(`${path}/public-page`)).body;
    delete settings.slug;
    for (const guestPercent of [0, 101, 50.5])
      expect((await staff.client.put(`${path}/public-page`, { ...settings, guestPercent })).status).toBe(422);
    await world.db
      .collection('workshops')
      .updateOne({ _id: workshopOf(path) }, { $unset: { 'publicPage.guestPercent': 1 } });
    expect((await nobody().get(page)).body.left.onsite).toBe(2);
    expect((await staff.client.get(`${path}/public-page`)).body.guestPercent).toBe(50);
  });
});
