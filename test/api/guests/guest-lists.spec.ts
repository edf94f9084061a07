import { Types } from 'mongoose';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aGuest, aPublicWorkshop, guestOf } from '../../support/rooms/guests.js';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  coach = await aMember(world, cohortId, 'coach', { name: 'Pauline Savary' });
  fellow = await aMember(world, cohortId, 'fellow');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const nobody = (node = 0) => clientOf(world.nodes[node]!.url);
const workshopOf = (path: string) => new Types.ObjectId(path.slice(-24));

describe('the page', () => {
  it('given who comes, the room on line and hosts who do not want their name there, then nothing of them is on it', async () => {
    const { path, page } = await aPublicWorkshop(
      staff,
      cohortId,
      { hosts: [coach.id], link: 'https://meet.example/secret-room', capacity: 3 },
      {},
    );
    await fellow.client.put(`${path}/registration`, {});
    const shown = await nobody().get(page);
    expect(shown.body).toMatchObject({ isOnline: true, hosts: [], left: { onsite: 2, online: null } });
    for (const secret of ['secret-room', coach.name, fellow.name, fellow.id, coach.id, cohortId])
      expect(shown.text).not.toContain(secret);
    const settings = (await staff.client.get(`${path}/public-page`)).body;
    delete settings.slug;
    await staff.client.put(`${path}/public-page`, { ...settings, shownHosts: [coach.id] });
    expect((await nobody().get(page)).body.hosts).toEqual([coach.name]);
    const wrong = await staff.client.put(`${path}/public-page`, { ...settings, shownHosts: [fellow.id] });
    expect(wrong.body.errors).toEqual([{ field: '/shownHosts/0', code: 'not_a_host' }]);
  });
});

describe('questions', () => {
  const questions = [
    { id: 'diet', kind: 'choice', label: 'What do you eat?', required: true, options: ['Everything', 'No meat'] },
    { id: 'why', kind: 'text', label: 'Why do you come?', required: false, options: [] },
    { id: 'photo', kind: 'yesno', label: 'May we take photos?', required: true, options: [] },
  ];

  it('given a question by a name that every object has, then 422; given one of before, then hosts read the list and the table', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Constructor' });
    const questions = [{ id: 'constructor', kind: 'choice', label: 'What?', required: false, options: ['A', 'B'] }];
    const settings = { on: true, guests: true, plusOne: true, guestPercent: 100, shownHosts: [], questions };
    const refused = await staff.client.put(`${path}/public-page`, settings);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ field: '/questions/0/id', code: 'wrong_format' }]);
    await world.db
      .collection('workshops')
      .updateOne({ _id: workshopOf(path) }, { $set: { 'publicPage.questions': questions } });
    expect((await nobody().post(guests, guestOf('silent@guests.test'))).status).toBe(202);
    const listed = await staff.client.get(`${path}/guests`);
    expect([listed.status, listed.body.items[0].answers]).toEqual([200, []]);
    expect((await staff.client.get(`${path}/guests.csv`)).status).toBe(200);
  });

  it('given answers are missing or none, then each is named; given good ones, then hosts read them, and a table keeps formulas as words', async () => {
    const { path, guests, page } = await aPublicWorkshop(
      staff,
      cohortId,
      { title: 'Asked', hosts: [coach.id] },
      { questions },
    );
    expect((await nobody().get(page)).body.registration.questions).toEqual(questions);
    const wrong = await nobody().post(guests, guestOf('q@guests.test', { answers: { diet: 'Stones' } }));
    expect(wrong.body.errors).toEqual([
      { field: '/answers/diet', code: 'unknown_option' },
      { field: '/answers/photo', code: 'required' },
    ]);
    const link = await aGuest(world, guests, 'q@guests.test', {
      answers: { diet: 'No meat', why: '=HYPERLINK("x")', photo: false, other: 'x' },
    });
    await nobody().post(`${link}/confirm`);
    const [guest] = (await coach.client.get(`${path}/guests`)).body.items;
    expect(guest).toMatchObject({
      ...{ name: 'Ada Guest', email: 'q@guests.test', status: 'going', leftAt: null },
      answers: [
        { question: 'What do you eat?', answer: 'No meat' },
        { question: 'Why do you come?', answer: '=HYPERLINK("x")' },
        { question: 'May we take photos?', answer: false },
      ],
    });
    const { text, headers } = await coach.client.get(`${path}/guests.csv`);
    expect(headers.get('content-type')).toContain('text/csv');
    expect(text.split('\n')[1]).toMatch(/^Ada Guest,q@guests\.test,Comes,No,.*,No meat,"'=HYPERLINK/);
    const french = await aMember(world, cohortId, 'staff', { locale: 'fr' });
    expect((await french.client.get(`${path}/guests.csv`)).text).toMatch(
      /Nom;Courriel;.*\r\nAda Guest;q@guests\.test;Vient;Non;/,
    );
    expect((await fellow.client.get(path)).text).not.toContain('HYPERLINK');
  });
});

describe('among members', () => {
  it('given a guest comes, then hosts see them in the list, members do not, and nobody else hears of them', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Among us', hosts: [coach.id] });
    const link = await aGuest(world, guests, 'among@guests.test', { plusOne: true });
    await nobody().post(`${link}/confirm`);
    await fellow.client.put(`${path}/registration`, {});
    const listed = async (person: TestPerson) =>
      ((await person.client.get(`${path}/registrations`)).body.items as any[]).map((one) => [
        one.person.name,
        one.guest,
      ]);
    expect(await listed(coach)).toEqual([
      ['Ada Guest', 'guest'],
      ['Ada Guest', 'along'],
      [fellow.name, undefined],
    ]);
    expect(await listed(fellow)).toEqual([[fellow.name, undefined]]);
    expect((await fellow.client.get(path)).body.going).toBe(3);
    await world.settled();
    // They have reminders of their own, by mail: none of those of members.
    const reminders = await world.db.collection('reminders').distinct('userId', { 'subject.type': { $ne: 'guest' } });
    const users = await world.db.collection('users').distinct('_id');
    expect(reminders.map(String).filter((id) => !users.map(String).includes(id))).toEqual([]);
  });
});

describe('more guests than a page holds', () => {
  it('given hundreds who never confirmed asked before, then the list goes on behind its cursor, and the table has all', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Crowded' });
    const link = await aGuest(world, guests, 'first@guests.test');
    const rows = world.db.collection('workshop-guests');
    const one = (await rows.findOne({ workshopId: workshopOf(path), email: 'first@guests.test' }))!;
    // Ids of long ago: all of them come before.
    const others = Array.from({ length: 1100 }, (_, index) => ({
      ...{ ...one, _id: Types.ObjectId.createFromTime(index + 1), companionId: new Types.ObjectId() },
      ...{ email: `robot-${index}@guests.test`, confirmedAt: null },
    }));
    await rows.insertMany(others);
    await nobody().post(`${link}/confirm`);

    const seen: { email: string; status: string | null }[] = [];
    let cursor: string | null = '';
    for (let pages = 0; cursor !== null && pages < 5; pages += 1) {
      const { body } = await staff.client.get(`${path}/guests${cursor && `?cursor=${cursor}`}`);
      expect(body.items.length).toBeLessThanOrEqual(500);
      seen.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(seen.map(({ email }) => email)).toEqual([...others.map(({ email }) => email), 'first@guests.test']);
    expect(seen.at(-1)).toMatchObject({ status: 'going', leftAt: null });

    const { text } = await staff.client.get(`${path}/guests.csv`);
    expect(text.trim().split('\n')).toHaveLength(1 + 1101);
    expect(text).toContain('first@guests.test,Comes');
    for (const wrong of ['x', Buffer.from('["x"]').toString('base64url')])
      expect((await staff.client.get(`${path}/guests?cursor=${wrong}`)).body.errors).toEqual([
        { field: '/cursor', code: 'wrong_format' },
      ]);
  });
});
