import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

/** What one types while something is being saved stays, and is not said to be saved. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** Holds the answers to what is saved there until they are let pass. */
async function held(page: Page, path: string): Promise<() => void> {
  let letPass = () => {};
  const passed = new Promise<void>((resolve) => (letPass = resolve));
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() !== 'PATCH') {
      await route.continue();
      return;
    }
    const answer = await route.fetch();
    await passed;
    await route.fulfill({ response: answer });
  });
  return () => letPass();
}

it.each([
  ['my profile', '/settings', '/api/me', 'Display name', 'Save profile', 'Aurore T.', 'Aurore Roy'],
  [
    'a cohort',
    '/c/:cohort/settings',
    '/api/cohorts/:cohort',
    'Name',
    'Save name and language',
    'Cohort 9',
    'Cohort 9 bis',
  ],
  [
    'the room for files',
    '/c/:cohort/settings/files',
    '/api/cohorts/:cohort/storage',
    'Space per person (MB)',
    'Save storage limits',
    ...['2', '23'],
  ],
])('given %s is being saved, then what is typed meanwhile stays until it is saved itself', async (...of) => {
  const at = (place: string) => place.replace(':cohort', cohortId);
  const [, address, path, name, act, first, then] = of as [string, string, string, string, string, string, string];
  const { page, problems } = await signedInPage(browser, staff, world.url);
  await page.goto(`${world.url}${at(address)}`);
  const form = page.locator('form', { has: page.getByRole('button', { name: act, exact: true }) }).first();
  const field = form.getByLabel(name, { exact: true });
  const save = form.getByRole('button', { name: act, exact: true, disabled: false });
  const letPass = await held(page, at(path));
  await field.fill(first);
  await save.click();
  await field.fill(then);
  letPass();
  await save.waitFor();
  expect(await field.inputValue()).toBe(then);
  expect(await form.getByText('Saved', { exact: true }).count()).toBe(0);
  await save.click();
  await form.getByText('Saved', { exact: true }).waitFor();
  expect(await field.inputValue()).toBe(then);
  expect(problems).toEqual([]);
  await page.context().close();
});
