import { Intervals } from '../../../src/infra/queue/intervals.js';
import { WishNotices } from '../../../src/notifications/notices/wish.notices.js';
import { WishesRepository } from '../../../src/workshops/wishes/wishes.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { followOutbox, killedAfter } from '../../support/outbox.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let cohort: string;
let base: string;
let fellow: TestPerson;
let other: TestPerson;
let coach: TestPerson;
let host: TestPerson;
let alumni: TestPerson;
let staff: TestPerson;
let outsider: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
  cohort = await aCohort(world);
  base = `/api/cohorts/${cohort}/wishes`;
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier' });
  other = await aMember(world, cohort, 'fellow');
  coach = await aMember(world, cohort, 'coach');
  host = await aMember(world, cohort, 'host');
  alumni = await aMember(world, cohort, 'alumni');
  staff = await aMember(world, cohort, 'staff');
  outsider = await aMember(world, await aCohort(world), 'staff');
});
afterAll(() => world.stop());

const aWish = async (person: TestPerson, subject = 'Reading a budget', side = 'want') => {
  const made = await person.client.post(base, { subject, side });
  expect([made.status, made.body.errors]).toEqual([201, undefined]);
  return made.body;
};
const side = (person: TestPerson, wish: { id: string }, which: string) =>
  person.client.put(`${base}/${wish.id}/sides/${which}`);
const seen = async (person: TestPerson, wish: { id: string }) => (await person.client.get(`${base}/${wish.id}`)).body;
const dates = async (person: TestPerson, wish: { id: string }) =>
  (await person.client.get(`${base}/${wish.id}/dates`)).body;
const plan = (person: TestPerson, wish: { id: string }, startsAt = '2026-10-20T08:00:00.000Z') =>
  person.client.post(`${base}/${wish.id}/plan`, { startsAt, minutes: 60 });
const ofWorkshop = (id: string) => `/api/cohorts/${cohort}/workshops/${id}`;
const told = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox?limit=200')).body.items.filter((one: any) => one.kind === 'wish.planned');

describe('the board', () => {
  it('given who wants and who gives, then both are counted, with faces, once however often they press on two nodes', async () => {
    const wish = await aWish(fellow);
    const presses = [0, 1, 0, 1, 0, 1].flatMap((node) => [
      other.client.on(world.nodes[node]!.url).put(`${base}/${wish.id}/sides/want`),
      coach.client.on(world.nodes[node]!.url).put(`${base}/${wish.id}/sides/give`),
    ]);
    expect((await Promise.all(presses)).map((one) => one.status)).toEqual(Array(12).fill(200));
    const now = await seen(other, wish);
    expect(now).toMatchObject({
      wants: 2,
      gives: 1,
      mine: ['want'],
      state: 'open',
      author: { name: 'Inès Carpentier' },
    });
    expect(now.people.give.map((one: any) => one.id)).toEqual([coach.id]);
    const takeBack = await other.client.delete(`${base}/${wish.id}/sides/want`);
    expect(takeBack.body).toMatchObject({ wants: 1, mine: [] });
    expect((await side(other, wish, 'neither')).status).toBe(404);
  });

  it('given lists, then by demand, newest and mine, page by page, each once', async () => {
    const here = await aCohort(world);
    const path = `/api/cohorts/${here}/wishes`;
    const people = [await aMember(world, here, 'fellow'), await aMember(world, here, 'host')];
    const ids: string[] = [];
    for (const subject of ['One', 'Two', 'Three'])
      ids.push((await people[0]!.client.post(path, { subject, side: 'want' })).body.id);
    await people[1]!.client.put(`${path}/${ids[1]}/sides/want`);
    const walk = async (person: TestPerson, sort: string) => {
      const found: string[] = [];
      let cursor = '';
      do {
        const { body } = await person.client.get(`${path}?sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`);
        found.push(...body.items.map((one: any) => one.id));
        cursor = body.nextCursor;
      } while (cursor);
      return found;
    };
    expect(await walk(people[0]!, 'demand')).toEqual([ids[1], ids[2], ids[0]]);
    expect(await walk(people[0]!, 'newest')).toEqual([ids[2], ids[1], ids[0]]);
    expect(await walk(people[1]!, 'mine')).toEqual([ids[1]]);
    expect((await people[0]!.client.get(`${path}?cursor=nonsense`)).status).toBe(422);
  });

  it('given words in another form, then similar ones are found, in this cohort only', async () => {
    await aWish(fellow, 'Ateliers de facilitation');
    const found = async (person: TestPerson, cohortId: string) =>
      (await person.client.get(`/api/cohorts/${cohortId}/wishes/similar?q=atelier+facilitation`)).body.items;
    expect((await found(host, cohort)).map((one: any) => one.subject)).toEqual(['Ateliers de facilitation']);
    const elsewhere = await aCohort(world);
    expect(await found(await aMember(world, elsewhere, 'fellow'), elsewhere)).toEqual([]);
  });

  it('given nobody else joined, then who wrote it edits and drops it; once others did, staff alone', async () => {
    const wish = await aWish(fellow);
    const edit = (person: TestPerson, body = {}) =>
      person.client.patch(`${base}/${wish.id}`, { text: 'More', ...body });
    expect((await edit(other)).status).toBe(403);
    expect((await edit(fellow)).body).toMatchObject({ text: 'More', subject: 'Reading a budget' });
    expect((await edit(fellow, { revision: 1 })).body.code).toBe('stale');
    await side(other, wish, 'want');
    expect([(await edit(fellow)).body.code, (await fellow.client.delete(`${base}/${wish.id}`)).body.code]).toEqual(
      Array(2).fill('others_joined'),
    );
    expect((await edit(staff)).status).toBe(200);
    expect((await staff.client.delete(`${base}/${wish.id}`)).status).toBe(204);
    expect((await fellow.client.get(`${base}/${wish.id}`)).status).toBe(404);
  });

  it('given who leaves, comes back, joins a wish and leaves again while the first leaving is worked on, then nothing of theirs is counted', async () => {
    const [first, second] = [await aWish(coach), await aWish(coach, 'Writing a budget')];
    const leaver = await aMember(world, cohort, 'fellow');
    await side(leaver, first, 'want');
    const leave = async () => {
      await staff.client.delete(`/api/cohorts/${cohort}/members/${leaver.id}`);
      await world.settled();
    };
    let isBack = false;
    const looks = world.nodes.map((node) => {
      const wishes = node.app.get(WishesRepository);
      const joinedBy = wishes.joinedBy.bind(wishes);
      return jest.spyOn(wishes, 'joinedBy').mockImplementation(async (...asked) => {
        const found = await joinedBy(...asked);
        if (!isBack) {
          isBack = true;
          // Nobody waits here for what is followed: this is it.
          const { settled } = world;
          world.settled = () => Promise.resolve();
          await join(world, cohort, leaver.id, 'fellow');
          expect((await side(leaver, second, 'want')).status).toBe(200);
          await leave();
          world.settled = settled;
        }
        return found;
      });
    });
    await leave();
    await eventually(async () => {
      expect((await seen(staff, first)).wants).toBe(1);
      expect((await seen(staff, second)).wants).toBe(1);
    });
    looks.forEach((look) => look.mockRestore());
  });

  it('given staff merge two, then its people are kept, once each; closed and open again with a reason', async () => {
    const [one, two] = [await aWish(fellow, 'Budgets'), await aWish(other, 'Budget')];
    await side(fellow, two, 'want');
    await side(coach, one, 'give');
    const merge = (person: TestPerson, intoId: string) => person.client.post(`${base}/${one.id}/merge`, { intoId });
    expect((await merge(fellow, two.id)).status).toBe(403);
    expect((await merge(staff, one.id)).body.errors[0]).toMatchObject({ field: '/intoId', code: 'same_wish' });
    expect((await merge(staff, two.id)).body).toMatchObject({ id: two.id, wants: 2, gives: 1 });
    expect((await staff.client.get(`${base}/${one.id}`)).status).toBe(404);
    const closed = await staff.client.post(`${base}/${two.id}/close`, { reason: 'There is a course.' });
    expect(closed.body).toMatchObject({ state: 'closed', reason: 'There is a course.' });
    expect((await side(coach, two, 'want')).body.code).toBe('wish_closed');
    expect((await staff.client.post(`${base}/${two.id}/reopen`)).body).toMatchObject({ state: 'open', reason: null });
  });
});

describe('from a wish to a workshop', () => {
  it('given who is busy, then the dates say how many are free; a milestone’s day and closed days are left out', async () => {
    const wish = await aWish(fellow);
    const [busy, giver] = [await aMember(world, cohort, 'fellow'), await aMember(world, cohort, 'coach')];
    await side(busy, wish, 'want');
    await side(giver, wish, 'give');
    await staff.client.post(`/api/cohorts/${cohort}/milestones`, { title: 'Half time', on: '2026-10-16' });
    const pauses = [{ from: '2026-10-19', to: '2026-10-20', name: 'Breathing days' }];
    expect((await staff.client.patch(`/api/cohorts/${cohort}`, { pauses })).status).toBe(200);
    const times = { startsAt: '2026-10-15T07:00:00.000Z', endsAt: '2026-10-15T16:00:00.000Z' };
    const { path } = await aWorkshop(staff, cohort, times);
    await busy.client.put(`${path}/registration`, {});
    const { items, ...rest } = await dates(coach, wish);
    expect(rest).toEqual({ people: 3, givers: 1, timeZone: 'Europe/Paris' });
    expect(items[0]).toEqual({
      startsAt: '2026-10-21T07:00:00.000Z',
      endsAt: '2026-10-21T08:00:00.000Z',
      free: 3,
      giving: 1,
    });
    expect((await staff.client.patch(`/api/cohorts/${cohort}`, { pauses: [] })).status).toBe(200);
  });

  it('given one more joins, leaves or says that they give it, then a fellow is told of the same people as before, until three did; staff are told at once', async () => {
    const wish = await aWish(fellow);
    const joining = async (which = 'want') => {
      const person = await aMember(world, cohort, 'fellow');
      expect((await side(person, wish, which)).status).toBe(200);
      return person;
    };
    const counted = async (person: TestPerson, minutes = 60) => {
      const { items, people, givers } = (await person.client.get(`${base}/${wish.id}/dates?minutes=${minutes}`)).body;
      return [people, givers, items[0].free, items[0].giving];
    };
    const [first] = [await joining(), await joining()];
    // Of two others nothing is told.
    expect(await counted(fellow)).toEqual([3, 0, null, null]);
    await joining();
    expect(await counted(fellow)).toEqual([4, 0, 4, 0]);
    const fourth = await joining();
    for (const minutes of [30, 60, 90]) expect(await counted(fellow, minutes)).toEqual([4, 0, 4, 0]);
    expect(await counted(staff)).toEqual([5, 0, 5, 0]);
    await first.client.delete(`${base}/${wish.id}/sides/want`);
    expect([await counted(fellow), await counted(staff)]).toEqual([
      [4, 0, 4, 0],
      [4, 0, 4, 0],
    ]);
    await side(fourth, wish, 'give');
    expect([await counted(fellow), await counted(staff)]).toEqual([
      [4, 0, 4, 0],
      [4, 1, 4, 1],
    ]);
    // Their own time they know.
    await side(fellow, wish, 'give');
    expect(await counted(fellow)).toEqual([4, 1, 4, 1]);
    // For somebody else these are three.
    expect(await counted(other)).toEqual([4, 2, 4, 2]);
    expect(await counted(fellow)).toEqual([4, 2, 4, 2]);
  });

  it('given two who plan at once on two nodes, then one draft, hosted by who gives; dropped, the wish opens again', async () => {
    const wish = await aWish(fellow);
    await side(coach, wish, 'give');
    const asked = await Promise.all(
      world.nodes.flatMap((node) =>
        [staff, coach].map((who) =>
          who.client.on(node.url).post(`${base}/${wish.id}/plan`, { startsAt: '2026-10-20T08:00:00.000Z' }),
        ),
      ),
    );
    expect(asked.map((one) => one.status).sort()).toEqual([201, 409, 409, 409]);
    const id = asked.find((one) => one.status === 201)!.body.workshopId;
    const draft = (await staff.client.get(ofWorkshop(id))).body;
    expect(draft).toMatchObject({ title: 'Reading a budget', status: 'draft', hosts: [coach.id] });
    expect(await seen(fellow, wish)).toMatchObject({ state: 'open', preparing: true, workshop: null });
    expect(await seen(coach, wish)).toMatchObject({ workshop: { id, published: false } });
    await coach.client.delete(ofWorkshop(id));
    await eventually(async () => expect((await seen(fellow, wish)).preparing).toBe(false));
    expect((await plan(staff, wish)).status).toBe(201);
  });

  it('given it is published, then who wanted it is told once, with links both ways; called off, it opens again', async () => {
    const wish = await aWish(fellow, 'Letters in plain words');
    await side(other, wish, 'want');
    await side(coach, wish, 'give');
    const { workshopId } = (await plan(coach, wish)).body;
    await coach.client.post(`${ofWorkshop(workshopId)}/publish`);
    await eventually(async () => expect(await told(other)).toHaveLength(1));
    await Promise.all(world.nodes.map((node) => node.app.get(WishNotices).tell(wish.id, '2026-10-13')));
    for (const person of [fellow, other])
      expect(await told(person)).toEqual([
        expect.objectContaining({
          title: 'What you wanted is planned: “Letters in plain words”',
          link: `/c/${cohort}/workshops/${workshopId}`,
          why: 'wanted',
        }),
      ]);
    expect(await told(coach)).toEqual([]);
    await eventually(async () =>
      expect((await world.mail.to(other.email)).filter((mail) => mail.subject?.includes('is planned'))).toHaveLength(1),
    );
    expect(await seen(other, wish)).toMatchObject({ state: 'planned', workshop: { id: workshopId, published: true } });
    expect((await other.client.get(`${base}?workshop=${workshopId}`)).body.items[0].id).toBe(wish.id);
    await coach.client.post(`${ofWorkshop(workshopId)}/cancel`, { reason: 'Ill' });
    await eventually(async () =>
      expect(await seen(other, wish)).toMatchObject({ state: 'open', workshop: null, wants: 2 }),
    );
  });

  it('given the process was killed that published it, then the wish follows, and who wants it is told once', async () => {
    for (const { app } of world.nodes) await app.get(Intervals).stop();
    const wish = await aWish(fellow, 'Lost events');
    const { workshopId } = (await plan(staff, wish)).body;
    await killedAfter(world, () => staff.client.post(`${ofWorkshop(workshopId)}/publish`));
    expect(await seen(fellow, wish)).toMatchObject({ state: 'open', preparing: true });
    await followOutbox(world);
    expect(await seen(fellow, wish)).toMatchObject({ state: 'planned' });
    await followOutbox(world);
    expect((await told(fellow)).filter((one: any) => one.title.includes('Lost events'))).toHaveLength(1);
  });

  it('given a host of an agency who can give, then what they plan is a proposal; who cannot give it may not plan', async () => {
    const wish = await aWish(fellow, 'How an agency buys');
    expect((await plan(host, wish)).status).toBe(403);
    await side(host, wish, 'give');
    const { workshopId } = (await plan(host, wish)).body;
    expect((await host.client.post(`${ofWorkshop(workshopId)}/publish`)).status).toBe(403);
    expect((await staff.client.post(`${ofWorkshop(workshopId)}/publish`)).status).toBe(200);
  });
});

it('given alumni, then they read alone; no login 401; another cohort 404 as for an id of nothing', async () => {
  const wish = await aWish(fellow);
  expect((await alumni.client.get(`${base}/${wish.id}`)).status).toBe(200);
  const acts: [string, string, object?][] = [
    ['post', '', { subject: 'A', side: 'want' }],
    ['patch', `/${wish.id}`, { text: 'A' }],
    ['delete', `/${wish.id}`],
    ['put', `/${wish.id}/sides/want`],
    ['delete', `/${wish.id}/sides/want`],
    ['post', `/${wish.id}/plan`, { startsAt: '2026-10-20T08:00:00.000Z' }],
    ['get', `/${wish.id}/dates`],
    ['post', `/${wish.id}/close`, { reason: 'A' }],
    ['post', `/${wish.id}/merge`, { intoId: wish.id }],
  ];
  const nothing = (await outsider.client.get(`/api/cohorts/64b000000000000000000000/wishes`)).text;
  for (const [method, path, body] of acts) {
    const ask = (client: any) => client[method](`${base}${path}`, ...(method === 'get' ? [] : [body]));
    expect([method, path, (await ask(alumni.client)).status]).toEqual([method, path, 403]);
    expect([method, path, (await ask(clientOf(world.url))).status]).toEqual([method, path, 401]);
    expect((await ask(outsider.client)).text).toBe(nothing);
  }
});
