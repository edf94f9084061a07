import { Types } from 'mongoose';
import { shortPassOf } from '../../../../src/contracts/workshops/passes.js';
import { RateLimits } from '../../../../src/infra/redis/rate-limits.js';
import { type Answer, clientOf } from '../../../support/client.js';
import { NOW, type TestWorld, startWorld } from '../../../support/app.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { beforeItIsWritten } from '../../../support/meanwhile.js';
import { aGuest, aPublicWorkshop } from '../../../support/rooms/guests.js';
import { aWorkshop } from '../../../support/rooms/workshops.js';

const EARLY = '2026-10-15T07:44:59.999Z';
const BEGINS = '2026-10-15T07:45:00.000Z';
const RUNS = '2026-10-15T08:02:00.000Z';
const LATER = '2026-10-15T08:20:00.000Z';

let world: TestWorld;
let cohortId: string;
let [staff, coach, fellow, other, outsider]: TestPerson[] = [];
let path: string;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff');
  outsider = await aMember(world, await aCohort(world, { name: 'Other' }), 'staff');
});
afterAll(() => world.stop());
beforeEach(async () => {
  world.clock.set(NOW);
  [coach, fellow, other] = await Promise.all([
    aMember(world, cohortId, 'coach'),
    aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' }),
    aMember(world, cohortId, 'fellow', { name: 'Karim Haddad' }),
  ]);
  ({ path } = await aWorkshop(staff!, cohortId, { capacity: 2, hosts: [coach.id] }));
});

const join = async (person: TestPerson, of = path) =>
  expect((await person.client.put(`${of}/registration`, {})).status).toBe(200);
const passOf = async (person: TestPerson, of = path): Promise<string> => (await person.client.get(of)).body.mine?.pass;
const scan = (body: object, { by = coach!, of = path, node = 0 } = {}): Promise<Answer> =>
  by.client.on(world.nodes[node]!.url).post(`${of}/check-ins`, body);
const standing = async (person: TestPerson, of = path) => (await person.client.get(of)).body.mine?.status ?? null;
const unknown = { status: 422, errors: [{ field: '/pass', code: 'unknown_pass' }] };

describe('a pass', () => {
  it('given a place, then it is told to who has it, with the one workshop, and to nobody else by any way', async () => {
    expect(await passOf(fellow!)).toBeUndefined();
    await join(fellow!);
    const pass = await passOf(fellow!);
    expect(pass).toMatch(/^[0-9A-F]{24}[0-9A-HJKMNP-TV-Z]{14}$/);
    expect((await fellow!.client.get(`${path}/whole`)).body.workshop.mine.pass).toBe(pass);
    for (const person of [coach!, staff!, other!])
      for (const way of [path, `${path}/whole`, `${path}/registrations`, `/api/cohorts/${cohortId}/workshops`])
        expect((await person.client.get(way)).text).not.toContain(pass.slice(-14));
    expect((await fellow!.client.get(`/api/cohorts/${cohortId}/workshops`)).text).not.toContain(pass.slice(-14));
  });

  it('given a host scans it once its time has come, then who it is, and they are there, in the books too', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    world.clock.set(EARLY);
    expect((await scan({ pass })).body).toMatchObject({ status: 409, code: 'too_early' });
    expect(await standing(fellow!)).toBe('going');
    world.clock.set(BEGINS);
    const answer = await scan({ pass });
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        ...{ userId: fellow!.id, was: 'going', since: BEGINS },
        person: { id: fellow!.id, name: 'Inès Carpentier', avatarUrl: null },
      },
    ]);
    expect([await standing(fellow!), await passOf(fellow!)]).toEqual(['attended', undefined]);
    const { items } = (await coach!.client.get(`${path}/registrations`)).body;
    expect(items).toMatchObject([{ userId: fellow!.id, status: 'attended' }]);
  });

  it('given it is shown again, by another host on another process, then since when they are there, which does not move', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    world.clock.set(RUNS);
    expect((await scan({ pass })).body).toMatchObject({ was: 'going', since: RUNS });
    world.clock.set(LATER);
    for (const node of [1, 0])
      expect((await scan({ pass }, { by: staff!, node })).body).toMatchObject({ was: 'attended', since: RUNS });
    expect((await scan({ userId: fellow!.id })).body).toMatchObject({ was: 'attended', since: RUNS });
  });

  it('given two hosts scan many at the same moment on two processes, then each person comes in once, and one scan of each says so', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => aMember(world, cohortId, 'fellow')));
    const { path: of } = await aWorkshop(staff!, cohortId, { title: 'Two doors', hosts: [coach!.id] });
    for (const one of people) await join(one, of);
    const passes = await Promise.all(people.map((one) => passOf(one, of)));
    world.clock.set(RUNS);
    const answers = await Promise.all(
      passes.flatMap((pass) => [0, 1, 0].map((node) => scan({ pass }, { by: node ? staff! : coach!, of, node }))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(18).fill(200));
    const fresh = answers.filter(({ body }) => body.was === 'going').map(({ body }) => body.userId);
    expect(fresh.sort()).toEqual(people.map(({ id }) => id).sort());
    expect((await staff!.client.get(of)).body.going).toBe(6);
  });

  it('given its signs are typed anyhow, or its short form, or they are chosen by name, then it is the same', async () => {
    for (const one of [fellow!, other!]) await join(one);
    const pass = await passOf(fellow!);
    world.clock.set(RUNS);
    for (const body of [{ pass: shortPassOf(pass) }, { pass: shortPassOf(pass).toLowerCase().replace('-', ' ') }]) {
      expect((await scan(body)).body).toMatchObject({ userId: fellow!.id });
    }
    expect((await scan({ pass: pass.toLowerCase() })).body).toMatchObject({ userId: fellow!.id, was: 'attended' });
    expect((await scan({ userId: other!.id })).body).toMatchObject({ userId: other!.id, was: 'going' });
  });

  it('given it is taken back, then they stand as before, and may come in again', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    world.clock.set(RUNS);
    await coach!.client.post(`${path}/attendance`, { userId: fellow!.id, status: 'absent' });
    world.clock.set(LATER);
    const { was } = (await scan({ pass })).body;
    expect(was).toBe('absent');
    const undone = await coach!.client.post(`${path}/attendance`, { userId: fellow!.id, status: was });
    expect(undone.body).toEqual({ userId: fellow!.id, status: 'absent' });
    expect((await scan({ pass })).body).toMatchObject({ was: 'absent', since: LATER });
  });
});

describe('a pass that is none here', () => {
  it('given it is of another workshop, then which one, and nobody is marked in either; its short form is unknown', async () => {
    await join(fellow!);
    const { path: there } = await aWorkshop(staff!, cohortId, {
      ...{ title: 'Elsewhere', startsAt: '2026-10-15T12:00:00.000Z', endsAt: '2026-10-15T13:00:00.000Z' },
    });
    await join(fellow!, there);
    const pass = await passOf(fellow!, there);
    world.clock.set(RUNS);
    expect((await scan({ pass })).body).toMatchObject({
      ...{ status: 409, code: 'other_workshop', title: 'Elsewhere', startsAt: '2026-10-15T12:00:00.000Z' },
    });
    expect((await scan({ pass: shortPassOf(pass) })).body).toMatchObject(unknown);
    expect([await standing(fellow!), await standing(fellow!, there)]).toEqual(['going', 'going']);
  });

  it('given it is of another cohort, then the same as for signs that nobody made', async () => {
    const cohort = await aCohort(world, { name: 'Theirs' });
    const [boss, member] = [await aMember(world, cohort, 'staff'), await aMember(world, cohort, 'fellow')];
    const { path: theirs } = await aWorkshop(boss, cohort);
    await join(member, theirs);
    const pass = await passOf(member, theirs);
    world.clock.set(RUNS);
    const answers = [await scan({ pass }), await scan({ pass: '7'.repeat(38) })];
    expect(answers.map(({ status, text }) => [status, text])).toEqual(
      Array(2).fill([422, expect.stringContaining('unknown_pass')]),
    );
    expect(answers[0]!.text).toBe(answers[1]!.text);
    expect(await standing(member, theirs)).toBe('going');
    const found = await scan({ userId: member.id });
    expect([found.status, found.body.code]).toEqual([409, 'no_place']);
  });

  it('given a sign of it was changed, then it is none, in whatever part', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    world.clock.set(RUNS);
    for (const at of [0, 23, 24, 26, 27, 37]) {
      const forged = pass.slice(0, at) + (pass[at] === '7' ? '8' : '7') + pass.slice(at + 1);
      expect((await scan({ pass: forged })).body).toMatchObject(unknown);
    }
    expect(await standing(fellow!)).toBe('going');
  });

  it('given the place was given back, then that is said with the name; taken again, the pass of before stays void, and the new one counts', async () => {
    await join(fellow!);
    const before = await passOf(fellow!);
    expect((await fellow!.client.delete(`${path}/registration`)).status).toBe(204);
    world.clock.set(BEGINS);
    for (const pass of [before, shortPassOf(before)])
      expect((await scan({ pass })).body).toMatchObject({ status: 409, code: 'given_back', name: 'Inès Carpentier' });
    expect((await scan({ userId: fellow!.id })).body).toMatchObject({ status: 409, code: 'given_back' });
    expect([await standing(fellow!), (await staff!.client.get(path)).body.going]).toEqual([null, 0]);
    await join(fellow!);
    const now = await passOf(fellow!);
    expect(now).not.toBe(before);
    expect((await scan({ pass: before })).body).toMatchObject({ status: 409, code: 'given_back' });
    expect((await scan({ pass: shortPassOf(before) })).body).toMatchObject(unknown);
    expect(await standing(fellow!)).toBe('going');
    expect((await scan({ pass: now })).body).toMatchObject({ was: 'going' });
  });

  it('given the place is given back and scanned at the same moment, then one of the two, whole', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    world.clock.set(BEGINS);
    const [scanned] = await Promise.all([
      scan({ pass }),
      fellow!.client.on(world.nodes[1]!.url).delete(`${path}/registration`),
    ]);
    const left = (await standing(fellow!)) === null;
    expect([scanned.status, (await staff!.client.get(path)).body.going]).toEqual(left ? [409, 0] : [200, 1]);
  });

  it('given who waits, or never asked, then they have no place, and get none', async () => {
    const third = await aMember(world, cohortId, 'fellow');
    for (const one of [fellow!, other!, third]) await join(one);
    expect(await passOf(third)).toBeUndefined();
    world.clock.set(RUNS);
    for (const userId of [third.id, coach!.id, outsider!.id, String(new Types.ObjectId()), 'me'])
      expect((await scan({ userId })).body).toMatchObject({ status: 409, code: 'no_place' });
    expect((await staff!.client.get(path)).body).toMatchObject({ going: 2, waitlisted: 1 });
  });

  it('given a draft or one that was called off, then it says so', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    await staff!.client.post(`${path}/cancel`, { reason: 'Nobody can.' });
    world.clock.set(RUNS);
    expect((await scan({ pass })).body).toMatchObject({ status: 409, code: 'cancelled' });
    expect(await passOf(fellow!)).toBeUndefined();
  });
});

describe('who may not', () => {
  it('given a fellow, another coach, another cohort or no login, then nobody is marked, and no pass says anything', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    const coachElse = await aMember(world, cohortId, 'coach');
    world.clock.set(RUNS);
    for (const body of [{ pass }, { pass: shortPassOf(pass) }, { pass: 'AAAAAAAA' }, { userId: fellow!.id }]) {
      for (const by of [fellow!, other!, coachElse]) {
        const answer = await scan(body, { by });
        expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
      }
      expect((await scan(body, { by: outsider! })).status).toBe(404);
      expect((await clientOf(world.url).post(`${path}/check-ins`, body)).status).toBe(401);
    }
    expect(await standing(fellow!)).toBe('going');
  });

  it('given a host who is taken off it while they scan, then nothing is done', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    world.clock.set(RUNS);
    const happened = beforeItIsWritten(world, () => staff!.client.patch(path, { hosts: [] }));
    expect((await scan({ pass })).status).toBe(403);
    expect([happened(), await standing(fellow!)]).toEqual([true, 'going']);
  });

  it('given a pass instead of a login, then it opens nothing', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    for (const way of ['/api/me', path, `/api/places/${pass}`, `/api/guests/${pass}`])
      expect((await clientOf(world.url, pass).get(way)).status).toBeGreaterThanOrEqual(401);
  });

  it('given more than come through a door in ten minutes, then 429, for that host alone', async () => {
    await join(fellow!);
    const pass = await passOf(fellow!);
    world.clock.set(RUNS);
    const limit = { name: 'check-ins', points: 300, seconds: 600 };
    await world.nodes[1]!.app.get(RateLimits).take(limit, coach!.id, 300);
    expect((await scan({ pass })).status).toBe(429);
    expect((await scan({ pass }, { by: staff! })).status).toBe(200);
  });

  it.each([
    ['nothing', {}, '/pass', 'required'],
    ['both', { pass: 'AAAAAAAA', userId: 'x' }, '/pass', 'required'],
    ['an operator', { pass: { $ne: '' } }, '/pass', 'wrong_type'],
    ['a book', { pass: 'A'.repeat(81) }, '/pass', 'too_big'],
    ['an unknown field', { userId: 'x', status: 'attended' }, '/status', 'unknown_field'],
  ])('given %s, then 422 at its field', async (_name, body, field, code) => {
    const answer = await scan(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual(expect.objectContaining({ field, code }));
  });
});

describe('guests', () => {
  const aGuestWithPlace = async (email: string, plusOne = false) => {
    const page = await aPublicWorkshop(staff!, cohortId, { title: `Open to ${email}`, capacity: 4 });
    const link = await aGuest(world, page.guests, email, { plusOne });
    expect((await clientOf(world.url).get(link)).body.mine).toBeNull();
    const place = (await clientOf(world.url).post(`${link}/confirm`)).body;
    return { of: page.path, link, place };
  };

  it('given a guest and whom they bring along, then each has a pass on their page, and comes in by it', async () => {
    const { of, link, place } = await aGuestWithPlace('ada@guests.test', true);
    expect([place.mine.pass, place.companionPass]).toEqual(Array(2).fill(expect.stringMatching(/^[0-9A-Z]{38}$/)));
    expect(place.companionPass).not.toBe(place.mine.pass);
    world.clock.set(RUNS);
    const answers = [
      await scan({ pass: place.mine.pass }, { by: staff!, of }),
      await scan({ pass: place.companionPass }, { by: staff!, of, node: 1 }),
    ];
    expect(answers.map(({ body }) => body)).toMatchObject([
      { guest: 'guest', person: { name: 'Ada Guest' }, was: 'going', since: RUNS },
      { guest: 'along', person: { name: 'Ada Guest' }, was: 'going', since: RUNS },
    ]);
    const seen = (await clientOf(world.url).get(link)).body;
    expect(seen).toMatchObject({ mine: { status: 'attended' }, companion: 'attended' });
    expect([seen.mine.pass, seen.companionPass]).toEqual([undefined, undefined]);
    expect((await scan({ pass: shortPassOf(place.mine.pass) }, { by: staff!, of })).body.was).toBe('attended');
  });

  it.each([
    ['before the start', BEGINS, null],
    ['once it runs', RUNS, 'excused'],
  ])(
    'given a guest who gave the place back %s, then both passes are void, and say whose they were',
    async (_name, at, kept) => {
      const { of, link, place } = await aGuestWithPlace(`left${String(kept)}@guests.test`, true);
      world.clock.set(at);
      expect((await clientOf(world.url).post(`${link}/leave`)).body).toMatchObject({ mine: null });
      for (const pass of [place.mine.pass, place.companionPass, shortPassOf(place.mine.pass)])
        expect((await scan({ pass }, { by: staff!, of })).body).toMatchObject({
          ...{ status: 409, code: 'given_back', name: 'Ada Guest' },
        });
      const { items } = (await staff!.client.get(`${of}/registrations`)).body;
      expect(items.map(({ status }: { status: string }) => status)).toEqual(kept ? [kept, kept] : []);
    },
  );

  it('given a fellow, then a guest’s pass says nothing to them either', async () => {
    const { of, place } = await aGuestWithPlace('bob@guests.test');
    world.clock.set(RUNS);
    expect((await scan({ pass: place.mine.pass }, { by: fellow!, of })).status).toBe(403);
    expect((await staff!.client.get(`${of}/registrations`)).text).not.toContain(place.mine.pass.slice(-14));
  });
});
