import type { Browser } from 'playwright-core';
import { type TestWorld, startWorld } from '../support/app.js';
import { openBrowser, signedInPage } from '../support/browser.js';
import { aCohort, aMember } from '../support/factories.js';

let world: TestWorld;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

it('given a webhook just made, then its secret, which is shown once, stays until it is put away on purpose', async () => {
  const cohortId = await aCohort(world);
  const staff = await aMember(world, cohortId, 'staff');
  const { page, problems } = await signedInPage(browser, staff, world.url);
  await page.goto(`${world.url}/c/${cohortId}/settings/webhooks`);
  await page.getByRole('button', { name: 'New webhook' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New webhook' });
  await dialog.getByLabel('Name').fill('Board of the team');
  await dialog.getByLabel('Address').fill('https://hooks.example.org/cordee');
  await dialog.getByRole('button', { name: 'Create the webhook' }).click();
  const secret = dialog.getByText(/^whsec_/);
  await secret.waitFor();
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  expect(await secret.isVisible()).toBe(true);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
}, 60_000);
