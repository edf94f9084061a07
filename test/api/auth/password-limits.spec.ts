import { changesOfAll } from '../../../src/auth/address-limits.js';
import { forgotLimits, signInLimits } from '../../../src/auth/logins/attempt-limits.js';
import { UsersRepository } from '../../../src/auth/users.repository.js';
import { networkCounts, networkOf } from '../../../src/infra/http/network.js';
import { REDIS } from '../../../src/infra/redis/redis.token.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aPerson, aTokenOf } from '../../support/factories.js';

/** Passwords tried, and mails asked for, from many addresses: over two processes behind a proxy that is believed. */
let world: TestWorld;
let person: TestPerson;
let run = 0;

beforeAll(async () => {
  world = await startWorld({ nodes: 2, env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
});
afterAll(() => world.stop());
beforeEach(async () => {
  person = await aPerson(world);
  run += 1;
});

/** An address nobody else of this test has: each test has a /16 of its own. */
const at = (index: number) => `10.${run}.${Math.floor(index / 250)}.${index % 250}`;

interface Asked {
  from: string;
  device?: string;
  node?: number;
}

async function post(path: string, body: unknown, { from, device = '', node = 0 }: Asked) {
  const answer = await fetch(new URL(path, world.nodes[node]!.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from, ...(device && { cookie: device }) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const signIn = (email: string, password: string, asked: Asked) => post('/api/auth/login', { email, password }, asked);
const forgot = (email: string, asked: Asked) => post('/api/auth/password/forgot', { email }, asked);
const deviceOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('cordee_device='))!
    .split(';')[0]!;

async function aKnownDevice(of: TestPerson, from = at(200)): Promise<string> {
  const answer = await signIn(of.email, PASSWORD, { from });
  expect(answer.status).toBe(200);
  return deviceOf(answer.headers);
}

/** Wrong passwords from 40 addresses at two processes, one after the other: what was answered. */
async function tryFromForty(email: string): Promise<number[]> {
  const said: number[] = [];
  for (let index = 0; index < 40; index += 1)
    said.push((await signIn(email, 'wrong', { from: at(index), node: index % 2 })).status);
  return said;
}

const waitOf = ({ headers }: { headers: Headers }) => Number(headers.get('retry-after'));
const lettersTo = (email: string) => world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(email));
const consumed = async (limit: string, key: string) => {
  const value = await world.app
    .get<{ get: (key: string) => Promise<string | null> }>(REDIS)
    .get(`${world.config.REDIS_PREFIX}:limit:${limit}:${key}`);
  return value === null ? null : { consumedPoints: Number(value) };
};
/** As when the wait of a limit is over. */
const waited = (limit: string, key: string) =>
  world.app
    .get<{ del: (key: string) => Promise<number> }>(REDIS)
    .del(`${world.config.REDIS_PREFIX}:limit:${limit}:${key}`);

/** How many seconds a limit still keeps what was counted of a key, or has it wait. */
const secondsLeft = (limit: string, key: string) =>
  world.app
    .get<{ ttl: (key: string) => Promise<number> }>(REDIS)
    .ttl(`${world.config.REDIS_PREFIX}:limit:${limit}:${key}`);

describe('passwords tried from the networks of one IPv6 site', () => {
  it('given a site that has used up its tries, then another network of it is held back, and another site is not', async () => {
    const { network } = signInLimits;
    const site = `2001:db8:${run}::/48`;
    await world.app
      .get(RateLimits)
      .takeAll(Array(network.points * 4).fill(networkCounts(network, `2001:db8:${run}:1::/64`)[1]!));
    const from = (address: string) => signIn(`nobody${run}@people.test`, 'wrong', { from: address });
    expect(site).toBe(networkCounts(network, networkOf(`2001:db8:${run}:fff::7`))[1]![1]);
    expect((await from(`2001:db8:${run}:fff::7`)).status).toBe(429);
    expect((await from(`2001:db8:f${run}::7`)).status).toBe(401);
  });
});

describe('passwords of one account, tried from 40 addresses', () => {
  it('given a known and an unknown address, then ten are looked at and the rest waits, alike for both', async () => {
    const [known, unknown] = [await tryFromForty(person.email), await tryFromForty(`nobody${run}@people.test`)];
    expect(known).toEqual([...Array<number>(10).fill(401), ...Array<number>(30).fill(429)]);
    expect(unknown).toEqual(known);
    const right = await signIn(person.email, PASSWORD, { from: at(99) });
    expect([right.status, right.text]).toEqual([429, expect.stringContaining('too_many_requests')]);
  });

  it('given 40 at once, then no more than ten are looked at', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => signIn(person.email, 'wrong', { from: at(index), node: index % 2 })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  it('given a device that signed in before, then it signs in meanwhile, and has ten tries of its own', async () => {
    const device = await aKnownDevice(person);
    await tryFromForty(person.email);
    for (let index = 0; index < 10; index += 1)
      expect((await signIn(person.email, 'wrong', { from: at(150), device, node: index % 2 })).status).toBe(401);
    expect((await signIn(person.email, PASSWORD, { from: at(150), device })).status).toBe(429);
    const another = await aPerson(world);
    await tryFromForty(another.email);
    const theirs = await aKnownDevice(await aPerson(world));
    // The device of somebody else, and one that is made up, are strangers.
    for (const stranger of [theirs, `${theirs}x`, `cordee_device=${another.id}.x`])
      expect((await signIn(another.email, PASSWORD, { from: at(160), device: stranger })).status).toBe(429);
  });

  it('given a device whose person typed wrong in between, then it is still known after others signed in on it', async () => {
    const [first, second] = [person, await aPerson(world)];
    const device = await aKnownDevice(first);
    const both = deviceOf((await signIn(second.email, PASSWORD, { from: at(1), device })).headers);
    for (const { email } of [first, second]) await tryFromForty(email);
    for (const { email } of [first, second])
      expect((await signIn(email, PASSWORD, { from: at(1), device: both })).status).toBe(200);
  });

  it('given it goes on, then the wait doubles up to a day, and the owner gets one mail', async () => {
    const waits: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const answers = [];
      for (let index = 0; index < 12; index += 1)
        answers.push(await signIn(person.email, 'wrong', { from: at(index), node: index % 2 }));
      waits.push(waitOf(answers.at(-1)!));
      await waited('login', person.email);
    }
    const quarter = 15 * 60;
    waits.forEach((wait, round) => {
      expect(wait).toBeGreaterThan(quarter * 2 ** round - 30);
      expect(wait).toBeLessThanOrEqual(quarter * 2 ** round);
    });
    const [letter] = await world.mail.to(person.email);
    expect(letter!.subject).toBe('Somebody tries passwords of your account');
    // The letter that is asked for now comes after a second one would have come.
    await forgot(person.email, { from: at(1) });
    await eventually(() =>
      expect(lettersTo(person.email).map(({ subject }) => subject)).toEqual([
        'Somebody tries passwords of your account',
        'Set a new password',
      ]),
    );
  });

  it('given who takes no more than there are, each time anew, then the wait doubles all the same, and the owner gets one mail', async () => {
    const { points, seconds } = signInLimits.account;
    for (let round = 0; round < 3; round += 1) {
      // As many as there are, or a few more at once: it is one round.
      const more = round % 2;
      const wrong = Array.from({ length: points + more }, (_, index) =>
        signIn(person.email, 'wrong', { from: at(index), node: index % 2 }),
      );
      const said = (await Promise.all(wrong)).map(({ status }) => status).toSorted();
      expect(said).toEqual([...Array<number>(points).fill(401), ...Array<number>(more).fill(429)]);
      const left = await secondsLeft('login', person.email);
      expect([left > seconds * 2 ** round - 30, left <= seconds * 2 ** round]).toEqual([true, true]);
      await waited('login', person.email);
    }
    const [letter] = await world.mail.to(person.email);
    expect(letter!.subject).toBe('Somebody tries passwords of your account');
  });

  it('given the last of ten is the right one, then it is no try: nobody waits, and no mail goes', async () => {
    const { points } = signInLimits.account;
    for (let index = 1; index < points; index += 1) await signIn(person.email, 'wrong', { from: at(index) });
    for (let times = 0; times < 3; times += 1)
      expect((await signIn(person.email, PASSWORD, { from: at(100) })).status).toBe(200);
    expect((await consumed('login', person.email))!.consumedPoints).toBe(points - 1);
    await forgot(person.email, { from: at(1) });
    await eventually(() =>
      expect(lettersTo(person.email).map(({ subject }) => subject)).toEqual(['Set a new password']),
    );
  });

  it('given its owner sets a new password by a mail, then that device is known', async () => {
    await tryFromForty(person.email);
    await forgot(person.email, { from: at(1) });
    const mail = (await world.mail.to(person.email, 2)).find(({ subject }) => subject === 'Set a new password');
    const token = /\/reset\/(\S+)/.exec(mail!.text ?? '')![1]!;
    const reset = await post('/api/auth/password/reset', { token, password: 'another long password' }, { from: at(1) });
    const device = deviceOf(reset.headers);
    expect((await signIn(person.email, 'another long password', { from: at(1) })).status).toBe(429);
    expect((await signIn(person.email, 'another long password', { from: at(1), device })).status).toBe(200);
  });
});

describe('the mark of a device', () => {
  const NEW = 'another long password';
  const refreshOf = (headers: Headers) =>
    headers
      .getSetCookie()
      .find((cookie) => cookie.startsWith('cordee_refresh='))!
      .split(';')[0]!;
  const isMarked = (headers: Headers) => headers.getSetCookie().some((cookie) => cookie.startsWith('cordee_device='));

  it('given a login that goes on without it, then no other one is made; with it, it stays', async () => {
    const first = await signIn(person.email, PASSWORD, { from: at(1) });
    const device = deviceOf(first.headers);
    const without = await post('/api/auth/refresh', {}, { from: at(1), device: refreshOf(first.headers) });
    expect([without.status, isMarked(without.headers)]).toEqual([200, false]);
    const both = `${refreshOf(without.headers)}; ${device}`;
    const kept = await post('/api/auth/refresh', {}, { from: at(1), device: both });
    expect([kept.status, deviceOf(kept.headers)]).toEqual([200, device]);
    // On a device of somebody else nothing is added.
    const theirs = await aKnownDevice(await aPerson(world));
    const strange = await post(
      '/api/auth/refresh',
      {},
      { from: at(1), device: `${refreshOf(kept.headers)}; ${theirs}` },
    );
    expect([strange.status, isMarked(strange.headers)]).toEqual([200, false]);
  });

  it('given a password that its owner changes, then only the device where they did is known; others on it stay so', async () => {
    const other = await aPerson(world);
    const lost = await aKnownDevice(person);
    const shared = await aKnownDevice(other);
    const own = await signIn(person.email, PASSWORD, { from: at(201), device: shared });
    const token = (JSON.parse(own.text) as { accessToken: string }).accessToken;
    const answer = await fetch(new URL('/api/me/password', world.url), {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-forwarded-for': at(1) },
        ...{ authorization: `Bearer ${token}`, cookie: deviceOf(own.headers) },
      },
      body: JSON.stringify({ currentPassword: PASSWORD, password: NEW }),
    });
    expect(answer.status).toBe(204);
    const device = deviceOf(answer.headers);
    for (const { email } of [person, other]) await tryFromForty(email);
    for (const old of [lost, deviceOf(own.headers)])
      expect((await signIn(person.email, NEW, { from: at(1), device: old })).status).toBe(429);
    expect((await signIn(other.email, PASSWORD, { from: at(1), device })).status).toBe(200);
    expect((await signIn(person.email, NEW, { from: at(1), device })).status).toBe(200);
  });
});

describe('a thief who signed in on many devices, once the owner set a new password by a mail', () => {
  it('then those devices are strangers, and hold the one of the owner back by nothing that they try', async () => {
    const devices: string[] = [];
    for (let index = 0; index < 6; index += 1) devices.push(await aKnownDevice(person, at(index)));
    world.clock.advance(60_000);
    await forgot(person.email, { from: at(100) });
    const mail = (await world.mail.to(person.email)).find(({ subject }) => subject === 'Set a new password');
    const token = /\/reset\/(\S+)/.exec(mail!.text ?? '')![1]!;
    const password = 'another long password';
    const own = await post('/api/auth/password/reset', { token, password }, { from: at(100), device: devices[0]! });
    const said: number[] = [];
    for (const device of devices)
      for (let index = 0; index < 10; index += 1)
        said.push((await signIn(person.email, PASSWORD, { from: at(index), device, node: index % 2 })).status);
    expect(said.filter((status) => status === 401)).toHaveLength(10);
    const signedIn = await signIn(person.email, password, { from: at(100), device: deviceOf(own.headers) });
    expect(signedIn.status).toBe(200);
    expect((await signIn(person.email, password, { from: at(101), device: deviceOf(signedIn.headers) })).status).toBe(
      200,
    );
  });
});

describe('a password that is right', () => {
  it('given one who signs in with it again and again, from everywhere, then 429, and not on the device of its owner', async () => {
    const { login } = signInLimits;
    const device = await aKnownDevice(person);
    const said: number[] = [];
    for (let index = 1; index < login.points + 3; index += 1)
      said.push((await signIn(person.email, PASSWORD, { from: at(index), node: index % 2 })).status);
    expect(said).toEqual([...Array<number>(login.points - 1).fill(200), 429, 429, 429]);
    // No password is looked at meanwhile, right or wrong, and who waits uses up no try.
    expect((await signIn(person.email, 'wrong', { from: at(99) })).status).toBe(429);
    expect((await signIn(person.email, PASSWORD, { from: at(1), device })).status).toBe(200);
    await waited(login.name, person.email);
    expect((await signIn(person.email, 'wrong', { from: at(99) })).status).toBe(401);
    expect((await signIn(person.email, PASSWORD, { from: at(99) })).status).toBe(200);
  });

  it('given a device on which they sign in again and again, then 429 there, and other devices of theirs do not wait', async () => {
    const { loginOnDevice } = signInLimits;
    const [device, other] = [await aKnownDevice(person), await aKnownDevice(person)];
    const said: number[] = [];
    for (let index = 0; index < loginOnDevice.points + 2; index += 1)
      said.push((await signIn(person.email, PASSWORD, { from: at(1), device, node: index % 2 })).status);
    expect(said).toEqual([...Array<number>(loginOnDevice.points).fill(200), 429, 429]);
    expect((await signIn(person.email, PASSWORD, { from: at(1), device: other })).status).toBe(200);
  });

  it('given wrong ones, then none of the logins is used up', async () => {
    const { login } = signInLimits;
    for (let index = 0; index < login.points + 5; index += 1) {
      expect((await signIn(person.email, 'wrong', { from: at(index) })).status).toBe(401);
      await waited('login', person.email);
    }
    expect((await signIn(person.email, PASSWORD, { from: at(1) })).status).toBe(200);
  });

  it('given no change of password or address left, then it is not looked at any more', async () => {
    const users = world.app.get(UsersRepository);
    const limits = world.app.get(RateLimits);
    for (const name of ['password-change', 'address-change'])
      await limits.take({ name, points: 5, seconds: 24 * 60 * 60 }, person.id, 5);
    const looked = jest.spyOn(users, 'passwordHash');
    const change = { currentPassword: PASSWORD, password: 'another long password' };
    expect((await person.client.post('/api/me/password', change)).status).toBe(429);
    const moved = { email: `elsewhere${run}@people.test`, password: PASSWORD };
    expect((await person.client.post('/api/me/email', moved)).status).toBe(429);
    expect(looked).not.toHaveBeenCalled();
    looked.mockRestore();
  });

  it('given wrong ones for a change, then none of the changes is used up', async () => {
    for (let index = 0; index < 8; index += 1) {
      const wrong = { currentPassword: 'wrong', password: 'another long password' };
      expect((await person.client.post('/api/me/password', wrong)).status).toBe(422);
    }
    const right = { currentPassword: PASSWORD, password: 'another long password' };
    expect((await person.client.post('/api/me/password', right)).status).toBe(204);
  });
});

it('given a thief who used up what its owner may change, once the account is given back, then they change both at once', async () => {
  const { client, email } = person;
  const password = 'a password of the owner alone';
  const move = (who: TestPerson['client'], name: string, by: string) =>
    who.post('/api/me/email', { email: `${name}${run}@elsewhere.test`, password: by });
  for (let index = 0; index < 5; index += 1) expect((await move(client, `thief${index}-`, PASSWORD)).status).toBe(202);
  for (let index = 0; index < 11; index += 1)
    await client.post('/api/me/password', { currentPassword: 'wrong', password });
  await world.app.get(RateLimits).take({ name: 'password-change', points: 5, seconds: 24 * 60 * 60 }, person.id, 5);
  expect((await move(client, 'thief', PASSWORD)).status).toBe(429);
  await forgot(email, { from: at(1) });
  const resets = () => lettersTo(email).filter(({ subject }) => subject === 'Set a new password');
  await eventually(() => expect(resets()).toHaveLength(1));
  const [letter] = resets();
  const token = /\/reset\/(\S+)/.exec(letter!.text ?? '')![1]!;
  expect((await post('/api/auth/password/reset', { token, password }, { from: at(1) })).status).toBe(204);
  const owner = clientOf(world.url, await aTokenOf(world, person.id));
  expect((await move(owner, 'safe', password)).status).toBe(202);
  const change = { currentPassword: password, password: 'another one of the owner' };
  expect((await owner.post('/api/me/password', change)).status).toBe(204);
  // They have as much as everybody, and no more.
  for (let index = 0; index < 4; index += 1) await move(owner, `safe${index}-`, 'another one of the owner');
  expect((await move(owner, 'safe-again', 'another one of the owner')).status).toBe(429);
});

describe('many accounts from one place', () => {
  /** Ten of many, of which the last five are too many. */
  const spray = async (from: (index: number) => string) => {
    const { network } = signInLimits;
    await world.app.get(RateLimits).take(network, networkOf(from(0)), network.points - 5);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        signIn(`victim${run}-${index}@people.test`, 'wrong', { from: from(index), node: index % 2 }),
      ),
    );
    return answers.filter(({ status }) => status === 429).length;
  };

  it('given one address, then it waits; others and devices that are known there do not', async () => {
    const device = await aKnownDevice(person);
    expect(await spray(() => at(1))).toBe(5);
    expect((await signIn(person.email, PASSWORD, { from: at(1) })).status).toBe(429);
    expect((await signIn(person.email, PASSWORD, { from: at(2) })).status).toBe(200);
    expect((await signIn(person.email, PASSWORD, { from: at(1), device })).status).toBe(200);
  });

  it('given the addresses of one IPv6 /64, then they are one', async () => {
    expect(await spray((index) => `2001:db8:0:${run}::${(index + 1).toString(16)}`)).toBe(5);
    expect((await signIn(person.email, PASSWORD, { from: `2001:db8:0:${run}:ffff::1` })).status).toBe(429);
    expect((await signIn(person.email, PASSWORD, { from: `2001:db8:0:f${run}::1` })).status).toBe(200);
  });

  it('given the whole installation is tried from everywhere, then strangers wait and known devices do not', async () => {
    const device = await aKnownDevice(person);
    await world.app
      .get(RateLimits)
      .take(signInLimits.all, 'all', signInLimits.all.points)
      .catch(() => undefined);
    expect((await signIn(person.email, PASSWORD, { from: at(1) })).status).toBe(429);
    expect((await signIn(person.email, PASSWORD, { from: at(1), device })).status).toBe(200);
    await waited(signInLimits.all.name, 'all');
  });

  it('given all have to wait, then who waits with the right password, or asks for a mail, uses up nothing of their own', async () => {
    const { client, email } = person;
    const address = `elsewhere${run}@people.test`;
    const ask = async (from: string) => [
      (await signIn(email, PASSWORD, { from })).status,
      (await forgot(email, { from })).status,
      (await client.post('/api/me/email', { email: address, password: PASSWORD })).status,
    ];
    const limits = [signInLimits.all, forgotLimits.all, changesOfAll];
    for (const limit of limits)
      await world.app
        .get(RateLimits)
        .take(limit, 'all', limit.points)
        .catch(() => undefined);
    for (let times = 0; times < 12; times += 1) expect(await ask(at(times))).toEqual([429, 429, 429]);
    for (const { name } of limits) await waited(name, 'all');
    expect(await ask(at(20))).toEqual([200, 202, 202]);
    await world.mail.to(email, 2);
    expect(lettersTo(email).map(({ subject }) => subject)).not.toContain('Somebody tries passwords of your account');
  });
});

describe('mails that somebody asks for', () => {
  it('given a forgotten password asked for from 40 addresses, then few mails go, alike for an unknown address', async () => {
    const askFromForty = async (email: string) => {
      const said: number[] = [];
      for (let index = 0; index < 40; index += 1)
        said.push((await forgot(email, { from: at(index), node: index % 2 })).status);
      return said;
    };
    const device = await aKnownDevice(person);
    const known = await askFromForty(person.email);
    const { points } = forgotLimits.account;
    expect(known).toEqual([...Array<number>(points).fill(202), ...Array<number>(40 - points).fill(429)]);
    expect(await askFromForty(`nobody${run}@people.test`)).toEqual(known);
    expect(waitOf(await forgot(person.email, { from: at(50) }))).toBeLessThan(2 * 60 * 60);
    expect((await forgot(person.email, { from: at(50), device })).status).toBe(202);
    expect(await world.mail.to(person.email, points + 1)).toHaveLength(points + 1);
  });

  it('given strangers who used up what their place may ask for, then whoever has no link yet gets one there, and one only', async () => {
    const { network, all } = forgotLimits;
    const from = at(1);
    await world.app.get(RateLimits).take(network, from, network.points);
    const unknown = (index: number) => `nobody${run}-${index}@people.test`;
    expect((await forgot(person.email, { from })).status).toBe(202);
    expect(await world.mail.to(person.email)).toHaveLength(1);
    expect(waitOf(await forgot(person.email, { from }))).toBeLessThan(2 * 60 * 60);
    expect((await forgot(unknown(0), { from, node: 1 })).status).toBe(202);
    expect((await forgot(unknown(0), { from })).status).toBe(429);
    // Addresses that are made up there use up nothing of all others, and leave nothing behind.
    const { consumedPoints = 0 } = (await consumed(all.name, 'all')) ?? {};
    const rows = async () =>
      (await world.db.collection('mail-requests').find({}).toArray()).filter(({ email }) =>
        String(email).startsWith(`nobody${run}-`),
      );
    for (let index = 1; index < 20; index += 1) expect((await forgot(unknown(index), { from })).status).toBe(202);
    expect((await consumed(all.name, 'all'))!.consumedPoints).toBe(consumedPoints);
    await eventually(async () => expect(await rows()).toEqual([]));
    const ids = new Set((await world.db.collection('mail-requests').find({}).toArray()).map(({ _id }) => String(_id)));
    const deliveries = await world.db.collection('deliveries').find({ kind: 'account' }).toArray();
    expect(deliveries.filter(({ of }) => !ids.has(String(of)))).toEqual([]);
    // Once all have to wait, nobody gets one, alike for known and unknown addresses.
    await world.app
      .get(RateLimits)
      .take(all, 'all', all.points)
      .catch(() => undefined);
    const other = await aPerson(world);
    const said = [await forgot(other.email, { from }), await forgot(unknown(30), { from })];
    expect(said.map(({ status }) => status)).toEqual([429, 429]);
    await waited(all.name, 'all');
    expect((await forgot(other.email, { from })).status).toBe(202);
  });

  it('given who asks for no more than there are, each time anew, then the wait doubles all the same, up to the life of a link', async () => {
    const { points, seconds, growsTo } = forgotLimits.account;
    for (let round = 0; round < 4; round += 1) {
      for (let index = 0; index < points; index += 1)
        expect((await forgot(person.email, { from: at(index), node: index % 2 })).status).toBe(202);
      const wait = Math.min(seconds * 2 ** round, growsTo!);
      const left = await secondsLeft('forgot', person.email);
      expect([left > wait - 30, left <= wait]).toEqual([true, true]);
      await waited('forgot', person.email);
    }
  });

  it('given addresses that are made up in many places, then what all may ask for is not used up', async () => {
    const { all } = forgotLimits;
    const before = (await consumed(all.name, 'all'))?.consumedPoints ?? 0;
    for (let index = 0; index < 30; index += 1)
      expect((await forgot(`nobody${run}-${index}@people.test`, { from: at(index) })).status).toBe(202);
    await eventually(async () => expect((await consumed(all.name, 'all'))?.consumedPoints ?? 0).toBe(before));
  });

  it('given a member who knows their password, then they cannot have mails sent to strangers without end', async () => {
    const ask = (who: TestPerson, email: string, node = 0) =>
      who.client.on(world.nodes[node]!.url).post('/api/me/email', { email, password: PASSWORD });
    const said: number[] = [];
    for (let index = 0; index < 8; index += 1)
      said.push((await ask(person, `stranger${run}-${index}@elsewhere.test`, index % 2)).status);
    expect(said).toEqual([202, 202, 202, 202, 202, 429, 429, 429]);
    // Several members and one stranger.
    const victim = `victim${run}@elsewhere.test`;
    const members = await Promise.all(Array.from({ length: 5 }, () => aPerson(world)));
    const answers: number[] = [];
    for (const member of members) answers.push((await ask(member, victim)).status);
    expect(answers).toEqual([202, 202, 202, 429, 429]);
  });
});
