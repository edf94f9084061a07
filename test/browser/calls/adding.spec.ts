import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, expectOnlyWords, settledPage } from '../../support/pages.js';
import { aCall } from '../../support/rooms/calls.js';
import { mailTo } from '../../support/rooms/guests.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let call: Awaited<ReturnType<typeof aCall>>;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
  call = await aCall(staff, cohortId, { opensAt: inDays(-2), closesAt: inDays(9) });
  await staff.client.post(`${call.path}/close`);
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
};
async function table(options: { width?: number; height?: number; expected?: number[] } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, staff, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/calls/${call.id}?tab=applications`);
  await settledPage(page);
  return page;
}

it('given a file came by mail after the closing, then staff type it in, and it stands in the table with who added it', async () => {
  const page = await table({ width: 1440, height: 1100, expected: [422] });
  await page.getByRole('button', { name: 'Add a file that came by email' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Their email address' }).fill('salome@people.test');
  await dialog.getByRole('button', { name: 'Add the file' }).press('Enter');
  await dialog.getByText('This is required').or(dialog.getByText('Fill this in')).first().waitFor();
  await dialog.getByRole('textbox', { name: /^First and last name/ }).fill('Salomé Payet');
  await dialog.getByRole('radio', { name: 'Designer' }).check();
  // Beside it, or Escape: nothing that was typed is lost.
  await page.mouse.click(5, 5);
  await page.keyboard.press('Escape');
  expect(await dialog.getByRole('textbox', { name: /^First and last name/ }).inputValue()).toBe('Salomé Payet');
  await expectNoAxeViolations(page);
  await draw(page, 'adding-dialog');
  await dialog.getByRole('button', { name: 'Add the file' }).press('Enter');
  await page.getByText('Added by Aurore Tessier of the team.').waitFor();
  await page.getByText('Nobody has opened the link that went to salome@people.test yet.').waitFor();
  await page.getByRole('row').filter({ hasText: 'Salomé Payet' }).getByText('Handed in').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'adding-added');
  expect((await mailTo(world, 'salome@people.test', 'Handed in')).text).toContain('The programme team added');
});

it('given a wrong address, then staff take the file away again, and it is in no table', async () => {
  const wrong = { email: 'salme@people.test', locale: 'en', answers: { name: 'Salme Payet' } };
  expect((await staff.client.post(`${call.path}/applications`, wrong)).status).toBe(201);
  const page = await table({ width: 1440, height: 1100, expected: [404] });
  await page.getByRole('link', { name: 'Salme Payet' }).press('Enter');
  await page.getByRole('button', { name: 'Remove the application' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/Do so if salme@people.test is a wrong address/).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'adding-remove');
  await dialog.getByRole('button', { name: 'Remove the application' }).press('Enter');
  await page.getByRole('link', { name: 'Salme Payet' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Salomé Payet' }).waitFor();
});

it('given a phone in French, in the dark, then the form fits, and an address that is there is said', async () => {
  await staff.client.patch('/api/me', { locale: 'fr' });
  const page = await table({ width: 390, height: 844, expected: [409] });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Ajouter une candidature reçue par courriel' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Son adresse' }).fill('salome@people.test');
  await dialog.getByRole('textbox', { name: /^Prénom et nom/ }).fill('Salomé Payet');
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'adding-dialog.fr.390.dark');
  await dialog.getByRole('button', { name: 'Ajouter la candidature' }).press('Enter');
  await dialog.getByText('Cette adresse a déjà une candidature').waitFor();
  await draw(page, 'adding-taken.fr.390.dark');
});
