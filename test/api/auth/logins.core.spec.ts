import { Types } from 'mongoose';
import { MAX_LOGINS } from '../../../src/auth/logins/logins.service.js';
import { Realtime } from '../../../src/infra/realtime/realtime.js';
import { rooms } from '../../../src/infra/realtime/rooms.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { type LiveClient, clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';

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

interface Login {
  id: string;
  token: string;
  cookie: string;
}

async function signIn(who: Pick<TestPerson, 'email'> = person, password = PASSWORD): Promise<Login> {
  const answer = await clientOf(world.url).post('/api/auth/login', { email: who.email, password });
  expect(answer.status).toBe(200);
  return loginOf(answer.headers, answer.body.accessToken);
}

function loginOf(headers: Headers, token: string): Login {
  const cookie = headers
    .getSetCookie()
    .find((one) => one.startsWith('cordee_refresh='))!
    .split(';')[0]!;
  const { sid } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string };
  return { id: sid, token, cookie };
}

const post = (path: string, headers: Record<string, string>, node = 0) =>
  fetch(new URL(path, world.nodes[node]!.url), { method: 'POST', headers });
const refreshWith = (cookie: string, node = 0) => post('/api/auth/refresh', { cookie }, node);

const isOut = (login: Login) =>
  eventually(async () => {
    for (const { url } of world.nodes) expect((await clientOf(url, login.token).get('/api/me')).status).toBe(401);
  });
const isIn = async ({ token }: Login) => expect((await clientOf(world.url, token).get('/api/me')).status).toBe(200);
const closes = (live: LiveClient) => eventually(() => expect(live.socket.connected).toBe(false));

describe('a refresh token', () => {
  it('given two parallel refreshes on two nodes, then at most one is answered and the login is over', async () => {
    const login = await signIn();
    const answers = await Promise.all([refreshWith(login.cookie, 0), refreshWith(login.cookie, 1)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    await isOut(login);
  });

  it('given the id of a login with a secret that was never given, then nothing ends', async () => {
    const login = await signIn();
    for (const guess of [`${login.id}.guess`, `${login.id}guess.guess`, login.id, 'nonsense', `${login.id}..`]) {
      expect((await refreshWith(`cordee_refresh=${guess}`)).status).toBe(401);
      expect((await post('/api/auth/logout', { cookie: `cordee_refresh=${guess}` })).status).toBe(204);
    }
    await isIn(login);
    expect((await refreshWith(login.cookie)).status).toBe(200);
  });
});

describe('why a login ended', () => {
  const refusal = async (cookie: string) => {
    const answer = await refreshWith(cookie);
    expect(answer.status).toBe(401);
    const { code, because } = (await answer.json()) as { code: string; because?: string };
    return { code, because };
  };
  const NEXT = 'another-password-2026';

  it('is told to who holds its last token: password changed, ended elsewhere, signed out', async () => {
    const [login, other, third] = [await signIn(), await signIn(), await signIn()];
    const me = clientOf(world.url, login.token);
    await me.delete(`/api/me/sessions/${other.id}`);
    expect(await refusal(other.cookie)).toEqual({ code: 'login_ended', because: 'ended_elsewhere' });
    const changed = await me.post('/api/me/password', { currentPassword: PASSWORD, password: NEXT });
    expect(changed.status).toBe(204);
    expect(await refusal(third.cookie)).toEqual({ code: 'login_ended', because: 'password_changed' });
    await post('/api/auth/logout', { cookie: login.cookie });
    expect(await refusal(login.cookie)).toEqual({ code: 'login_ended', because: 'logout' });
  });

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
  it.each([
    ['by its cookie', (login: Login) => ({ cookie: login.cookie })],
    ['by its access token alone', (login: Login) => ({ authorization: `Bearer ${login.token}` })],
    ['with a JSON type and no body', (login: Login) => ({ cookie: login.cookie, 'content-type': 'application/json' })],
  ])('%s ends the login and its sockets on every node', async (_, headers) => {
    const [login, other] = [await signIn(), await signIn()];
    const live = await connect(world.nodes[1]!.url, login.token);
    expect((await post('/api/auth/logout', headers(login))).status).toBe(204);
    await closes(live);
    await isOut(login);
    expect((await refreshWith(login.cookie)).status).toBe(401);
    await isIn(other);
  });

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

  it('given a change, then the one asking stays and all others end, sockets too', async () => {
    const [here, elsewhere] = [await signIn(), await signIn()];
    const live = await connect(world.nodes[1]!.url, elsewhere.token);
    const changed = await clientOf(world.url, here.token).post('/api/me/password', {
      currentPassword: PASSWORD,
      password: NEW,
    });
    expect(changed.status).toBe(204);
    await closes(live);
    await isOut(elsewhere);
    await isIn(here);
  });

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

describe('a new address', () => {
  it('given two requests, then both boxes hear of it and only the last link changes it', async () => {
    const [first, last] = [`first-${person.id}@people.test`, `last-${person.id}@people.test`];
    const linkTo = async (address: string) =>
      /\/confirm-address\/(\S+)/.exec((await world.mail.to(address))[0]!.text ?? '')![1]!;
    for (const email of [first, last]) await person.client.post('/api/me/email', { email, password: PASSWORD });
    await world.mail.to(person.email, 2);
    expect((await person.client.get('/api/me')).body).toMatchObject({ email: person.email, pendingEmail: last });
    const nobody = clientOf(world.url);
    expect((await nobody.post('/api/auth/email/confirm', { token: await linkTo(first) })).status).toBe(409);
    expect((await person.client.post('/api/auth/email/confirm', { token: await linkTo(last) })).status).toBe(204);
    expect((await nobody.post('/api/auth/email/confirm', { token: await linkTo(last) })).status).toBe(409);
    expect((await person.client.get('/api/me')).body).toMatchObject({ email: last, pendingEmail: null });
    await signIn({ email: last });
  });

  it('given it was mistyped, then who reads the letter has nothing of the account, whatever they send; its owner signs in and confirms', async () => {
    const typo = `typo-${person.id}@stranger.test`;
    await person.client.post('/api/me/email', { email: typo, password: PASSWORD });
    const token = /\/confirm-address\/(\S+)/.exec((await world.mail.to(typo))[0]!.text ?? '')![1]!;
    const other = await aPerson(world);
    for (const reader of [clientOf(world.url), other.client])
      for (const body of [{ token }, { token, password: 'i am the stranger here' }]) {
        const refused = await reader.post('/api/auth/email/confirm', body);
        expect([refused.status, refused.body.code]).toEqual([401, 'sign_in_to_confirm']);
      }
    expect((await person.client.get('/api/me')).body).toMatchObject({ email: person.email, pendingEmail: typo });
    await isIn(await signIn(person));
    expect((await person.client.post('/api/auth/email/confirm', { token })).status).toBe(204);
    await signIn({ email: typo });
  });

  it('given it was no wish of its owner, then the old address undoes it: the account, its sessions and the password are theirs again', async () => {
    const nobody = clientOf(world.url);
    const linkIn = async (address: string, count: number, pattern: RegExp) =>
      (await world.mail.to(address, count)).flatMap(({ text }) => pattern.exec(text ?? '')?.[1] ?? []).at(-1)!;
    const thief = [`thief-${person.id}@elsewhere.test`, `second-${person.id}@elsewhere.test`];
    const theft = await signIn();
    const client = clientOf(world.url, theft.token);
    for (const [turn, email] of thief.entries()) {
      await client.post('/api/me/email', { email, password: PASSWORD });
      const token = await linkIn(email, 1, /\/confirm-address\/(\S+)/);
      expect([turn, (await client.post('/api/auth/email/confirm', { token })).status]).toEqual([turn, 204]);
    }
    const undo = await linkIn(person.email, 2, /\/undo-address\/(\S+)/);
    const ofThief = await linkIn(thief[0]!, 3, /\/undo-address\/(\S+)/);
    await client.post('/api/me/email', { email: `third-${person.id}@elsewhere.test`, password: PASSWORD });
    expect((await nobody.post('/api/auth/email/undo', { token: `${undo}x` })).body.code).toBe('link_used_up');
    expect((await nobody.post('/api/auth/email/confirm', { token: undo })).body.code).toBe('link_used_up');
    expect((await nobody.post('/api/auth/email/undo', { token: undo })).status).toBe(204);
    await isOut(theft);
    expect((await nobody.post('/api/auth/email/undo', { token: undo })).body.code).toBe('link_used_up');
    expect((await nobody.post('/api/auth/email/undo', { token: ofThief })).body.code).toBe('link_used_up');
    const third = await linkIn(`third-${person.id}@elsewhere.test`, 1, /\/confirm-address\/(\S+)/);
    expect((await nobody.post('/api/auth/email/confirm', { token: third })).body.code).toBe('link_used_up');
    for (const email of [person.email, ...thief])
      expect((await nobody.post('/api/auth/login', { email, password: PASSWORD })).status).toBe(401);
    const reset = await linkIn(person.email, 3, /\/reset\/(\S+)/);
    await nobody.post('/api/auth/password/reset', { token: reset, password: 'mine again, at last' });
    await isIn(await signIn(person, 'mine again, at last'));
  });

  it('given a thief who moves it on and undoes that, then the first owner still has it back', async () => {
    const nobody = clientOf(world.url);
    const undo = async (token: string) => {
      const { status, body } = await nobody.post('/api/auth/email/undo', { token });
      return status === 204 ? status : (body.code as string);
    };
    const linkIn = async (address: string, count: number, pattern: RegExp) =>
      (await world.mail.to(address, count)).flatMap(({ text }) => pattern.exec(text ?? '')?.[1] ?? []).at(-1)!;
    const [first, second] = [`one-${person.id}@elsewhere.test`, `two-${person.id}@elsewhere.test`] as const;
    for (const email of [first, second]) {
      await person.client.post('/api/me/email', { email, password: PASSWORD });
      const token = await linkIn(email, 1, /\/confirm-address\/(\S+)/);
      expect((await person.client.post('/api/auth/email/confirm', { token })).status).toBe(204);
    }
    const [owners, thiefs] = [
      await linkIn(person.email, 2, /\/undo-address\/(\S+)/),
      await linkIn(first, 3, /\/undo-address\/(\S+)/),
    ];
    expect(await undo(thiefs)).toBe(204);
    expect(await undo(owners)).toBe(204);
    expect([await undo(owners), await undo(thiefs)]).toEqual(['link_used_up', 'link_used_up']);
    const reset = await linkIn(person.email, 3, /\/reset\/(\S+)/);
    await nobody.post('/api/auth/password/reset', { token: reset, password: 'mine again, at last' });
    await isIn(await signIn(person, 'mine again, at last'));
    expect((await nobody.post('/api/auth/login', { email: first, password: PASSWORD })).status).toBe(401);
  });

  describe('that a thief gave the account, once somebody has another account at the old one', () => {
    const nobody = () => clientOf(world.url);
    const NEW = 'mine again, at last';
    const linkIn = async (address: string, pattern: RegExp) =>
      await eventually(() => {
        const letters = world.mail.mails.filter(({ to }) => JSON.stringify(to).includes(address));
        const found = letters.flatMap(({ text }) => pattern.exec(text ?? '')?.[1] ?? []);
        if (found.length === 0) throw new Error('no such letter yet');
        return Promise.resolve(found.at(-1)!);
      });
    const undo = async (token: string, email?: string) => {
      const { status, body } = await nobody().post('/api/auth/email/undo', { token, ...(email && { email }) });
      return status === 204 ? status : (body.code as string);
    };
    const emailOf = async ({ id }: TestPerson) =>
      (await world.db.collection('users').findOne({ _id: new Types.ObjectId(id) }))!['email'] as string;
    const thief = () => `thief-${person.id}@elsewhere.test`;

    const rename = (id: string, email: string) =>
      world.db.collection('users').updateOne({ _id: new Types.ObjectId(id) }, { $set: { email } });
    async function anotherAt(email: string): Promise<TestPerson> {
      const other = await aPerson(world);
      await rename(other.id, email);
      return { ...other, email };
    }

    /** The address is the thief's, and the old one that of another account: the link that undoes it, and what the thief holds. */
    async function stolen() {
      const theft = await signIn();
      const client = clientOf(world.url, theft.token);
      await client.post('/api/me/email', { email: thief(), password: PASSWORD });
      const token = await linkIn(thief(), /\/confirm-address\/(\S+)/);
      expect((await client.post('/api/auth/email/confirm', { token })).status).toBe(204);
      await nobody().post('/api/auth/password/forgot', { email: thief() });
      const ofThief = await linkIn(thief(), /\/reset\/(\S+)/);
      const other = await anotherAt(person.email);
      return { theft, ofThief, other, link: await linkIn(person.email, /\/undo-address\/(\S+)/) };
    }

    it('then undoing it still ends all that the thief has, and says why the account is not there', async () => {
      const { theft, ofThief, other, link } = await stolen();
      const feed = new URL((await clientOf(world.url, theft.token).post('/api/me/calendar-feed')).body.url).pathname;
      expect(await undo(link)).toBe('email_taken');
      await isOut(theft);
      expect((await refreshWith(theft.cookie)).status).toBe(401);
      expect((await nobody().get(feed)).status).toBe(404);
      expect((await nobody().post('/api/auth/login', { email: thief(), password: PASSWORD })).status).toBe(401);
      const reset = { token: ofThief, password: 'the password of the thief' };
      expect((await nobody().post('/api/auth/password/reset', reset)).status).toBe(409);
      expect(await emailOf(person)).toMatch(/\.invalid$/);
      // No mail is tried there.
      const gone = { _id: new Types.ObjectId(person.id), email: await emailOf(person) };
      await eventually(async () => expect(await world.db.collection('undeliverable').countDocuments(gone)).toBe(1));
      // Who has the other account keeps it as it is.
      expect(await emailOf(other)).toBe(person.email);
      await isIn(await signIn(other));
    });

    it('then its owner names another address, as often as they need, and has the account by its letter', async () => {
      const { link } = await stolen();
      const [wrong, right] = [`typo-${person.id}@elsewhere.test`, `mine-${person.id}@elsewhere.test`];
      expect(await undo(link)).toBe('email_taken');
      // Asked again, it says the same.
      expect(await undo(link)).toBe('email_taken');
      expect(await undo(link, wrong)).toBe(204);
      const first = await linkIn(wrong, /\/confirm-address\/(\S+)/);
      expect(await undo(link, right)).toBe(204);
      const token = await linkIn(right, /\/confirm-address\/(\S+)/);
      const confirm = (body: object) => nobody().post('/api/auth/email/confirm', body);
      expect((await confirm({ token: first, password: NEW })).body.code).toBe('link_used_up');
      expect((await confirm({ token })).body.errors).toEqual([{ field: '/password', code: 'required' }]);
      expect((await confirm({ token, password: NEW })).status).toBe(204);
      await isIn(await signIn({ email: right }, NEW));
      expect(await emailOf(person)).toBe(right);
      expect([await undo(link), await undo(link, wrong)]).toEqual(['link_used_up', 'link_used_up']);
      // No letter went to the address that it had in between.
      expect(world.mail.mails.filter(({ to }) => JSON.stringify(to).includes('.invalid'))).toEqual([]);
    });

    it('then a link that was used stays used, though somebody has an account where this one would wait', async () => {
      const { other, link } = await stolen();
      await rename(other.id, `moved-${other.id}@people.test`);
      expect(await undo(link)).toBe(204);
      // The id is in the link, before what proves it.
      const waiting = `${link.slice(0, 24)}@taken-back.invalid`;
      await anotherAt(waiting);
      expect(await undo(link)).toBe('link_used_up');
      expect(await undo(link, thief())).toBe('link_used_up');
      // Nobody names such an address.
      const { body } = await nobody().post('/api/auth/login', { email: waiting, password: 'x' });
      expect(body.errors).toMatchObject([{ field: '/email', code: 'wrong_format' }]);
    });

    it('then, as soon as the old one is free, it has that again', async () => {
      const { other, link } = await stolen();
      expect(await undo(link)).toBe('email_taken');
      await rename(other.id, `moved-${other.id}@people.test`);
      expect(await undo(link)).toBe(204);
      expect(await emailOf(person)).toBe(person.email);
      const token = await linkIn(person.email, /\/reset\/(\S+)/);
      await nobody().post('/api/auth/password/reset', { token, password: NEW });
      await isIn(await signIn(person, NEW));
      expect(await undo(link)).toBe('link_used_up');
    });

    it('then no other link names an address for it: a later one of the thief, one made up, or one of another account', async () => {
      const theft = await signIn();
      const client = clientOf(world.url, theft.token);
      const second = `second-${person.id}@elsewhere.test`;
      for (const email of [thief(), second]) {
        await client.post('/api/me/email', { email, password: PASSWORD });
        const token = await linkIn(email, /\/confirm-address\/(\S+)/);
        expect((await client.post('/api/auth/email/confirm', { token })).status).toBe(204);
      }
      const link = await linkIn(person.email, /\/undo-address\/(\S+)/);
      const thiefs = await linkIn(thief(), /\/undo-address\/(\S+)/);
      await anotherAt(thief());
      // The thief undoes their own second change, where the first address is taken: the account waits for them.
      expect(await undo(thiefs)).toBe('email_taken');
      await anotherAt(person.email);
      expect(await undo(link)).toBe('email_taken');
      for (const token of [thiefs, `${link}x`, link.replace(/^./, (c) => (c === 'a' ? 'b' : 'a'))])
        expect(await undo(token, `x-${person.id}@elsewhere.test`)).toBe('link_used_up');
      expect(await undo(link, `mine-${person.id}@elsewhere.test`)).toBe(204);
    });

    it('then what is no address is refused, and mails to addresses of others have a limit', async () => {
      const { link } = await stolen();
      expect(await undo(link)).toBe('email_taken');
      expect((await nobody().post('/api/auth/email/undo', { token: link, email: 'nobody' })).status).toBe(422);
      const said: unknown[] = [];
      for (let index = 0; index < 7; index += 1)
        said.push(await undo(link, `stranger${index}-${person.id}@elsewhere.test`));
      expect(said).toContain('too_many_requests');
      expect(said.filter((status) => status === 204).length).toBeLessThanOrEqual(5);
    });
  });

  it('given a thief who moved it away and back, then the link that undoes it is good all the same', async () => {
    const nobody = clientOf(world.url);
    const away = `away-${person.id}@elsewhere.test`;
    const linksIn = async (address: string, pattern: RegExp) =>
      await eventually(() => {
        const letters = world.mail.mails.filter(({ to }) => JSON.stringify(to).includes(address));
        const found = letters.flatMap(({ text }) => pattern.exec(text ?? '')?.[1] ?? []);
        if (found.length === 0) throw new Error('no such letter yet');
        return Promise.resolve(found);
      });
    for (const email of [away, person.email]) {
      await person.client.post('/api/me/email', { email, password: PASSWORD });
      const [token] = await linksIn(email, /\/confirm-address\/(\S+)/);
      expect((await person.client.post('/api/auth/email/confirm', { token })).status).toBe(204);
    }
    const [token] = await linksIn(person.email, /\/undo-address\/(\S+)/);
    expect((await nobody.post('/api/auth/email/undo', { token })).status).toBe(204);
    const [reset] = await linksIn(person.email, /\/reset\/(\S+)/);
    await nobody.post('/api/auth/password/reset', { token: reset, password: 'mine again, at last' });
    await isIn(await signIn(person, 'mine again, at last'));
  });

  it('given an address of somebody else, then the answer does not tell, and confirming is refused', async () => {
    const other = await aPerson(world);
    const asked = await person.client.post('/api/me/email', { email: other.email, password: PASSWORD });
    expect(asked.status).toBe(202);
    const link = /\/confirm-address\/(\S+)/.exec((await world.mail.to(other.email))[0]!.text ?? '')![1]!;
    expect((await clientOf(world.url).post('/api/auth/email/confirm', { token: link })).body.code).toBe('email_taken');
    expect((await person.client.post('/api/me/email', { email: 'x@y.test', password: 'wrong' })).body.errors).toEqual([
      { field: '/password', code: 'wrong_password' },
    ]);
  });
});

describe('limits', () => {
  const from = (address: string, email: string, password: string) =>
    fetch(new URL('/api/auth/login', world.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
      body: JSON.stringify({ email, password }),
    });

  it('given no proxy to trust, then an address of the client’s own making counts for nothing', async () => {
    for (let index = 0; index < 10; index += 1) await from(`10.0.0.${index}`, person.email, 'wrong');
    expect((await from('10.0.0.99', person.email, PASSWORD)).status).toBe(429);
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
