import type { Browser } from 'playwright-core';
import { adminOf } from '../../../src/cli/admin.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { clientOf } from '../../support/client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  fellow = await aMember(world, await aCohort(world), 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

it('given a password changed elsewhere, then the page that is open says so where one signs in, and leads back after', async () => {
  const { page, problems } = await signedInPage(browser, fellow, world.url, { expected: [401] });
  await page.goto(`${world.url}/settings`);
  await page.locator('h1').waitFor();
  const { accessToken } = (
    await clientOf(world.url).post('/api/auth/login', { email: fellow.email, password: PASSWORD })
  ).body;
  const password = 'another-password-2026';
  await clientOf(world.url, accessToken).post('/api/me/password', { currentPassword: PASSWORD, password });
  await page.getByText('your password was changed').waitFor();
  await page.getByLabel('Email').fill(fellow.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/settings\/profile$/);

  // One's own signing out needs no reason.
  await page.getByRole('button', { name: 'Inès Carpentier' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.getByRole('status').count()).toBe(0);
  expect(problems).toEqual([]);
});

it('given nobody answers who signs out, then the page that comes next ends the session before it asks for one, and the other tab is left at once', async () => {
  const ana = await aMember(world, await aCohort(world), 'fellow', { name: 'Ana Silva' });
  const { page } = await signedInPage(browser, ana, world.url);
  await page.goto(`${world.url}/settings`);
  await page.locator('h1').waitFor();
  const other = await page.context().newPage();
  await other.goto(`${world.url}/settings`);
  await other.locator('h1').waitFor();
  await page.route('**/api/auth/logout', (route) => route.abort());
  await page.getByRole('button', { name: 'Ana Silva' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  for (const left of [page, other]) await left.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  // Whoever sits down there when the line is back.
  await page.unroute('**/api/auth/logout');
  await page.goto(`${world.url}/settings`);
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect((await page.context().cookies()).filter(({ name }) => name.includes('refresh'))).toEqual([]);
  await page.context().close();
});

it('given the first admin of an empty installation, then the page says welcome, asks who they are, and they are in', async () => {
  const link = await adminOf(world.app, 'c.lefevre@etat.example', { locale: 'fr' });
  const { page, problems } = await openPage(browser, { locale: 'fr-FR' });
  await page.goto(`${world.url}${new URL(link).pathname}`);
  await page.getByRole('heading', { name: 'Bienvenue' }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByLabel('Nom affiché').fill('Claire Lefèvre');
  await page.getByLabel('Choisissez un mot de passe', { exact: true }).fill('la corde tient bon, toujours');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Claire Lefèvre' }).waitFor();
  expect(problems).toEqual([]);
});

it('given somebody known who is invited to another cohort, then accepting leads into that one', async () => {
  const first = await aCohort(world);
  const second = await aCohort(world);
  const coach = await aMember(world, first, 'coach', { name: 'Hanna Lindqvist' });
  const staff = await aMember(world, second, 'staff');
  const invited = { email: coach.email, name: coach.name, role: 'coach' };
  await staff.client.post(`/api/cohorts/${second}/invitations`, { people: [invited] });
  const { items } = (await staff.client.get(`/api/cohorts/${second}/invitations`)).body;
  const { page, problems } = await signedInPage(browser, coach, world.url);
  await page.goto(world.url);
  await page.waitForURL(new RegExp(`/c/${first}/week$`));
  await page.goto(`${world.url}${new URL(items[0].url).pathname}`);
  await page.getByRole('button', { name: 'Join as a coach' }).click();
  await page.waitForURL(new RegExp(`/c/${second}/week$`));
  expect(problems).toEqual([]);
});

it('given the server starts again while a page is opened, then it says so, asks again and opens, and nobody is signed out', async () => {
  const lou = await aMember(world, await aCohort(world), 'fellow', { name: 'Lou Marchetti' });
  const { page, problems } = await signedInPage(browser, lou, world.url);
  let away = true;
  await page.route('**/api/auth/refresh', (route) => (away ? route.fulfill({ status: 503 }) : route.continue()));
  await page.goto(`${world.url}/settings`);
  await page.getByText('Cordée is not responding').waitFor();
  away = false;
  await page.getByRole('button', { name: 'Lou Marchetti' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings/profile');
  expect(problems).toEqual([]);
});

it('given an invitation’s link that was cut on its way, then a page says so in the reader’s language, on a phone and in the dark too', async () => {
  for (const [locale, title] of [
    ['en-GB', 'This link is incomplete'],
    ['fr-FR', 'Ce lien est incomplet'],
  ] as const) {
    const { page, problems } = await openPage(browser, {
      ...{ locale, viewport: { width: 390, height: 800 }, colorScheme: locale === 'fr-FR' ? 'dark' : 'light' },
    });
    await page.goto(`${world.url}/invitation/6b0a7eb8211d20d13027901f.jA41%E0%A4%A`);
    await page.getByRole('heading', { name: title }).waitFor();
    expect([new URL(page.url()).pathname, problems]).toEqual(['/broken-link', []]);
    await page.context().close();
  }
});

it('given an address taken back that has another account by now, then the page says what is safe, and its owner names another one and is in', async () => {
  const cohort = await aCohort(world);
  const owner = await aMember(world, cohort, 'fellow', { name: 'Ada Rossi' });
  const other = await aMember(world, cohort, 'fellow');
  const linkIn = async (email: string, pattern: RegExp) =>
    (await world.mail.to(email)).flatMap(({ text }) => pattern.exec(text ?? '')?.[0] ?? []).at(-1)!;
  const [thief, mine] = ['thief@elsewhere.test', 'ada@elsewhere.test'];
  await owner.client.post('/api/me/email', { email: thief, password: PASSWORD });
  const token = (await linkIn(thief, /\/confirm-address\/\S+/)).split('/').at(-1)!;
  await owner.client.post('/api/auth/email/confirm', { token });
  const undo = await eventually(async () => {
    const found = (await world.mail.to(owner.email, 2)).flatMap(
      ({ text }) => /\/undo-address\/\S+/.exec(text ?? '')?.[0] ?? [],
    );
    expect(found).toHaveLength(1);
    return found[0]!;
  });
  const users = world.db.collection('users');
  await users.updateOne({ email: other.email }, { $set: { email: owner.email } });

  const { page, problems } = await openPage(browser, { expected: [401, 409, 422] });
  await page.goto(world.url + undo);
  await page.getByRole('button', { name: 'Restore address' }).click();
  await page.getByText('Your account is secured').waitFor();
  await page.getByLabel('Another email address').fill(mine);
  await page.getByRole('button', { name: 'Send link' }).click();
  await page.getByText(`We sent a link to ${mine}`).waitFor();
  await page.goto(world.url + (await linkIn(mine, /\/confirm-address\/\S+/)));
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await page.getByLabel('New password', { exact: true }).fill('mine again, at last');
  await page.getByRole('button', { name: 'Set password and confirm' }).click();
  await page.getByText('Your address is confirmed.').waitFor();
  expect(
    (await clientOf(world.url).post('/api/auth/login', { email: mine, password: 'mine again, at last' })).status,
  ).toBe(200);
  expect(problems).toEqual([]);
});

it('given the link for a new address where nobody is signed in, then one signs in first, and confirms it there', async () => {
  const person = await aMember(world, await aCohort(world), 'fellow');
  const email = `moved-${person.id}@elsewhere.test`;
  await person.client.post('/api/me/email', { email, password: PASSWORD });
  const [letter] = await world.mail.to(email);
  const link = /\/confirm-address\/\S+/.exec(letter?.text ?? '')![0];
  const { page, problems } = await openPage(browser, { expected: [401] });
  await page.goto(world.url + link);
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await page.getByText('Sign in with the current address of the account').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Confirm address' }).click();
  await page.getByText('Your address is confirmed.').waitFor();
  expect(problems).toEqual([]);
});
