import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aPerson } from '../../support/factories.js';
import { type Login, aLogin, loginEnds } from '../../support/rooms/logins.js';

/** How the address of an account changes, and how its owner undoes that. */
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

const isOut = (login: Login) => loginEnds(world, login);
const isIn = async ({ token }: Login) => expect((await clientOf(world.url, token).get('/api/me')).status).toBe(200);

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
