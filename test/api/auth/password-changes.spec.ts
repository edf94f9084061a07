import { Types } from 'mongoose';
import { UsersRepository } from '../../../src/auth/users.repository.js';
import { RateLimits } from '../../../src/infra/redis/rate-limits.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aPerson } from '../../support/factories.js';

/** A thief who knows the password and is signed in, and an owner who reads the mail of the address. */
let world: TestWorld;
let person: TestPerson;

beforeAll(async () => {
  world = await startWorld({ env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
});
afterAll(() => world.stop());
beforeEach(async () => (person = await aPerson(world)));

const OWNERS = 'the password of the owner';
const THIEFS = 'the password of the thief';
const nobody = () => clientOf(world.url);
const change = (currentPassword: string, password: string) =>
  person.client.post('/api/me/password', { currentPassword, password });
const statusOfLogin = async (password: string) =>
  (await nobody().post('/api/auth/login', { email: person.email, password })).status;
const lettersTo = (email: string) => world.mail.mails.filter((mail) => JSON.stringify(mail.to).includes(email));

async function linkIn(email: string, pattern: RegExp): Promise<string> {
  return await eventually(() => {
    const found = lettersTo(email).flatMap(({ text }) => pattern.exec(text ?? '')?.[1] ?? []);
    if (found.length === 0) throw new Error('no such letter yet');
    return Promise.resolve(found.at(-1)!);
  });
}

async function aResetLink(): Promise<string> {
  expect((await nobody().post('/api/auth/password/forgot', { email: person.email })).status).toBe(202);
  return await linkIn(person.email, /\/reset\/(\S+)/);
}

const reset = (token: string) => nobody().post('/api/auth/password/reset', { token, password: OWNERS });

/** What happens after the password that was given was found to be right, and before anything is written. */
function onceItFits(act: () => Promise<void>): void {
  const limits = world.app.get(RateLimits);
  const giveBack = limits.giveBack.bind(limits);
  jest.spyOn(limits, 'giveBack').mockImplementation(async (limit, key) => {
    await giveBack(limit, key);
    if (limit.name === 'password') await act();
  });
}
afterEach(() => jest.restoreAllMocks());

describe('a password that its owner sets by a mail', () => {
  it('given somebody who knew the old one changes it at the same moment, then the owner has the last word', async () => {
    const token = await aResetLink();
    onceItFits(async () => expect((await reset(token)).status).toBe(204));
    expect((await change(PASSWORD, THIEFS)).body.errors).toEqual([
      { field: '/currentPassword', code: 'wrong_password' },
    ]);
    expect([await statusOfLogin(THIEFS), await statusOfLogin(OWNERS)]).toEqual([401, 200]);
  });

  it('given they ask for another address at the same moment, then no link for it is made', async () => {
    const token = await aResetLink();
    onceItFits(async () => expect((await reset(token)).status).toBe(204));
    const email = `thief-${person.id}@elsewhere.test`;
    expect((await person.client.post('/api/me/email', { email, password: PASSWORD })).body.errors).toEqual([
      { field: '/password', code: 'wrong_password' },
    ]);
    await world.mail.to(person.email, 2);
    expect(lettersTo(email)).toEqual([]);
    const asked = { userId: new Types.ObjectId(person.id), kind: 'confirm' };
    expect(await world.db.collection('mail-requests').countDocuments(asked)).toBe(0);
  });
});

it('given a thief who changes the password again and again, then it ends, the letters of it too, and a link of the owner is good', async () => {
  const said: number[] = [];
  for (let index = 0; index < 8; index += 1) said.push((await change(PASSWORD, PASSWORD)).status);
  expect(said).toEqual([204, 204, 204, 204, 204, 429, 429, 429]);
  await world.mail.to(person.email, 5);
  const token = await aResetLink();
  expect((await change(PASSWORD, PASSWORD)).status).toBe(429);
  expect(lettersTo(person.email)).toHaveLength(6);
  expect((await reset(token)).status).toBe(204);
  expect([await statusOfLogin(PASSWORD), await statusOfLogin(OWNERS)]).toEqual([401, 200]);
});

it('given a link for the address of a thief, and an owner who takes the account back at the same moment, then no password is set by it', async () => {
  const thiefs = `thief-${person.id}@elsewhere.test`;
  await person.client.post('/api/me/email', { email: thiefs, password: PASSWORD });
  const confirm = await linkIn(thiefs, /\/confirm-address\/(\S+)/);
  expect((await person.client.post('/api/auth/email/confirm', { token: confirm })).status).toBe(204);
  const undo = await linkIn(person.email, /\/undo-address\/(\S+)/);
  await nobody().post('/api/auth/password/forgot', { email: thiefs });
  const token = await linkIn(thiefs, /\/reset\/(\S+)/);
  // After the account of the link is known, and before anything is written.
  const users = world.app.get(UsersRepository);
  const byEmail = users.byEmail.bind(users);
  jest.spyOn(users, 'byEmail').mockImplementationOnce(async (email) => {
    const user = await byEmail(email);
    expect((await nobody().post('/api/auth/email/undo', { token: undo })).status).toBe(204);
    return user;
  });
  expect((await nobody().post('/api/auth/password/reset', { token, password: THIEFS })).status).toBe(409);
  expect(await statusOfLogin(THIEFS)).toBe(401);
});
