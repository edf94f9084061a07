import { Types } from 'mongoose';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aPerson } from '../../support/factories.js';
import { type Login, aLogin, loginEnds } from '../../support/rooms/logins.js';

/** How the owner of an account takes it back from a thief who changed its address. */
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

describe('a new address', () => {
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
});
