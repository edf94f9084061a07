import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../../support/app.js';
import { connect } from '../../../support/client.js';
import { aCoach } from '../../../support/rooms/coaching.js';
import { eventually } from '../../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../../support/factories.js';
import { followOutbox, killedAfter } from '../../../support/outbox.js';
import { forgetAll, liveUntil, rowsIn, rowsOf, tick } from '../../../support/reminders/reminders.js';
import { aRequest, requestsOf } from '../../../support/rooms/requests.js';

let world: TestWorld;
let cohort: string;
let base: string;
let staff: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
beforeEach(async () => {
  await forgetAll(world);
  world.clock.set('2026-10-13T09:45:00.000Z');
  cohort = await aCohort(world);
  base = requestsOf(cohort);
  staff = await aMember(world, cohort, 'staff', { name: 'Aurore Tessier' });
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Carpentier', craft: 'data' });
});
afterAll(() => world.stop());

const act = (person: TestPerson, request: { id: string; revision: number }, verb: string, body: object = {}) =>
  person.client.post(`${base}/${request.id}/${verb}`, { revision: request.revision, ...body });
const inboxOf = async (person: TestPerson) =>
  (await person.client.get('/api/me/inbox?limit=200')).body.items as {
    kind: string;
    title: string;
    body: string;
    why: string;
    link: string;
  }[];
const told = async (person: TestPerson, kind: string, count = 1) =>
  await eventually(async () => {
    const notices = (await inboxOf(person)).filter((one) => one.kind === kind);
    expect(notices).toHaveLength(count);
    return notices;
  });

describe('a request that waits', () => {
  it('given nobody answers, then its owner hears at 48 hours, staff at 96, who asked of others after seven days', async () => {
    const coach = await aMember(world, cohort, 'coach', { name: 'Tomasz Wilk', craft: 'designer' });
    const busy = await aCoach(world, cohort, {}, { name: 'Maud Perrin', craft: 'designer' });
    const free = await aCoach(world, cohort, {}, { name: 'Odile Marchal', craft: 'designer' });
    await aRequest(cohort, fellow, { ownerId: busy.id });
    const request = await aRequest(cohort, fellow, { ownerId: coach.id });
    const rows = await rowsIn(world, request.id, 'planned', 3);
    expect(rows.map((row) => [row.kind, String(row.userId)])).toEqual([
      ['request.48h', coach.id],
      ['request.96h', staff.id],
      ['request.7d', fellow.id],
    ]);
    await liveUntil(world, '2026-10-15T09:50:00.000Z');
    const [nudge] = await told(coach, 'request.reminder');
    expect(nudge!.title).toMatch(/^Inès Carpentier waits for an answer: A form nobody can fill in\. Where/);
    expect(nudge!.link).toBe(`/c/${cohort}/coaching/requests/${request.id}`);
    // After 96 hours it is Saturday, which is quiet.
    await liveUntil(world, '2026-10-17T10:00:00.000Z');
    await told(staff, 'request.reminder', 0);
    await liveUntil(world, '2026-10-19T10:00:00.000Z');
    const notices = await told(staff, 'request.reminder', 2);
    expect(notices.map(({ body }) => body).sort()).toEqual([
      expect.stringMatching(/^They asked on .*\. It is with Maud Perrin\. Please see that somebody answers\.$/),
      expect.stringMatching(/^They asked on .*\. It is with Tomasz Wilk\. Please see that somebody answers\.$/),
    ]);
    await liveUntil(world, '2026-10-20T10:00:00.000Z');
    const offers = await told(fellow, 'request.reminder', 2);
    // Nothing waits for Odile: she comes first of those who are free on the same day.
    expect(offers.map(({ body }) => body)).toContain('These people could help, too: Odile Marchal, Maud Perrin.');
    const mine = (await fellow.client.get(`${base}/${request.id}`)).body;
    expect(mine).toMatchObject({ abilities: { passOn: true, seeOthers: true }, expectedBy: null });
    const others = (await fellow.client.get(`${base}/${request.id}/others`)).body.items;
    expect(others.map((one: any) => [one.person.id, one.load])).toEqual([
      [free.id, 0],
      [busy.id, 1],
    ]);
    expect(others[0].freeAt).toEqual(expect.any(String));
  });

  it('given the team changes while it waits, then who joined it hears at 96 hours, and who left does not', async () => {
    const [coach, leaver] = [
      await aMember(world, cohort, 'coach', { name: 'Tomasz Wilk' }),
      await aMember(world, cohort, 'staff', { name: 'Nora Vidal' }),
    ];
    const request = await aRequest(cohort, fellow, { ownerId: coach.id });
    await rowsIn(world, request.id, 'planned', 4);
    expect((await staff.client.delete(`/api/cohorts/${cohort}/members/${leaver.id}`)).status).toBe(204);
    const [dropped] = await rowsIn(world, request.id, 'dropped', 1);
    expect([String(dropped!.userId), dropped!.because]).toEqual([leaver.id, 'left']);
    await liveUntil(world, '2026-10-15T11:45:00.000Z');
    const [joiner, elsewhere] = [
      await aMember(world, cohort, 'staff', { name: 'Karim Haddad' }),
      await aMember(world, await aCohort(world, { name: 'Other' }), 'staff'),
    ];
    await eventually(async () =>
      expect(
        (await rowsOf(world, request.id))
          .filter(({ kind, state }) => kind === 'request.96h' && state === 'planned')
          .map(({ userId }) => String(userId))
          .sort(),
      ).toEqual([staff.id, joiner.id].sort()),
    );
    // After 96 hours it is Saturday, which is quiet.
    await liveUntil(world, '2026-10-19T10:00:00.000Z');
    const [notice] = await told(joiner, 'request.reminder');
    expect([notice!.body, notice!.why]).toEqual([
      expect.stringMatching(/It is with Tomasz Wilk\. Please see that somebody answers\.$/),
      'staff',
    ]);
    await told(staff, 'request.reminder');
    await told(elsewhere, 'request.reminder', 0);
    expect((await rowsOf(world, request.id)).filter((row) => String(row.userId) === elsewhere.id)).toEqual([]);
  });

  it('given it is answered, then its reminders are dropped and nobody is nudged', async () => {
    const coach = await aMember(world, cohort, 'coach');
    const request = await aRequest(cohort, fellow, { ownerId: coach.id });
    await rowsIn(world, request.id, 'planned', 3);
    await act(coach, request, 'accept');
    await rowsIn(world, request.id, 'dropped', 3);
    await liveUntil(world, '2026-10-22T10:00:00.000Z');
    for (const person of [coach, staff, fellow]) await told(person, 'request.reminder', 0);
  });

  it('given the cohort is closed meanwhile, then nobody is nudged for what nobody can answer', async () => {
    const coach = await aMember(world, cohort, 'coach');
    const request = await aRequest(cohort, fellow, { ownerId: coach.id });
    await rowsIn(world, request.id, 'planned', 3);
    await world.db.collection('cohorts').updateOne({ _id: new Types.ObjectId(cohort) }, { $set: { state: 'closed' } });
    await liveUntil(world, '2026-10-22T10:00:00.000Z');
    expect((await rowsIn(world, request.id, 'dropped', 3)).map(({ because }) => because)).toEqual(
      Array(3).fill('cancelled'),
    );
    expect((await act(coach, request, 'accept')).status).toBe(403);
  });

  it('given the process dies right after it was declined, then a turn plans it, and it is told what became of it', async () => {
    const coach = await aMember(world, cohort, 'coach', { name: 'Tomasz Wilk' });
    const request = await aRequest(cohort, fellow, { ownerId: coach.id });
    await rowsIn(world, request.id, 'planned', 3);
    world.clock.advance(60_000);
    expect((await killedAfter(world, () => act(coach, request, 'decline', { reason: 'No time.' }))).status).toBe(200);
    await rowsIn(world, request.id, 'planned', 3);
    await tick(world);
    await rowsIn(world, request.id, 'dropped', 3);
    await followOutbox(world);
    const [no] = await told(fellow, 'request.declined');
    expect([no!.title, no!.why]).toEqual([
      'Tomasz Wilk cannot help this time: A form nobody can fill in. Where do we begin?',
      'asker',
    ]);
  });
});

describe('what people are told', () => {
  it('given the process dies right after somebody asked, then whom they ask hears of it all the same, once', async () => {
    const coach = await aMember(world, cohort, 'coach', { name: 'Tomasz Wilk', craft: 'designer' });
    await killedAfter(world, () => aRequest(cohort, fellow, { ownerId: coach.id }));
    expect((await inboxOf(coach)).filter(({ kind }) => kind === 'request.asked')).toEqual([]);
    for (let turn = 0; turn < 2; turn += 1) {
      await followOutbox(world);
      await tick(world);
      await told(coach, 'request.asked');
    }
  });

  it('given each act, then the other one hears once, with the reason why', async () => {
    const coach = await aMember(world, cohort, 'coach', { name: 'Tomasz Wilk' });
    const alumna = await aMember(world, cohort, 'alumni', { name: 'Maud Perrin' });
    let request = await aRequest(cohort, fellow, { ownerId: coach.id }, { text: 'It has **forty** fields.' });
    const [asked] = await told(coach, 'request.asked');
    expect([asked!.title, asked!.body, asked!.why]).toEqual([
      'Inès Carpentier asks for your help: A form nobody can fill in. Where do we begin?',
      '“It has **forty** fields.”',
      'asked',
    ]);
    request = (await act(coach, request, 'ask-back', { text: 'Which one?' })).body;
    await told(fellow, 'request.question');
    request = (await act(fellow, request, 'tell-more', { text: 'For permits.' })).body;
    await told(coach, 'request.told');
    request = (await act(coach, request, 'pass-on', { toId: alumna.id })).body;
    await told(alumna, 'request.asked');
    const [passed] = await told(fellow, 'request.passed');
    expect(passed!.title).toBe('Tomasz Wilk passed your request on to Maud Perrin');
    await act(alumna, request, 'accept');
    await told(fellow, 'request.accepted');
    await told(staff, 'request.asked', 0);
    await eventually(() =>
      expect(world.mail.mails.map((mail) => mail.subject)).toContain(
        'Maud Perrin will help you: A form nobody can fill in. Where do we begin?',
      ),
    );
  });

  it('given a craft, then those of it and staff hear, but who asked and others do not', async () => {
    const designer = await aMember(world, cohort, 'fellow', { craft: 'designer' });
    const other = await aMember(world, cohort, 'fellow', { craft: 'product' });
    const host = await aMember(world, cohort, 'host', { craft: 'designer' });
    await aRequest(cohort, fellow, { craft: 'designer' });
    expect((await told(designer, 'request.asked'))[0]!.why).toBe('craft');
    expect((await told(staff, 'request.asked'))[0]!.why).toBe('staff_asked');
    for (const person of [fellow, other, host]) await told(person, 'request.asked', 0);
  });

  it('given a change, then who asked and the owner see it live, and others do not', async () => {
    const coach = await aMember(world, cohort, 'coach');
    const other = await aMember(world, cohort, 'coach');
    const sockets = await Promise.all([fellow, coach, other].map(({ token }) => connect(world.nodes[1]!.url, token)));
    const request = await aRequest(cohort, fellow, { ownerId: coach.id });
    const heard = (index: number) => sockets[index]!.events.filter(({ event }) => event === 'request.changed');
    await eventually(() => expect([heard(0).length, heard(1).length]).toEqual([1, 1]));
    expect(heard(0)[0]!.payload).toEqual({ cohortId: cohort, requestId: request.id, revision: 1 });
    expect(heard(2)).toEqual([]);
    sockets.forEach((socket) => socket.close());
  });
});

describe('races', () => {
  it('given accept, withdraw and pass-on of one revision at once on two nodes, then one wins and all views agree', async () => {
    const coach = await aMember(world, cohort, 'coach');
    const next = await aMember(world, cohort, 'coach');
    const node = (index: number) => world.nodes[index % 2]!.url;
    for (let round = 0; round < 6; round += 1) {
      const request = await aRequest(cohort, fellow, { ownerId: coach.id });
      const path = `${base}/${request.id}`;
      const answers = await Promise.all([
        coach.client.on(node(round)).post(`${path}/accept`, { revision: 1 }),
        fellow.client.on(node(round + 1)).post(`${path}/withdraw`, { revision: 1 }),
        staff.client.on(node(round)).post(`${path}/pass-on`, { revision: 1, toId: next.id }),
      ]);
      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      for (const { status, body } of answers.filter((one) => one !== won[0])) {
        expect([status, body.code]).toEqual([409, 'stale']);
      }
      const views = await Promise.all([fellow, staff].map((one, index) => one.client.on(node(index)).get(path)));
      for (const { body } of views) {
        expect(body).toMatchObject({ state: won[0]!.body.state, owner: won[0]!.body.owner, revision: 2 });
        expect(body.trail).toHaveLength(2);
      }
      const left = (await rowsOf(world, request.id)).length;
      expect(left).toBeLessThanOrEqual(6);
    }
  });

  it('given ten designers at once, then one has it', async () => {
    const designers: TestPerson[] = [];
    for (let index = 0; index < 10; index += 1) {
      designers.push(await aMember(world, cohort, 'fellow', { craft: 'designer' }));
    }
    const request = await aRequest(cohort, fellow, { craft: 'designer' });
    const answers = await Promise.all(
      designers.map((one, index) =>
        one.client.on(world.nodes[index % 2]!.url).post(`${base}/${request.id}/accept`, { revision: 1 }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
    const winner = designers[answers.findIndex(({ status }) => status === 200)]!;
    expect((await fellow.client.get(`${base}/${request.id}`)).body.owner.id).toBe(winner.id);
  });
});
