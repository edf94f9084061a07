import { doOnAccount } from '../../../src/cli/accounts.js';
import { LinkTokens } from '../../../src/auth/tokens/link-tokens.js';
import { MailRequestsRepository } from '../../../src/auth/mail-requests.repository.js';
import { UsersRepository } from '../../../src/auth/users.repository.js';
import { toId } from '../../../src/infra/mongo/ids.js';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { rooms } from '../../../src/infra/realtime/rooms.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { type Client, type LiveClient, clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';

/** What admins do with accounts: closing and opening them, and taking the right of another admin. */
let world: TestWorld;
let admin: TestPerson;

beforeAll(async () => {
  world = await startWorld({ nodes: 2 });
});
afterAll(() => world.stop());
beforeEach(async () => {
  await world.db.collection('users').updateMany({ isAdmin: true }, { $set: { isAdmin: false } });
  admin = await aPerson(world, { name: 'Odile Admin', isAdmin: true });
});

interface SignedIn {
  client: Client;
  token: string;
  refresh: string;
  files: string;
}

async function signIn(who: TestPerson, node = 0): Promise<SignedIn> {
  const { url } = world.nodes[node]!;
  const answer = await clientOf(url).post('/api/auth/login', { email: who.email, password: PASSWORD });
  expect(answer.status).toBe(200);
  const cookieOf = (name: string) =>
    answer.headers
      .getSetCookie()
      .find((one) => one.startsWith(`${name}=`))!
      .split(';')[0]!;
  const token = answer.body.accessToken as string;
  return {
    client: clientOf(url, token),
    token,
    refresh: cookieOf('cordee_refresh'),
    files: cookieOf('cordee_files'),
  };
}

const login = (email: string, password: string) => clientOf(world.url).post('/api/auth/login', { email, password });
const refreshWith = (cookie: string, node: number) =>
  fetch(new URL('/api/auth/refresh', world.nodes[node]!.url), { method: 'POST', headers: { cookie } });
const isCut = (live: LiveClient) => eventually(() => expect(live.socket.connected).toBe(false));
const path = (who: TestPerson, act = '') => `/api/admin/people/${who.id}${act}`;

describe('a closed account', () => {
  it('given sockets, tokens and addresses of all kinds, then each ends within 5 s on both nodes, and comes back as it can', async () => {
    const cohortId = await aCohort(world, { name: 'Cohort 7' });
    const staff = await aMember(world, cohortId, 'staff');
    const coach = await aMember(world, cohortId, 'coach', { name: 'Karim Coach' });
    const project = (
      await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'Eau', agency: 'A', coachId: coach.id })
    ).body;
    const channelId = await aPrivateChannel(staff, cohortId, [coach]);
    const [here, there] = [await signIn(coach), await signIn(coach, 1)];
    const lives = [await connect(world.nodes[0]!.url, here.token), await connect(world.nodes[1]!.url, there.token)];
    const feed = new URL((await here.client.post('/api/me/calendar-feed')).body.url as string).pathname;
    expect((await clientOf(world.url).get(feed)).status).toBe(200);
    await here.client.post('/api/me/email', { email: 'elsewhere@people.test', password: PASSWORD });

    const closed = await admin.client.post(path(coach, '/deactivate'), { reason: 'Left the programme.' });
    expect(closed.body).toMatchObject({
      ended: { by: 'Odile Admin', reason: 'Left the programme.' },
      cohorts: [{ cohortId, role: 'coach' }],
      abilities: { deactivate: false, reactivate: true, makeAdmin: false },
    });
    await Promise.all(lives.map(isCut));
    await eventually(async () => {
      for (const [at, { client, files, refresh }] of [here, there].entries()) {
        const other = client.on(world.nodes[1 - at]!.url);
        for (const one of [client, other])
          for (const asked of ['/api/me', '/api/channels', `/api/cohorts/${cohortId}`, `/api/channels/${channelId}`])
            expect((await one.get(asked)).status).toBe(401);
        expect((await refreshWith(refresh, 1 - at)).status).toBe(401);
        const file = new URL(`/files/channels/${channelId}/export.json`, world.nodes[at]!.url);
        expect((await fetch(file, { headers: { cookie: files } })).status).toBe(401);
        expect((await clientOf(world.nodes[at]!.url).get(feed)).status).toBe(404);
      }
    });
    const confirms = await world.db
      .collection('mail-requests')
      .find({ userId: await idOf(coach), kind: 'confirm' })
      .toArray();
    expect(confirms.map(({ usedAt }) => usedAt)).toEqual([expect.any(Date)]);
    // Nothing there counts on them any more.
    await world.settled();
    const members = `/api/cohorts/${cohortId}/members`;
    expect((await staff.client.get(`${members}/${coach.id}`)).status).toBe(404);
    expect((await staff.client.get(`/api/cohorts/${cohortId}/projects/${project.id}`)).body.coach).toBeNull();
    await say(staff, channelId, `<@${coach.id}> are you there?`);
    await world.settled();
    const told = await world.db
      .collection('notifications')
      .find({ userId: await idOf(coach) })
      .toArray();
    expect(told.filter(({ kind }) => kind === 'chat.mentioned')).toEqual([]);

    // Again is once; then it is opened, and what can come back does.
    expect((await admin.client.post(path(coach, '/deactivate'), {})).body.ended.reason).toBe('Left the programme.');
    const open = await admin.client.post(path(coach, '/reactivate'));
    expect(open.body).toMatchObject({ ended: null, cohorts: [{ cohortId, role: 'coach' }] });
    await world.settled();
    const back = await signIn(coach);
    expect((await back.client.get(`${members}/${coach.id}`)).body.role).toBe('coach');
    expect((await staff.client.get(`/api/cohorts/${cohortId}/projects/${project.id}`)).body.coach.id).toBe(coach.id);
    const acts = (await admin.client.get('/api/admin/people/acts')).body.items as { act: string; by: unknown }[];
    expect(acts.slice(0, 2)).toMatchObject([
      { act: 'reactivated', by: { id: admin.id }, person: { id: coach.id } },
      { act: 'deactivated', reason: 'Left the programme.' },
    ]);
  });

  it('given the right password, then its person hears why; a stranger hears the same as of no account', async () => {
    const person = await aPerson(world);
    await admin.client.post(path(person, '/deactivate'), { reason: 'Asked for it.' });
    const own = await login(person.email, PASSWORD);
    expect([own.status, own.body.code, own.body.reason]).toEqual([403, 'account_ended', 'Asked for it.']);
    expect(own.headers.getSetCookie()).toEqual([]);
    const [wrong, nobody] = [
      await login(person.email, 'not the password'),
      await login('no@body.test', 'not it at all'),
    ];
    expect([wrong.status, wrong.text]).toEqual([nobody.status, nobody.text]);
  });

  it('given logins that begin while it is closed, then none of them goes on', async () => {
    const person = await aPerson(world);
    const begun = Promise.all(
      Array.from({ length: 6 }, (_, at) => login(person.email, PASSWORD).then((one) => ({ ...one, at }))),
    );
    const closed = admin.client.on(world.nodes[1]!.url).post(path(person, '/deactivate'), {});
    const answers = await begun;
    expect((await closed).status).toBe(200);
    await eventually(async () => {
      for (const { body } of answers.filter(({ status }) => status === 200))
        for (const { url } of world.nodes)
          expect((await clientOf(url, body.accessToken as string).get('/api/me')).status).toBe(401);
    });
    expect(await world.db.collection('logins').countDocuments({ userId: await idOf(person), revokedAt: null })).toBe(0);
  });

  it('given links that would change its address, then none does, now or when it is open again', async () => {
    const person = await aPerson(world);
    const [userId, now] = [await idOf(person), new Date()];
    const tokens = await Promise.all(
      (['confirm', 'verify', 'undo'] as const).map(async (kind) => {
        const times = { createdAt: now, expiresAt: new Date(now.getTime() + 3_600_000) };
        const email = kind === 'verify' ? person.email : `${kind}-${person.email}`;
        const id = await world.app.get(MailRequestsRepository).insert({ kind, email, userId, ...times });
        return { act: kind === 'undo' ? 'undo' : 'confirm', token: world.app.get(LinkTokens).sign(kind, String(id)) };
      }),
    );
    const follow = async () => {
      for (const { act, token } of tokens)
        expect((await clientOf(world.url).post(`/api/auth/email/${act}`, { token })).body.code).toBe('link_used_up');
    };
    await admin.client.post(path(person, '/deactivate'), {});
    await follow();
    await admin.client.post(path(person, '/reactivate'));
    await follow();
    expect((await signIn(person)).token).toEqual(expect.any(String));
  });

  it('given a cohort that closes meanwhile, then a fellow comes back as one of its alumni', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    await admin.client.post(path(fellow, '/deactivate'), {});
    expect((await staff.client.post(`/api/cohorts/${cohortId}/close`)).status).toBe(200);
    const open = await admin.client.post(path(fellow, '/reactivate'));
    expect(open.body.cohorts).toMatchObject([{ cohortId, role: 'alumni', state: 'closed' }]);
  });

  it('given staff exclude them meanwhile, then they do not come back; who is no member, or of no team, takes nobody out', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const [fellow, other] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
    const elsewhere = await aMember(world, await aCohort(world), 'staff');
    await admin.client.post(path(fellow, '/deactivate'), {});
    const out = `/api/cohorts/${cohortId}/members/${fellow.id}`;
    expect((await elsewhere.client.delete(out)).status).toBe(404);
    expect((await other.client.delete(out)).status).toBe(403);
    expect((await clientOf(world.url).delete(out)).status).toBe(401);
    expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${elsewhere.id}`)).status).toBe(404);
    expect((await staff.client.delete(out)).status).toBe(204);
    expect((await staff.client.delete(out)).status).toBe(404);
    expect((await admin.client.post(path(fellow, '/reactivate'))).body.cohorts).toEqual([]);
    const { client } = await signIn(fellow);
    expect((await client.get(`/api/cohorts/${cohortId}`)).status).toBe(404);
  });
});

describe('an invitation to the address of a closed account', () => {
  const NEW = { name: 'Ana', password: 'the password of the owner' };
  const accept = (token: string, body: object, as: Client) => as.post(`/api/auth/invitations/${token}/accept`, body);
  const placesOf = async (who: { email: string }) =>
    await world.db.collection('memberships').countDocuments({ userId: await idOf(who), endedAt: null });

  /** By the link that staff copy, and by that of the letter. */
  async function invite(staff: TestPerson, cohortId: string, email: string) {
    const invitations = `/api/cohorts/${cohortId}/invitations`;
    const people = [{ email, name: 'Ana', role: 'fellow' }];
    expect((await staff.client.post(invitations, { people })).body.created).toBe(1);
    const [invitation] = (await staff.client.get(invitations)).body.items as { id: string; url: string }[];
    const mailed = new RegExp(`/invitation/(${invitation!.id}\\S+)`);
    return {
      copied: invitation!.url.split('/').at(-1)!,
      mailed: () =>
        eventually(() => {
          const found = world.mail.mails.flatMap(({ text }) => mailed.exec(text ?? '')?.[1] ?? []).at(-1);
          if (found === undefined) throw new Error('no such letter yet');
          return Promise.resolve(found);
        }),
    };
  }

  it('given nobody confirmed it, then its letter opens nothing and uses nothing up, until admins open the account', async () => {
    const [here, there] = [await aCohort(world), await aCohort(world)];
    const [staff, other] = [await aMember(world, here, 'staff'), await aMember(world, there, 'staff')];
    const nobody = clientOf(world.url);
    const email = 'closed-owner@people.test';
    expect((await accept((await invite(staff, here, email)).copied, NEW, nobody)).body.me.emailConfirmed).toBe(false);
    const id = String(await idOf({ email }));
    await admin.client.post(`/api/admin/people/${id}/deactivate`, { reason: 'Not this person.' });
    const link = await (await invite(other, there, email)).mailed();
    const refused = await accept(link, NEW, nobody);
    expect([refused.status, refused.body.code, refused.body.reason]).toEqual([
      403,
      'account_ended',
      'Not this person.',
    ]);
    expect(refused.headers.getSetCookie()).toEqual([]);
    expect(await placesOf({ email })).toBe(0);
    expect((await login(email, NEW.password)).body.code).toBe('account_ended');
    await admin.client.post(`/api/admin/people/${id}/reactivate`);
    expect((await accept(link, NEW, nobody)).body.me).toMatchObject({ email, emailConfirmed: true });
    expect(await placesOf({ email })).toBe(2);
  });

  it('given a token of before, or that they accept while it is closed, then they belong nowhere', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    const person = await aPerson(world);
    const link = (await invite(staff, cohortId, person.email)).copied;
    await admin.client.post(path(person, '/deactivate'), {});
    // No login is behind the token of a test's person: nothing but the account says that it is over.
    expect((await accept(link, {}, person.client)).body).toMatchObject({ status: 403, code: 'account_ended' });
    for (let round = 0; round < 5; round += 1) {
      const racer = await aPerson(world);
      const theirs = (await invite(staff, cohortId, racer.email)).copied;
      await Promise.all([
        accept(theirs, {}, racer.client),
        admin.client.on(world.nodes[1]!.url).post(path(racer, '/deactivate'), {}),
      ]);
      expect([round, await placesOf(racer)]).toEqual([round, 0]);
    }
  });
});

const idOf = async ({ email }: { email: string }) => (await world.app.get(UsersRepository).byEmail(email))!._id;

describe('the right of admins', () => {
  it('given the last one, then 409 for the page and a sentence for the command; nobody closes their own account', async () => {
    expect((await admin.client.delete(path(admin, '/admin'))).body.code).toBe('last_admin');
    expect((await admin.client.post(path(admin, '/deactivate'), {})).body.code).toBe('yourself');
    await expect(doOnAccount(world.app, admin.email, { act: 'demote' })).rejects.toThrow('needs an admin');
    await expect(doOnAccount(world.app, admin.email, { act: 'deactivate' })).rejects.toThrow('needs an admin');
    expect((await admin.client.get(path(admin))).body).toMatchObject({ isAdmin: true, ended: null });
  });

  it('given a demoted admin, then sockets and tokens that said so end, the next login says nothing of it, and it can be given again', async () => {
    const second = await aPerson(world, { isAdmin: true });
    const before = await signIn(second, 1);
    const live = await connect(world.nodes[1]!.url, before.token);
    expect((await before.client.get('/api/admin/people')).status).toBe(200);
    const taken = await admin.client.delete(path(second, '/admin'));
    expect(taken.body).toMatchObject({ isAdmin: false, abilities: { makeAdmin: true, takeAdmin: false } });
    await isCut(live);
    await eventually(async () => {
      for (const { url } of world.nodes)
        expect((await before.client.on(url).get('/api/admin/people')).status).toBe(401);
    });
    const refused = await refreshWith(before.refresh, 0);
    expect(await refused.json()).toMatchObject({ code: 'login_ended', because: 'admin_taken' });
    expect((await (await signIn(second)).client.get('/api/admin/people')).status).toBe(403);
    expect((await admin.client.put(path(second, '/admin'))).body.isAdmin).toBe(true);
    expect((await (await signIn(second)).client.get('/api/admin/people')).status).toBe(200);
  });
});

describe('the team of a cohort', () => {
  it('given an admin makes one as part of its team, or joins it later, then they are staff of it, live, and it stands in the list of acts', async () => {
    const made = { name: 'Cohort 12', startsOn: '2026-11-02', timeZone: 'Europe/Paris' };
    const own = await admin.client.post('/api/cohorts', { ...made, asTeam: true });
    expect(own.body).toMatchObject({ counts: { staff: 1 } });
    const other = (await admin.client.post('/api/cohorts', made)).body as { id: string };
    const workshops = `/api/cohorts/${other.id}/workshops`;
    expect((await admin.client.get(workshops)).status).toBe(404);
    const live = await connect(world.nodes[1]!.url, admin.token);
    const answers = await Promise.all(
      [0, 1].map((at) => admin.client.on(world.nodes[at]!.url).post(`/api/cohorts/${other.id}/team`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await admin.client.get(workshops)).status).toBe(200);
    const roles = (await admin.client.get('/api/me')).body.memberships as { cohortId: string; role: string }[];
    expect(roles.map(({ role }) => role)).toEqual(['staff', 'staff']);
    const here = world.nodes[1]!.app.get(Realtime);
    await eventually(() => expect(here.socketsHere(rooms.cohortStaff(other.id))).toHaveLength(1));
    const [act] = (await admin.client.get('/api/admin/people/acts')).body.items;
    expect(act).toMatchObject({ act: 'joined_team', cohortName: 'Cohort 12', by: { id: admin.id } });
    live.close();
  });

  it('given an admin whose right was taken while their token still says that they have it, then they come into no team', async () => {
    const cohortId = await aCohort(world);
    const second = await aPerson(world, { isAdmin: true });
    await admin.client.delete(path(second, '/admin'));
    const cohorts = world.db.collection('cohorts');
    const before = await cohorts.estimatedDocumentCount();
    // No login is behind the token of a test's person: as in the moment before it ends.
    expect((await second.client.post(`/api/cohorts/${cohortId}/team`)).status).toBe(403);
    const made = { name: 'Cohort 13', startsOn: '2026-11-02', timeZone: 'Europe/Paris', asTeam: true };
    expect((await second.client.post('/api/cohorts', made)).status).toBe(403);
    expect(await cohorts.estimatedDocumentCount()).toBe(before);
    expect(await world.db.collection('memberships').countDocuments({ userId: await idOf(second) })).toBe(0);
  });

  it('given a member, staff of another cohort or nobody, then refused', async () => {
    const cohortId = await aCohort(world);
    const fellow = await aMember(world, cohortId, 'fellow');
    const outsider = await aMember(world, await aCohort(world), 'staff');
    expect((await fellow.client.post(`/api/cohorts/${cohortId}/team`)).status).toBe(403);
    expect((await outsider.client.post(`/api/cohorts/${cohortId}/team`)).status).toBe(404);
    expect((await clientOf(world.url).post(`/api/cohorts/${cohortId}/team`)).status).toBe(401);
    expect((await admin.client.post(`/api/cohorts/${admin.id}/team`)).status).toBe(404);
  });
});

describe('the list of accounts', () => {
  it('given names, an address or a state, then finds those; nobody behind a placeholder', async () => {
    const cohortId = await aCohort(world, { name: 'Cohort 9' });
    const found = await aMember(world, cohortId, 'staff', { name: 'Éloïse Brémond-Search' });
    const closed = await aPerson(world, { name: 'Bruno Sealed' });
    await admin.client.post(path(closed, '/deactivate'), {});
    await world.app
      .get(UsersRepository)
      .placeholders(toId(cohortId)!, [{ placeholderFor: 'mail:x@y.test', name: 'Nobody Search' }], new Date());
    const list = async (query: string) =>
      ((await admin.client.get(`/api/admin/people?${query}`)).body.items as { id: string }[]).map(({ id }) => id);
    expect(await list('q=search')).toEqual([found.id]);
    expect(await list('q=SEARCH%20elo')).toEqual([found.id]);
    expect(await list(`q=${encodeURIComponent(found.email.toUpperCase())}`)).toEqual([found.id]);
    expect(await list('q=sealed')).toEqual([closed.id]);
    expect(await list('only=ended&q=bruno')).toEqual([closed.id]);
    expect(await list('only=admins')).toEqual([admin.id]);
    expect(await list('q=(zz%2B)%2B%24.*')).toEqual([]);
    expect((await admin.client.get(path(found))).body.cohorts).toEqual([
      { cohortId, name: 'Cohort 9', color: 'bruyere', state: 'running', role: 'staff', isOnlyStaff: true },
    ]);
    const first = await admin.client.get('/api/admin/people?limit=1');
    const next = await admin.client.get(`/api/admin/people?limit=1&cursor=${first.body.nextCursor}`);
    expect(next.body.items[0].id).not.toBe(first.body.items[0].id);
  });

  it('given nobody, a member, staff, an unknown id or a wrong body, then refused', async () => {
    const cohortId = await aCohort(world);
    const staff = await aMember(world, cohortId, 'staff');
    for (const asked of ['/api/admin/people', '/api/admin/people/acts', path(admin)]) {
      expect((await clientOf(world.url).get(asked)).status).toBe(401);
      expect((await staff.client.get(asked)).status).toBe(403);
    }
    for (const act of ['/deactivate', '/reactivate']) {
      expect((await clientOf(world.url).post(path(admin, act), {})).status).toBe(401);
      expect((await staff.client.post(path(admin, act), {})).status).toBe(403);
    }
    expect((await staff.client.put(path(staff, '/admin'))).status).toBe(403);
    expect((await staff.client.delete(path(admin, '/admin'))).status).toBe(403);
    expect((await admin.client.post('/api/admin/people/nonsense/deactivate', {})).status).toBe(404);
    expect((await admin.client.post(`/api/admin/people/${cohortId}/deactivate`, {})).status).toBe(404);
    expect((await admin.client.post(path(staff, '/deactivate'), { reason: 'x'.repeat(301) })).status).toBe(422);
    expect((await admin.client.post(path(staff, '/deactivate'), { isAdmin: true })).status).toBe(422);
    expect((await admin.client.get('/api/admin/people?only=x')).status).toBe(422);
  });
});

describe('the command for accounts', () => {
  it('closes, opens, demotes and excludes, and says what is wrong in words', async () => {
    const cohortId = await aCohort(world);
    await aMember(world, cohortId, 'staff');
    const fellow = await aMember(world, cohortId, 'fellow');
    const second = await aPerson(world, { isAdmin: true });
    await doOnAccount(world.app, fellow.email, { act: 'deactivate', reason: 'By hand.' });
    expect((await login(fellow.email, PASSWORD)).body.reason).toBe('By hand.');
    await doOnAccount(world.app, fellow.email, { act: 'reactivate' });
    await doOnAccount(world.app, second.email, { act: 'demote' });
    await doOnAccount(world.app, fellow.email, { act: 'exclude', cohort: cohortId });
    expect((await admin.client.get(path(fellow))).body).toMatchObject({ ended: null, cohorts: [] });
    await join(world, cohortId, fellow.id, 'fellow');
    await expect(doOnAccount(world.app, 'no@body.test', { act: 'reactivate' })).rejects.toThrow('has no account');
    await expect(doOnAccount(world.app, fellow.email, { act: 'exclude', cohort: 'x' })).rejects.toThrow('not there');
    await expect(doOnAccount(world.app, fellow.email, { act: 'deactivate', reason: 'x'.repeat(400) })).rejects.toThrow(
      '300',
    );
  });
});
