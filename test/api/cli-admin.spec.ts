import { adminOf, makeAdmin } from '../../src/cli/admin.js';
import { UsersRepository } from '../../src/auth/users.repository.js';
import { type TestWorld, startWorld } from '../support/app.js';
import { clientOf } from '../support/client.js';
import { aPerson } from '../support/factories.js';

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
  await adminOf(world.app, 'in.english@etat.example', 'en');
  expect(await accountOf('in.english@etat.example')).toMatchObject({ locale: 'en', isAdmin: true });
});

it('given somebody who is there, then they keep their language unless another is asked for', async () => {
  process.env.LANG = 'fr_FR.UTF-8';
  const { email } = await aPerson(world, { locale: 'en' });
  await adminOf(world.app, email);
  expect(await accountOf(email)).toMatchObject({ locale: 'en', isAdmin: true });
  await adminOf(world.app, email, 'fr');
  expect(await accountOf(email)).toMatchObject({ locale: 'fr', isAdmin: true });
});

it('given a language that there is not, then that is said, before anything is done', async () => {
  await expect(makeAdmin('nobody@etat.example', { locale: 'de' })).rejects.toThrow('There is no de: choose en or fr.');
});
