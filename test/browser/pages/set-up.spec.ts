import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aMember, aPerson } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

/** The board of a cohort whose first day is still to come. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  const admin = await aPerson(world, { isAdmin: true });
  const startsOn = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const made = await admin.client.post('/api/cohorts', { name: 'Cohort 9', startsOn, timeZone: 'Europe/Paris' });
  expect(made.status).toBe(201);
  cohortId = made.body.id;
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`), fullPage: true });
};

it('given a cohort before its first day, then the board says what is left, each line leads there and ticks itself', async () => {
  const { page, problems } = await signedInPage(browser, staff, world.url);
  await page.goto(`${world.url}/c/${cohortId}/board`);
  await page.getByText('0 of 8 done').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'set-up');
  await page.getByRole('link', { name: 'Set breaks and holidays' }).click();
  await page.getByRole('heading', { name: 'Breaks and public holidays', level: 1 }).waitFor();
  await page.goBack();
  await page.getByText('1 of 8 done').waitFor();
  await page.getByRole('link', { name: 'Review reminders' }).press('Enter');
  await page.getByRole('heading', { name: 'Reminders', level: 1 }).waitFor();
  expect((await staff.client.post(`/api/cohorts/${cohortId}/projects`, { name: 'EauVive', agency: 'A' })).status).toBe(
    201,
  );
  await page.goto(`${world.url}/c/${cohortId}/board`);
  await page.getByText('3 of 8 done').waitFor();
  expect(problems).toEqual([]);
});

it('given French on a phone, in the dark, then the list fits', async () => {
  expect((await staff.client.patch('/api/me', { locale: 'fr' })).status).toBe(200);
  const { page, problems } = await signedInPage(browser, staff, world.url, { width: 390 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${world.url}/c/${cohortId}/board`);
  await page.getByRole('heading', { name: 'Avant le premier jour' }).waitFor();
  await page.getByRole('link', { name: 'Recueillir les disponibilités des coachs' }).waitFor();
  await expectNoAxeViolations(page);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await draw(page, 'set-up.fr.390.dark');
  expect(problems).toEqual([]);
});
