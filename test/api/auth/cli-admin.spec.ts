import { Types } from 'mongoose';
import { adminOf, makeAdmin } from '../../../src/cli/admin.js';
import { UsersRepository } from '../../../src/auth/users.repository.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { clientOf } from '../../support/client.js';
import { aCohort, aPerson } from '../../support/factories.js';

let world: TestWorld;
const LANGUAGE = ['LC_ALL', 'LC_MESSAGES', 'LANG'];
const before = LANGUAGE.map((name) => [name, process.env[name]] as const);

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  for (const name of LANGUAGE) process.env[name] = '';
});
afterAll(async () => {
  for (const [name, value] of before) process.env[name] = value ?? '';
  await world.stop();
});

const accountOf = async (email: string) => (await world.app.get(UsersRepository).byEmail(email))!;

it('given a French system, then the account that is made speaks French, and its link sets the password', async () => {
  process.env.LANG = 'fr_FR.UTF-8';
  const link = await adminOf(world.app, 'a.martin@etat.example');
  expect(await accountOf('a.martin@etat.example')).toMatchObject({ locale: 'fr', isAdmin: true });
  const { pathname } = new URL(link);
  const password = 'la corde tient bon, toujours';
  const set = await clientOf(world.url).post('/api/auth/password/reset', {
    token: pathname.split('/').at(-1),
    password,
  });
  expect(set.status).toBeLessThan(300);
});

it('given a language is asked for, then it is that, whatever the system speaks', async () => {
  process.env.LANG = 'fr_FR.UTF-8';
  await adminOf(world.app, 'in.english@etat.example', { locale: 'en' });
  expect(await accountOf('in.english@etat.example')).toMatchObject({ locale: 'en', isAdmin: true });
});

it('given somebody who is there, then they keep their language unless another is asked for', async () => {
  process.env.LANG = 'fr_FR.UTF-8';
  const { email } = await aPerson(world, { locale: 'en' });
  await adminOf(world.app, email);
  expect(await accountOf(email)).toMatchObject({ locale: 'en', isAdmin: true });
  await adminOf(world.app, email, { locale: 'fr' });
  expect(await accountOf(email)).toMatchObject({ locale: 'fr', isAdmin: true });
});

it('given a closed account, or an address that nobody confirmed, then that is said, and nothing is changed', async () => {
  const users = world.db.collection('users');
  const refuses = async (state: object, words: string) => {
    const { email, name } = await aPerson(world, { locale: 'en' });
    await users.updateOne({ email }, { $set: state });
    await expect(adminOf(world.app, email, { locale: 'fr', name: 'Somebody Else' })).rejects.toThrow(words);
    expect(await accountOf(email)).toMatchObject({ name, locale: 'en', isAdmin: false });
  };
  await refuses({ ended: { at: new Date(), byId: null } }, 'is closed');
  await refuses({ unconfirmedIn: new Types.ObjectId() }, 'is not confirmed');
});

it('given a language that there is not, then that is said, before anything is done', async () => {
  await expect(makeAdmin('nobody@etat.example', { locale: 'de' })).rejects.toThrow('There is no de: choose en or fr.');
});

describe('the first admin', () => {
  const tokenOf = (link: string) => new URL(link).pathname.split('/').at(-1)!;
  const PASSWORD = 'la corde tient bon, toujours';
  const auth = (path: string, body: object) => clientOf(world.url).post(`/api/auth/password/${path}`, body);
  const viewOf = async (token: string) => (await clientOf(world.url).get(`/api/auth/password/reset/${token}`)).body;

  it('given no name was said, then the page asks for it with the first password, and signs in at once', async () => {
    const email = 'c.lefevre@etat.example';
    const token = tokenOf(await adminOf(world.app, email));
    expect(await viewOf(token)).toEqual({ first: true, name: null });
    expect((await auth('first', { token, password: PASSWORD })).body.errors).toEqual([
      expect.objectContaining({ field: '/name', code: 'required' }),
    ]);
    const answer = await auth('first', { token, name: 'Claire Lefèvre', password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.body.me).toMatchObject({ email, name: 'Claire Lefèvre', isAdmin: true });
    expect(answer.headers.getSetCookie().join()).toMatch(/cordee_refresh=.*HttpOnly/);
    expect((await auth('first', { token, name: 'Thief', password: PASSWORD })).body.code).toBe('link_used_up');
    const again = tokenOf(await adminOf(world.app, email));
    expect(await viewOf(again)).toEqual({ first: false, name: 'Claire Lefèvre' });
    expect((await auth('first', { token: again, name: 'Thief', password: PASSWORD })).body.code).toBe('link_used_up');
    expect((await auth('reset', { token: again, password: PASSWORD })).status).toBe(204);
    expect((await viewOf(again)).code).toBe('link_used_up');
    expect((await viewOf('nonsense')).code).toBe('not_found');
  });

  it('given --name, then that is the name; two first passwords at once set one', async () => {
    const email = 'named@etat.example';
    const links = [await adminOf(world.app, email, { name: 'Inès Roche' }), await adminOf(world.app, email)];
    expect(await viewOf(tokenOf(links[0]!))).toEqual({ first: true, name: 'Inès Roche' });
    const answers = await Promise.all(
      links.map((link, index) => auth('first', { token: tokenOf(link), name: `Person ${index}`, password: PASSWORD })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await expect(makeAdmin('x@etat.example', { name: ' ' })).rejects.toThrow('A name has');
  });

  it('given an admin without a name, then invitations name nobody, and the name of an invitation becomes theirs', async () => {
    const email = 'nameless@etat.example';
    const admin = await aPerson(world, { email, name: email, isAdmin: true });
    const cohortId = await aCohort(world);
    const invitations = `/api/cohorts/${cohortId}/invitations`;
    const people = [{ email, name: 'Noé Marchal', role: 'staff' }];
    expect((await admin.client.post(invitations, { people })).body.created).toBe(1);
    const letter = (await world.mail.to(email)).at(-1)!;
    expect(letter.text).not.toContain(`${email} `);
    expect(letter.text).toContain('L’équipe du programme vous invite');
    const token = /\/invitation\/(\S+)/.exec(letter.text ?? '')![1]!;
    const accepted = await admin.client.post(`/api/auth/invitations/${token}/accept`, {});
    expect(accepted.body.me).toMatchObject({ name: 'Noé Marchal' });
    const named = await aPerson(world, { name: 'Zoé' });
    await admin.client.post(invitations, { people: [{ email: named.email, name: 'Other', role: 'staff' }] });
    const theirs = /\/invitation\/(\S+)/.exec((await world.mail.to(named.email)).at(-1)!.text ?? '')![1]!;
    expect((await named.client.post(`/api/auth/invitations/${theirs}/accept`, {})).body.me.name).toBe('Zoé');
  });
});
