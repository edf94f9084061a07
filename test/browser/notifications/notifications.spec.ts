import type { Browser } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage, turn } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations, settledPage } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let fellow: TestPerson;
let cohort: string;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohort = await aCohort(world);
  const staff = await aMember(world, cohort, 'staff');
  fellow = await aMember(world, cohort, 'fellow', { name: 'Inès Roulle', locale: 'fr' });
  const day = Math.ceil(Date.now() / 86_400_000) + 2;
  const [startsAt, endsAt] = [9, 11].map((hour) => new Date(day * 86_400_000 + hour * 3_600_000).toISOString());
  await aWorkshop(staff, cohort, { title: 'Choisir une licence', startsAt, endsAt });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const shot = (name: string) => (process.env.SHOTS ? { path: `${process.env.SHOTS}/${name}.png`, fullPage: true } : {});

/** Holds what waits at it until it is let pass. */
function aGate() {
  let letPass = () => {};
  const passed = new Promise<void>((resolve) => {
    letPass = resolve;
  });
  return { passed, letPass };
}

it('given the settings of what reaches me, then weekend, digest and mails a day are chosen there, and the digest is seen before it is sent', async () => {
  const { page, problems } = await signedInPage(browser, fellow, world.url);
  const preferences = async () => (await fellow.client.get('/api/me/preferences')).body;
  await page.goto(`${world.url}/settings/quiet-hours`);
  const weekend = page.getByLabel('Aussi le week-end');
  await weekend.waitFor();
  expect(await weekend.isChecked()).toBe(true);
  await turn(weekend, false);
  await eventually(async () => expect((await preferences()).quietWeekend).toBe(false));

  const section = (name: string) =>
    page.getByRole('navigation', { name: 'Paramètres' }).getByRole('link', { name }).click();
  await section('Courriels et résumé');
  await turn(page.getByRole('switch', { name: 'Résumé' }), true);
  await eventually(async () =>
    expect((await preferences()).digest).toMatchObject({ every: 'day', at: '08:30', kinds: ['chat', 'forum'] }),
  );
  // A column of the table says which kinds come with it.
  await section('Notifications');
  await turn(page.getByLabel('Mes ateliers, Résumé'), true);
  await section('Courriels et résumé');
  await page.getByLabel('Fréquence').selectOption('week');
  await page.getByLabel('Jour', { exact: true }).selectOption('5');
  await eventually(async () =>
    expect((await preferences()).digest).toMatchObject({
      every: 'week',
      weekday: 5,
      kinds: ['workshops', 'chat', 'forum'],
    }),
  );
  await page.getByLabel('Limite').selectOption('5');
  await eventually(async () => expect((await preferences()).mailsPerDay).toBe(5));

  await page.getByRole('button', { name: 'Aperçu du résumé' }).click();
  // The button has gone with the press; the keyboard is at what came in its place.
  await page.locator('section[aria-label="Aperçu du résumé"]:focus').waitFor();
  const offered = page.getByRole('link', { name: 'Choisir une licence' });
  await offered.waitFor();
  await settledPage(page);
  await expectNoAxeViolations(page);
  await page.screenshot(shot('settings-1440-fr'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await settledPage(page);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.screenshot(shot('settings-390-dark-fr'));

  await turn(page.getByLabel('Ateliers de la semaine à venir'), false);
  await eventually(async () => expect((await preferences()).digest.without).toEqual(['workshops']));
  // What is open shows what would come now, not what would have come before.
  await offered.waitFor({ state: 'detached' });
  await turn(page.getByRole('switch', { name: 'Résumé' }), false);
  await eventually(async () => expect((await preferences()).digest).toBeNull());
  expect(problems).toEqual([]);
  await page.context().close();
});

it('given choices made faster than they are saved, then each is shown at once, and none overtakes another', async () => {
  const person = await aMember(world, cohort, 'fellow');
  const { page, problems } = await signedInPage(browser, person, world.url);
  const { passed, letPass } = aGate();
  let saves = 0;
  await page.route('**/api/me/preferences', async (route) => {
    if (route.request().method() === 'PUT') {
      saves += 1;
      await passed;
    }
    await route.continue();
  });
  await page.goto(`${world.url}/settings/quiet-hours`);
  const weekend = page.getByLabel('Also on weekends');
  const nights = page.getByRole('switch', { name: 'Quiet hours' });
  await turn(weekend, false);
  await turn(nights, false);
  await turn(weekend, true);
  await turn(weekend, false);
  // Only the first is on its way, and what the server says meanwhile does not undo what is chosen.
  await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/me/preferences')),
    page.evaluate("void window.dispatchEvent(new Event('visibilitychange'))"),
  ]);
  expect(saves).toBe(1);
  expect(await weekend.isChecked()).toBe(false);
  letPass();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(saves).toBe(2);
  const { body } = await person.client.get('/api/me/preferences');
  expect(body).toMatchObject({ quietWeekend: false, quietHours: null });
  expect(await weekend.isChecked()).toBe(false);
  expect(await nights.isChecked()).toBe(false);
  expect(problems).toEqual([]);
  await page.context().close();
});

it('given a choice that cannot be saved, then it is taken back and says why', async () => {
  const person = await aMember(world, cohort, 'fellow');
  const { page } = await signedInPage(browser, person, world.url, { expected: [503] });
  const { passed, letPass } = aGate();
  await page.route('**/api/me/preferences', async (route) => {
    if (route.request().method() !== 'PUT') {
      await route.continue();
      return;
    }
    await passed;
    await route.fulfill({ status: 503, json: { code: 'unavailable' } });
  });
  await page.goto(`${world.url}/settings/quiet-hours`);
  const weekend = page.getByLabel('Also on weekends');
  await turn(weekend, false);
  letPass();
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).waitFor();
  await eventually(async () => expect(await weekend.isChecked()).toBe(true));
  await page.context().close();
});
