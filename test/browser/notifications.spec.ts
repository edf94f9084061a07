import type { Browser } from 'playwright-core';
import { type TestWorld, startWorld } from '../support/app.js';
import { openBrowser, signedInPage } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../support/factories.js';
import { expectNoAxeViolations, settledPage } from '../support/pages.js';
import { aWorkshop } from '../support/workshops.js';

let world: TestWorld;
let browser: Browser;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  const cohort = await aCohort(world);
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

it('given the settings of what reaches me, then weekend, digest and mails a day are chosen there, and the digest is seen before it is sent', async () => {
  const { page, problems } = await signedInPage(browser, fellow, world.url);
  const preferences = async () => (await fellow.client.get('/api/me/preferences')).body;
  await page.goto(`${world.url}/settings/notifications`);
  const weekend = page.getByLabel('Aussi le samedi et le dimanche');
  await weekend.waitFor();
  expect(await weekend.isChecked()).toBe(true);
  await weekend.uncheck({ force: true });
  await eventually(async () => expect((await preferences()).quietWeekend).toBe(false));

  await page.getByRole('switch', { name: 'Résumé' }).check({ force: true });
  await eventually(async () =>
    expect((await preferences()).digest).toMatchObject({ every: 'day', at: '08:30', kinds: ['chat', 'forum'] }),
  );
  // A column of the table says which kinds come with it.
  await page.getByLabel('Mes ateliers, Résumé').check({ force: true });
  await page.getByLabel('Rythme').selectOption('week');
  await page.getByLabel('Quel jour').selectOption('5');
  await eventually(async () =>
    expect((await preferences()).digest).toMatchObject({
      every: 'week',
      weekday: 5,
      kinds: ['workshops', 'chat', 'forum'],
    }),
  );
  await page.getByLabel('Au plus').selectOption('5');
  await eventually(async () => expect((await preferences()).mailsPerDay).toBe(5));

  await page.getByRole('button', { name: 'Le voir tel qu’il serait maintenant' }).click();
  await page.getByRole('link', { name: 'Choisir une licence' }).waitFor();
  await settledPage(page);
  await expectNoAxeViolations(page);
  await page.screenshot(shot('settings-1440-fr'));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await settledPage(page);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await page.screenshot(shot('settings-390-dark-fr'));

  await page.getByLabel('Les ateliers de la semaine qui vient').uncheck({ force: true });
  await eventually(async () => expect((await preferences()).digest.without).toEqual(['workshops']));
  await page.getByRole('switch', { name: 'Résumé' }).uncheck({ force: true });
  await eventually(async () => expect((await preferences()).digest).toBeNull());
  expect(problems).toEqual([]);
  await page.context().close();
});
