import type { Browser } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aPrivateChannel } from '../../support/rooms/chat.js';
import { aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
});
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
  await dialog.getByLabel('URL').fill('https://hooks.example.org/cordee');
  await dialog.getByRole('button', { name: 'Create webhook' }).click();
  const secret = dialog.getByText(/^whsec_/);
  await secret.waitFor();
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  expect(await secret.isVisible()).toBe(true);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
});

it('given its maker left, then the channel says so, and who stays takes it over; the team ends it from outside', async () => {
  const cohortId = await aCohort(world);
  const [staff, ines, leo] = [
    await aMember(world, cohortId, 'staff'),
    await aMember(world, cohortId, 'fellow'),
    await aMember(world, cohortId, 'fellow'),
  ];
  const room = await aPrivateChannel(ines, cohortId, [leo]);
  await ines.client.post(`/api/channels/${room}/webhooks`, { direction: 'in', name: 'Builds' });
  await ines.client.delete(`/api/channels/${room}/members/me`);
  const { page, problems } = await signedInPage(browser, leo, world.url);
  await page.goto(`${world.url}/c/${cohortId}/chat/${room}`);
  await page.getByText('The webhook Builds was stopped').waitFor();
  await page.getByRole('button', { name: 'Webhooks', exact: true }).click();
  const panel = page.getByRole('complementary', { name: 'Webhooks' });
  await panel.getByText('Stopped: no owner').waitFor();
  await panel.getByRole('button', { name: 'Take over' }).click();
  const dialog = page.getByRole('dialog', { name: 'You now own Builds' });
  await dialog.getByText(/^http\S*\/api\/hooks\//).waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await panel.getByText(`Owner: ${leo.name}`).waitFor();
  await page.getByText('The webhook Builds has a new owner and works again.').waitFor();

  const team = await signedInPage(browser, staff, world.url);
  await team.page.goto(`${world.url}/c/${cohortId}/settings/webhooks`);
  const row = team.page.getByRole('listitem').filter({ hasText: 'Builds' });
  await row.getByText('A private channel').waitFor();
  await team.page.setViewportSize({ width: 390, height: 844 });
  await row.getByRole('button', { name: 'End Builds' }).click();
  await team.page.getByRole('button', { name: 'End the webhook' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByText('The programme team ended the webhook Builds.').waitFor();
  expect([...problems, ...team.problems]).toEqual([]);
});
