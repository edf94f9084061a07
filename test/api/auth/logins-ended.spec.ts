import { Types } from 'mongoose';
import { MAX_LOGINS } from '../../../src/auth/logins/logins.service.js';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { rooms } from '../../../src/infra/realtime/rooms.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type LiveClient, clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { type Login, aLogin, loginEnds, loginOf } from '../../support/rooms/logins.js';

/** How logins end, whoever ends them and whatever is lost on the way. */
let world: TestWorld;
let person: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on' } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  person = await aPerson(world);
});

const signIn = (who: Pick<TestPerson, 'email'> = person, password = PASSWORD) => aLogin(world, who.email, password);

const post = (path: string, headers: Record<string, string>, node = 0) =>
  fetch(new URL(path, world.nodes[node]!.url), { method: 'POST', headers });
const refreshWith = (cookie: string, node = 0) => post('/api/auth/refresh', { cookie }, node);

const isOut = (login: Login) => loginEnds(world, login);
const isIn = async ({ token }: Login) => expect((await clientOf(world.url, token).get('/api/me')).status).toBe(200);
const closes = (live: LiveClient) => eventually(() => expect(live.socket.connected).toBe(false));

describe('why a login ended', () => {
  const refusal = async (cookie: string) => {
    const answer = await refreshWith(cookie);
    expect(answer.status).toBe(401);
    const { code, because } = (await answer.json()) as { code: string; because?: string };
    return { code, because };
  };
  const NEXT = 'another-password-2026';

  it('is that a token was used twice, for both of those who held one', async () => {
    const login = await signIn();
    const next = await refreshWith(login.cookie);
    const { accessToken } = (await next.json()) as { accessToken: string };
    const { cookie } = loginOf(next.headers, accessToken);
    expect(await refusal(login.cookie)).toEqual({ code: 'login_ended', because: 'reuse' });
    expect(await refusal(cookie)).toEqual({ code: 'login_ended', because: 'reuse' });
  });

  it('is not told to who holds an older token of it, an expired one, or one of their own making', async () => {
    const [login, old] = [await signIn(), await signIn()];
    const next = await refreshWith(login.cookie);
    const { accessToken } = (await next.json()) as { accessToken: string };
    await clientOf(world.url, accessToken).post('/api/me/password', { currentPassword: PASSWORD, password: NEXT });
    const _id = new Types.ObjectId(old.id);
    await world.db.collection('logins').updateOne({ _id }, { $set: { expiresAt: new Date() } });
    const none = { code: 'no_login', because: undefined };
    await post('/api/auth/logout', { authorization: `Bearer ${accessToken}` });
    for (const cookie of [login.cookie, old.cookie, `cordee_refresh=${login.id}guess.guess`, 'cordee_refresh='])
      expect(await refusal(cookie)).toEqual(none);
  });
});

describe('logins without end', () => {
  it('given as many as one may have, then one more ends that which was used longest ago, on every node, and all that live are listed', async () => {
    const [first, second] = [await signIn(), await signIn()];
    const rows = Array.from({ length: MAX_LOGINS - 2 }, (_, index) => ({
      ...{ _id: new Types.ObjectId(), userId: new Types.ObjectId(person.id), tokenHash: '-', userAgent: '' },
      ...{ createdAt: new Date(), lastUsedAt: new Date(), expiresAt: new Date(Date.now() + 60_000 + index) },
      ...{ revokedAt: null, revokedBecause: null },
    }));
    await world.db.collection('logins').insertMany(rows);
    const live = await connect(world.nodes[1]!.url, second.token);
    // Used since: it is the other one's turn.
    const { cookie } = loginOf((await refreshWith(first.cookie)).headers, first.token);
    const another = await signIn();
    await closes(live);
    await isOut(second);
    const told = (await (await refreshWith(second.cookie)).json()) as { code: string; because: string };
    expect([told.code, told.because]).toEqual(['login_ended', 'too_many']);
    const { items } = (await clientOf(world.url, another.token).get('/api/me/sessions')).body;
    expect(items).toHaveLength(MAX_LOGINS);
    expect((await refreshWith(cookie)).status).toBe(200);
    await isIn(await signIn(await aPerson(world)));
  });
});

describe('a logout', () => {
  it('with a cookie that was rotated meanwhile ends the login, too', async () => {
    const login = await signIn();
    const next = await refreshWith(login.cookie);
    await post('/api/auth/logout', { cookie: login.cookie });
    const { accessToken } = (await next.json()) as { accessToken: string };
    await isOut(loginOf(next.headers, accessToken));
  });

  it('that no node was told of (Redis away) is found in the database within seconds', async () => {
    const login = await signIn();
    const live = await connect(world.nodes[1]!.url, login.token);
    await world.db
      .collection('logins')
      .updateOne({ _id: new Types.ObjectId(login.id) }, { $set: { revokedAt: new Date(), revokedBecause: 'logout' } });
    await closes(live);
    await isOut(login);
  });

  it('while a socket of the login is being let in does not let it stay', async () => {
    const login = await signIn();
    let ended = false;
    world.nodes[1]!.app.get(Realtime).roomsFrom(async (userId) => {
      if (userId === person.id && !ended) {
        ended = true;
        await post('/api/auth/logout', { cookie: login.cookie }, 1);
      }
      return [];
    });
    await connect(world.nodes[1]!.url, login.token).then(closes, () => undefined);
    expect(ended).toBe(true);
  });
});

describe('a new password', () => {
  const NEW = 'another long password';

  it('given logins with the old one in flight, then none of them outlives the change', async () => {
    const { client } = person;
    const inFlight = Array.from({ length: 6 }, (_, index) =>
      clientOf(world.nodes[index % 2]!.url).post('/api/auth/login', { email: person.email, password: PASSWORD }),
    );
    const changed = await client.post('/api/me/password', { currentPassword: PASSWORD, password: NEW });
    expect(changed.status).toBe(204);
    for (const { status, headers, body } of await Promise.all(inFlight)) {
      if (status === 200) await isOut(loginOf(headers, body.accessToken));
      else expect(status).toBe(401);
    }
  });

  it('given a reset, then all logins end, and other links that were on their way are void', async () => {
    const login = await signIn();
    const nobody = clientOf(world.url);
    const token = async (count: number, pattern: RegExp, to = person.email) =>
      pattern.exec((await world.mail.to(to, count)).at(-1)!.text ?? '')![1]!;
    await nobody.post('/api/auth/password/forgot', { email: person.email });
    const first = await token(1, /\/reset\/(\S+)/);
    await nobody.post('/api/auth/password/forgot', { email: person.email });
    const second = await token(2, /\/reset\/(\S+)/);
    const thief = `thief-${person.id}@people.test`;
    const asked = await clientOf(world.url, login.token).post('/api/me/email', { email: thief, password: PASSWORD });
    expect(asked.status).toBe(202);
    const confirm = await token(1, /\/confirm-address\/(\S+)/, thief);
    expect((await nobody.post('/api/auth/password/reset', { token: second, password: NEW })).status).toBe(204);
    await isOut(login);
    expect((await nobody.post('/api/auth/password/reset', { token: first, password: PASSWORD })).status).toBe(409);
    expect((await nobody.post('/api/auth/email/confirm', { token: confirm })).body.code).toBe('link_used_up');
    expect((await clientOf(world.url, (await signIn(person, NEW)).token).get('/api/me')).body).toMatchObject({
      email: person.email,
      pendingEmail: null,
    });
  });
});

describe('who leaves a cohort while Redis is away', () => {
  it('given a membership that ended or a role that was lost without a push, then rooms are left within seconds', async () => {
    const cohortId = await aCohort(world);
    await aMember(world, cohortId, 'staff');
    const [gone, demoted] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'staff')];
    const node = world.nodes[1]!;
    const lives = [await connect(node.url, gone.token), await connect(node.url, demoted.token)];
    const inRoom = (room: string) =>
      node.app
        .get(Realtime)
        .socketsHere(room)
        .map((socket) => socket.data.userId);
    expect(inRoom(rooms.cohort(cohortId)).sort()).toEqual([gone.id, demoted.id].sort());
    expect(inRoom(rooms.cohortStaff(cohortId))).toEqual([demoted.id]);
    const members = world.db.collection('memberships');
    const row = (userId: string) => ({ cohortId: new Types.ObjectId(cohortId), userId: new Types.ObjectId(userId) });
    await members.updateOne(row(gone.id), { $set: { endedAt: world.clock.now(), changedAt: new Date() } });
    await members.updateOne(row(demoted.id), { $set: { role: 'coach', changedAt: new Date() } });
    await eventually(() => expect(inRoom(rooms.cohort(cohortId))).toEqual([demoted.id]));
    await eventually(() => expect(inRoom(rooms.cohortStaff(cohortId))).toEqual([]));
    lives.forEach((live) => live.close());
  });

  it('given a removal while a socket is being let in, then it is not in the rooms', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    const node = world.nodes[1]!;
    let removed = false;
    node.app.get(Realtime).roomsFrom(async (userId) => {
      if (userId === fellow.id && !removed) {
        removed = true;
        await staff.client.on(node.url).delete(`/api/cohorts/${cohortId}/members/${fellow.id}`);
        await world.settled();
      }
      return [];
    });
    const live = await connect(node.url, fellow.token);
    expect(removed).toBe(true);
    await eventually(() => expect(node.app.get(Realtime).socketsHere(rooms.cohort(cohortId)).length).toBe(0));
    live.close();
  });
});
