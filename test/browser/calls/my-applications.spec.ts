import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signIn } from '../../support/browser.js';
import { aCohort, aMember, aPerson } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, expectOnlyWords } from '../../support/pages.js';
import { aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

const DAY = 86_400_000;

let world: TestWorld;
let browser: Browser;
let slugs: string[];

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString().replace(/\.\d+Z/, '.000Z');
const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`), fullPage: true });
};

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  const staff = await aMember(world, cohortId, 'staff');
  const times = { opensAt: inDays(-2), closesAt: inDays(9.5) };
  const calls = [
    await aCall(staff, cohortId, { ...times, title: { en: 'Fellows', fr: 'Appel à candidatures' } }),
    await aCall(staff, cohortId, { ...times, title: { en: 'More fellows', fr: 'Second appel' } }),
  ];
  slugs = calls.map(({ slug }) => slug);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

it('given an account that belongs to no cohort and has files, then signing in leads to them, and each opens without its letter', async () => {
  const ada = await aPerson(world);
  await handsIn(await anApplicant(world, slugs[0]!, ada.email));
  // Its letter is the only one then.
  world.mail.mails.length = 0;
  await anApplicant(world, slugs[1]!, ada.email);
  const { page, problems } = await openPage(browser, { viewport: { width: 390, height: 844 } });
  await signIn(page, ada, world.url);
  await page.getByRole('heading', { level: 1, name: 'My applications' }).waitFor();
  const rows = page.locator('main li');
  expect(await rows.locator('h2').allTextContents()).toEqual(['More fellows', 'Fellows']);
  await rows.first().getByText('Not handed in yet').waitFor();
  await rows.last().getByText('Handed in', { exact: true }).waitFor();
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await expectOnlyWords(page);
  await draw(page, 'my-applications-phone');
  await page.getByRole('link', { name: 'Open “More fellows”' }).press('Enter');
  await page.waitForURL(/\/applications\/[0-9a-f]{24}$/);
  await page.getByText('Not handed in yet').first().waitFor();
  await draw(page, 'my-application-phone');
  expect(problems).toEqual([]);
  // On a shared device: who comes next finds no file in what was looked at.
  await page.goBack();
  await page.getByRole('banner').getByRole('button', { name: ada.name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect(await page.evaluate("Object.keys(localStorage).filter((key) => key.includes('application'))")).toEqual([]);
});

it('given an account with no file, then the menu leads to the empty list, which leads to the calls', async () => {
  const cohortId = await aCohort(world);
  const fellow = await aMember(world, cohortId, 'fellow');
  const { page, problems } = await openPage(browser);
  await signIn(page, fellow, world.url);
  await page.getByRole('banner').getByRole('button', { name: fellow.name }).click();
  await page.getByRole('menuitem', { name: 'My applications' }).click();
  await page.getByText('Nothing was begun with this address').waitFor();
  await draw(page, 'my-applications-empty');
  await page.getByRole('link', { name: 'Calls that are open' }).click();
  await page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
  expect(problems).toEqual([]);
});
