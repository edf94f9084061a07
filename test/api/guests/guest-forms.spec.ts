import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aGuest, aPublicWorkshop, guestLinkIn, guestOf, mailTo } from '../../support/rooms/guests.js';
import { hoursAfter } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const nobody = (node = 0) => clientOf(world.nodes[node]!.url);
const workshopOf = (path: string) => new Types.ObjectId(path.slice(-24));
const counts = async (path: string) => {
  const { going, waitlisted, offered } = (await staff.client.get(path)).body;
  return { going, waitlisted, offered };
};

describe('a guest', () => {
  it('given they gave the place back, then the list says so, and the old link seats them only after the form', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Given back' });
    const link = await aGuest(world, guests, 'back@guests.test');
    const listed = async () => (await staff.client.get(`${path}/guests`)).body.items[0];
    expect(await listed()).toMatchObject({ status: null, leftAt: null });
    await nobody().post(`${link}/confirm`);
    await nobody().post(`${link}/leave`);
    expect(await listed()).toMatchObject({ status: null, leftAt: NOW });
    expect((await staff.client.get(`${path}/guests.csv`)).text).toContain('Cancelled');

    const slug = (await staff.client.get(`${path}/public-page`)).body.slug as string;
    expect((await nobody().get(link)).body).toMatchObject({ leftAt: NOW, again: slug, abilities: { confirm: false } });
    const again = await Promise.all([0, 1].map((node) => nobody(node).post(`${link}/confirm`)));
    expect(again.map(({ body }) => body.code)).toEqual(['given_back', 'given_back']);
    expect(await counts(path)).toEqual({ going: 0, waitlisted: 0, offered: 0 });

    expect(await aGuest(world, guests, 'back@guests.test')).toBe(link);
    expect((await nobody().post(`${link}/confirm`)).body).toMatchObject({ mine: { status: 'going' }, leftAt: null });
    expect(await listed()).toMatchObject({ status: 'going', leftAt: null });
  });

  describe('given somebody else fills in the form with the same address', () => {
    const questions = [{ id: 'why', kind: 'text', label: 'Why?', required: false, options: [] }];
    const mine = { name: 'Vera', answers: { why: 'To learn' } };
    const theirs = { name: 'Mallory', plusOne: true, answers: { why: 'To mock' }, locale: 'fr' };
    const linksTo = async (email: string, count: number) => {
      await eventually(async () => expect(await world.mail.to(email)).toHaveLength(count));
      return (await world.mail.to(email)).map(guestLinkIn);
    };
    const listed = async (path: string) => (await staff.client.get(`${path}/guests`)).body.items;
    const asVera = { name: 'Vera', plusOne: false, answers: [{ question: 'Why?', answer: 'To learn' }] };

    it.each([
      ['before', [theirs, mine], 1],
      ['after', [mine, theirs], 0],
    ])(
      'given %s, then each link confirms what its own mail was about, and the first one that is confirmed counts',
      async (when, forms, own) => {
        const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: `Twice ${when}` }, { questions });
        const email = `${when}@guests.test`;
        for (const [at, form] of forms.entries()) {
          expect((await nobody().post(guests, guestOf(email, form))).status).toBe(202);
          await linksTo(email, at + 1);
        }
        const links = await linksTo(email, 2);
        const [link, other] = [links[own]!, links[1 - own]!];
        expect((await nobody().get(link)).body).toMatchObject({ name: 'Vera', plusOne: false });
        expect((await nobody().get(other)).body).toMatchObject({ name: 'Mallory', plusOne: true });
        expect((await nobody().post(`${link}/confirm`)).body).toMatchObject({
          name: 'Vera',
          mine: { status: 'going' },
        });
        expect(await counts(path)).toMatchObject({ going: 1 });
        expect(await listed(path)).toMatchObject([asVera]);
        expect((await nobody().post(`${other}/confirm`)).body).toMatchObject({ name: 'Vera', plusOne: false });
        expect(await listed(path)).toMatchObject([asVera]);
        expect(
          JSON.stringify(await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path), email })),
        ).not.toContain('Mallory');
        expect((await mailTo(world, email, 'You have a place')).text).toContain('04:00');
      },
    );

    it('given form after form, then the newest twenty wait, and each of these has its mail', async () => {
      const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Form after form' });
      const email = 'many-forms@guests.test';
      const first = await aGuest(world, guests, email, { name: 'Number 0' });
      for (let at = 1; at <= 20; at += 1) await nobody().post(guests, guestOf(email, { name: `Number ${at}` }));
      const row = await world.db.collection('workshop-guests').findOne({ workshopId: workshopOf(path), email });
      expect(row!.forms.map(({ name }: { name: string }) => name)).toEqual(
        Array.from({ length: 20 }, (_, at) => `Number ${at + 1}`),
      );
      expect((await nobody().post(`${first}/confirm`)).body.code).toBe('other_mail');
      const last = guestLinkIn(
        (
          await eventually(async () => {
            const mails = await world.mail.to(email);
            expect(mails).toHaveLength(21);
            return mails;
          })
        ).at(-1)!,
      );
      expect((await nobody().get(last)).body.name).toMatch(/^Number \d+$/);
    });

    it('given they gave the place back, then what is asked after that is confirmed by a mail of its own', async () => {
      const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Twice again' }, { questions });
      const email = 'again@guests.test';
      const link = await aGuest(world, guests, email, mine);
      await nobody().post(`${link}/confirm`);
      const place = guestLinkIn(await mailTo(world, email, 'You have a place'));
      await nobody().post(`${link}/leave`);
      await mailTo(world, email, 'You are not coming');
      expect((await nobody().post(guests, guestOf(email, theirs))).status).toBe(202);
      await eventually(async () => expect(await world.mail.to(email)).toHaveLength(4));
      const anew = guestLinkIn(await mailTo(world, email, 'Confirmez'));
      for (const old of [link, place]) {
        const page = (await nobody().get(old)).body;
        expect(page).toMatchObject({ mine: null, again: expect.any(String), abilities: { confirm: false } });
        expect((await nobody().post(`${old}/confirm`)).body.code).toBe('other_mail');
      }
      expect(await counts(path)).toMatchObject({ going: 0 });
      expect((await nobody().post(`${anew}/confirm`)).body).toMatchObject({ name: 'Mallory', companion: 'going' });
    });
  });

  it('given an address that is known, unknown or a member’s, then the same answer, and each hears their own by mail', async () => {
    const { guests } = await aPublicWorkshop(staff, cohortId, { title: 'Same answer' });
    const link = await aGuest(world, guests, 'known@guests.test');
    await nobody().post(`${link}/confirm`);
    world.clock.set(hoursAfter(NOW, 1));
    const emails = ['known@guests.test', 'unknown@guests.test', fellow.email];
    const answers = await Promise.all(emails.map((email) => nobody().post(guests, guestOf(email, { name: 'Eve' }))));
    expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(3).fill([202, '']));
    await mailTo(world, 'known@guests.test', 'You are registered already');
    await mailTo(world, 'unknown@guests.test', 'Confirm your registration');
    const toMember = await mailTo(world, fellow.email, 'You have an account');
    expect(toMember.text).not.toContain('/guest/');
    // Who types another's address changes nothing of theirs.
    expect((await nobody().get(link)).body.name).toBe('Ada Guest');
  });

  it('given one asks again and again, then one letter in ten minutes', async () => {
    const { guests } = await aPublicWorkshop(staff, cohortId, { title: 'One letter' });
    for (let times = 0; times < 4; times += 1) await nobody().post(guests, guestOf('often@guests.test'));
    await mailTo(world, 'often@guests.test', 'One letter');
    world.clock.set(hoursAfter(NOW, 1));
    await nobody().post(guests, guestOf('often@guests.test'));
    await eventually(async () => expect(await world.mail.to('often@guests.test')).toHaveLength(2));
  });
});
