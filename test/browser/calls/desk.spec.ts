import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, expectOnlyWords, settledPage } from '../../support/pages.js';
import { ANSWERS, aCall, anApplicant, handsIn } from '../../support/rooms/calls.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let [staff, karim]: TestPerson[] = [];
let call: Awaited<ReturnType<typeof aCall>>;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  karim = await aMember(world, cohortId, 'staff', { name: 'Karim Haddad', locale: 'fr' });
  const inDays = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString();
  call = await aCall(staff, cohortId, { opensAt: inDays(-2), closesAt: inDays(9) });
  for (const name of ['Anouk Lescure', 'Matteo Vidal', 'anouk LESCURE'])
    await handsIn(await anApplicant(world, call.slug), { ...ANSWERS, name });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name}.png` });
};
async function table(who: TestPerson, options: Parameters<typeof signedInPage>[3] = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, who, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/calls/${call.id}?tab=applications`);
  await settledPage(page);
  return page;
}

it('given a file, then staff tag it, note what others should know, and see that it may be there twice', async () => {
  const page = await table(staff!, { width: 1440, height: 1200 });
  await page.getByRole('link', { name: 'Anouk Lescure', exact: true }).press('Enter');
  const file = page.getByRole('region', { name: 'File' });
  await file.getByText('same name in this call').waitFor();
  await file.getByRole('combobox', { name: 'Add a tag' }).fill('To call');
  await page.keyboard.press('Enter');
  await file.getByText('To call', { exact: true }).waitFor();
  await file.getByText('Read by the programme team: Aurore Tessier and Karim Haddad. By nobody else.').waitFor();
  await file.getByRole('textbox', { name: 'A note about this file' }).fill('Speaks Dutch.\nAsk for a portfolio.');
  await file.getByRole('button', { name: 'Add the note' }).press('Enter');
  await file.getByRole('listitem').getByText('Ask for a portfolio.').waitFor();
  await expectNoAxeViolations(page);
  await file.getByRole('textbox', { name: 'A note about this file' }).scrollIntoViewIfNeeded();
  await draw(page, 'desk-file');

  // Escape in a field is of the field, and what is half written waits while one looks at the next file.
  const note = file.getByRole('textbox', { name: 'A note about this file' });
  await note.fill('Half a thought');
  await note.press('Escape');
  await file.getByRole('combobox', { name: 'Add a tag' }).press('Escape');
  await file.getByRole('button', { name: 'Next file' }).press('Enter');
  await page.getByRole('heading', { level: 2, name: /^8-0002/ }).waitFor();
  expect(await note.inputValue()).toBe('');
  await file.getByRole('button', { name: 'Previous file' }).press('Enter');
  await page.getByRole('heading', { level: 2, name: /^8-0001/ }).waitFor();
  expect(await note.inputValue()).toBe('Half a thought');
  await note.fill('');

  await page.getByRole('combobox', { name: 'Tag', exact: true }).selectOption('To call');
  await page.getByRole('link', { name: 'Matteo Vidal' }).waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'Tag', exact: true }).selectOption('All tags');
  await page.getByRole('checkbox', { name: 'Only those that may be there twice' }).click();
  await page.getByText('2 of 3').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'desk-table');
  await file.getByRole('link', { name: /anouk LESCURE/ }).press('Enter');
  await page.getByRole('heading', { level: 2, name: /^8-0003/ }).waitFor();
  await file.getByRole('combobox', { name: 'Add a tag' }).fill('to');
  await page.getByRole('listbox').getByRole('option', { name: 'To call' }).click();
  await file.getByRole('button', { name: 'Remove the tag To call' }).press('Enter');
  await file.getByRole('button', { name: 'Remove the tag To call' }).waitFor({ state: 'detached' });
});

it('given a phone in French, in the dark, then another one reads the note, and cannot delete it', async () => {
  const page = await table(karim!, { width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'desk-table.fr.390.dark');
  await page.getByRole('link', { name: 'Anouk Lescure', exact: true }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Ask for a portfolio.').waitFor();
  await dialog.getByText('Lu par l’équipe du programme').waitFor();
  expect(await dialog.getByRole('button', { name: 'Supprimer' }).count()).toBe(0);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await dialog.getByText('Ask for a portfolio.').scrollIntoViewIfNeeded();
  await draw(page, 'desk-file.fr.390.dark');
});
