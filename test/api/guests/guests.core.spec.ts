import { Types } from 'mongoose';
import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { NOW, type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aGuest, aPublicWorkshop, guestOf, mailTo } from '../../support/rooms/guests.js';
import { draftOf, hoursAfter } from '../../support/rooms/workshops.js';

const RUNS = '2026-10-15T08:00:00.000Z';

let world: TestWorld;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  fellow = await aMember(world, cohortId, 'fellow');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(() => world.clock.set(NOW));

const nobody = (node = 0) => clientOf(world.nodes[node]!.url);
const counts = async (path: string) => {
  const { going, waitlisted, offered } = (await staff.client.get(path)).body;
  return { going, waitlisted, offered };
};
const calendarOf = (mail: { attachments: { contentType: string; content: Buffer }[] }) =>
  mail.attachments.find(({ contentType }) => contentType.includes('calendar'))?.content.toString() ?? '';

describe('the page', () => {
  it('given its host wants none, or it is a draft, then there is nothing; given it is on, then everybody reads it', async () => {
    const made = await staff.client.post(`/api/cohorts/${cohortId}/workshops`, draftOf({ title: 'Événement clair' }));
    const path = `/api/cohorts/${cohortId}/workshops/${made.body.id}`;
    expect((await staff.client.get(`${path}/public-page`)).body).toMatchObject({ on: false, slug: null });
    const on = { on: true, guests: false, plusOne: false, shownHosts: [], questions: [] };
    const { slug } = (await staff.client.put(`${path}/public-page`, on)).body;
    expect(slug).toMatch(/^evenement-clair-[2-9a-z]{6}$/);
    const page = `/api/public/workshops/${slug}`;
    expect((await nobody().get(page)).status).toBe(404);
    await staff.client.post(`${path}/publish`);
    expect((await nobody(1).get(page)).body).toMatchObject({ title: 'Événement clair', registration: null });
    expect((await fellow.client.get(path)).body.publicPath).toBe(`/w/${slug}`);
    await staff.client.patch(path, { title: 'Another title' });
    await staff.client.put(`${path}/public-page`, { ...on, on: false });
    expect((await nobody().get(page)).body).toEqual((await nobody().get('/api/public/workshops/none')).body);
    expect((await staff.client.put(`${path}/public-page`, on)).body.slug).toBe(slug);
  });

  it.each([
    ['settings', 'get', 'public-page', undefined],
    ['another setting', 'put', 'public-page', { on: true, guests: true, plusOne: true, shownHosts: [], questions: [] }],
    ['guests', 'get', 'guests', undefined],
    ['their table', 'get', 'guests.csv', undefined],
    ['somebody let in', 'post', 'guests', { name: 'Ada', key: 'a-key-of-this' }],
    ['a place taken back', 'delete', `guests/${String(new Types.ObjectId())}`, undefined],
  ] as const)(
    'given %s, then only those who look after it: a fellow 403, another cohort 404, no login 401',
    async (_, method, part, body) => {
      const { path } = await aPublicWorkshop(staff, cohortId);
      const call = (client: TestPerson['client']) =>
        method === 'get' ? client.get(`${path}/${part}`) : client[method](`${path}/${part}`, body);
      expect((await call(fellow.client)).status).toBe(403);
      expect((await call(outsider.client)).status).toBe(404);
      expect((await call(nobody())).status).toBe(401);
    },
  );
});

describe('a guest', () => {
  it('given an address, then a place after its link was opened and confirmed, with the entry; by the same link it is given up', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, {
      ...{ title: 'A guest’s way', capacity: 1, link: 'https://meet.example/a-room' },
    });
    const link = await aGuest(world, guests, 'ada@guests.test');
    expect((await nobody().get(link)).body).toMatchObject({ mine: null, link: null, abilities: { confirm: true } });
    expect(await counts(path)).toEqual({ going: 0, waitlisted: 0, offered: 0 });

    const answers = await Promise.all([0, 1, 0].map((node) => nobody(node).post(`${link}/confirm`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]!.body).toMatchObject({ mine: { status: 'going' }, link: 'https://meet.example/a-room' });
    expect(await counts(path)).toEqual({ going: 1, waitlisted: 0, offered: 0 });
    const told = await mailTo(world, 'ada@guests.test', 'You have a place');
    expect(calendarOf(told)).toMatch(/METHOD:REQUEST[^]*UID:workshop-/);
    expect(told.text).toContain('04:00');

    await fellow.client.put(`${path}/registration`, {});
    expect((await nobody().post(`${link}/leave`)).body).toMatchObject({ mine: null, link: null });
    expect((await nobody().post(`${link}/leave`)).status).toBe(200);
    expect((await fellow.client.get(path)).body.mine.status).toBe('going');
    expect(calendarOf(await mailTo(world, 'ada@guests.test', 'You are not coming'))).toMatch(/METHOD:CANCEL/);
  });

  it.each([
    ['that is not ours', () => 'x'],
    ['of another purpose', () => world.app.get(LinkTokens).sign('place', '0'.repeat(24))],
    ['of nobody', () => world.app.get(LinkTokens).sign('guest', '0'.repeat(24))],
  ])('given a link %s, then there is nothing, by any way', async (_name, token) => {
    for (const answer of [
      await nobody().get(`/api/guests/${token()}`),
      await nobody().post(`/api/guests/${token()}/confirm`),
      await nobody().post(`/api/guests/${token()}/leave`),
    ])
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
  });

  it.each([
    ['no guests are taken', {}, { guests: false }, {}, 409, 'no_guests'],
    ['one cannot register yet', { opensAt: hoursAfter(NOW, 2).replace('45:00', '45:00') }, {}, {}, 409, 'not_open_yet'],
    ['nobody may be brought', {}, { plusOne: false }, { plusOne: true }, 422, 'not_allowed'],
    ['there is no way on line', {}, {}, { mode: 'online' }, 422, 'not_offered'],
    ['the address is none', {}, {}, { email: 'nobody' }, 422, undefined],
    ['a field is too many', {}, {}, { role: 'staff' }, 422, undefined],
  ])('given %s, then it is said', async (_name, workshop, page, more, status, code) => {
    const { guests } = await aPublicWorkshop(staff, cohortId, workshop, page);
    const { body } = await nobody().post(guests, guestOf('refused@guests.test', more));
    expect(body.status).toBe(status);
    if (code) expect(status === 409 ? body.code : body.errors[0].code).toBe(code);
  });
});

describe('among members', () => {
  it('given it runs, then hosts check guests in, also who comes without a word, once for a key', async () => {
    const { path, guests } = await aPublicWorkshop(staff, cohortId, { title: 'Walk-in', capacity: 1 });
    const link = await aGuest(world, guests, 'walk@guests.test');
    await nobody().post(`${link}/confirm`);
    const letIn = (key: string) => staff.client.post(`${path}/guests`, { name: 'Bob', key });
    expect((await letIn('the-key-of-bob')).body.code).toBe('too_early');
    world.clock.set(RUNS);
    const answers = await Promise.all(Array.from({ length: 4 }, () => letIn('the-key-of-bob')));
    expect(answers.map(({ body }) => body.status)).toEqual(Array(4).fill('attended'));
    const [{ userId }] = (await staff.client.get(`${path}/registrations`)).body.items;
    const mark = { sentAt: RUNS, marks: [{ userId, status: 'attended', at: RUNS }] };
    expect((await staff.client.post(`${path}/attendance/marks`, mark)).body.items[0].status).toBe('attended');
    expect(await counts(path)).toEqual({ going: 2, waitlisted: 0, offered: 0 });
    expect((await nobody().post(`${link}/leave`)).body).toMatchObject({ status: 409, code: 'already_marked' });
  });
});
