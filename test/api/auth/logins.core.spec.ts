import { type TestWorld, startWorld } from '../../support/app.js';
import { type LiveClient, clientOf, connect } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aPerson } from '../../support/factories.js';
import { type Login, aLogin, loginEnds } from '../../support/rooms/logins.js';

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
