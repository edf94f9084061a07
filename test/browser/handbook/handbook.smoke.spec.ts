import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let [ines, leo, staff]: TestPerson[] = [];
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}/handbook`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(
  path: string,
  { as = ines!, ...options }: { as?: TestPerson; width?: number; height?: number; expected?: number[] } = {},
): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/handbook${path}`);
  return page;
}
const aPage = async (page: object, as = ines!): Promise<string> => (await as.client.post(C, page)).body.id;
const words = (title: string, body = '') => ({ title, body });

it('given nothing, then one writes the first page, and another below it in both languages', async () => {
  const page = await open('');
  await page.getByText('Here stays what next year’s cohort should know.').waitFor();
  await page.getByRole('link', { name: 'New page' }).first().click();
  await page.getByRole('textbox', { name: 'Title in English' }).fill('Working in an agency');
  await page.getByRole('textbox', { name: 'Text in English' }).fill('Who decides what.');
  await page.getByRole('button', { name: 'Add the page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Working in an agency' }).waitFor();
  await page.getByRole('button', { name: 'More about this page' }).click();
  await page.getByRole('menuitem', { name: 'New page below this one' }).click();
  await page.getByText('Both', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Title in English' }).fill('Publish code');
  await page.getByRole('textbox', { name: 'Title in French' }).fill('Publier du code');
  await page.getByRole('textbox', { name: 'Text in French' }).fill('Demander d’abord.');
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Add the page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Publish code' }).waitFor();
  const tree = page.getByRole('navigation', { name: 'Pages of the handbook' });
  await tree.getByRole('link', { name: 'Publish code' }).waitFor();
  await page.getByText('Français', { exact: true }).click();
  await page.getByText('Demander d’abord.').waitFor();
  await tree.getByRole('link', { name: 'Working in an agency' }).click();
  await page.getByText('Français', { exact: true }).click();
  await page.getByText('This page is in English only so far.').waitFor();
  await page.getByRole('button', { name: 'Write it in French' }).click();
  await page.getByRole('textbox', { name: 'Title in French' }).waitFor();
});

it('given a page with headings, then they lead to its parts, and a search finds it by other forms of its words', async () => {
  const parentId = await aPage({ en: words('Working in an agency') });
  const parts = ['Who says yes', 'The scan', 'If somebody says no'].map(
    (one) => `## ${one}\n\n${'Text. '.repeat(300)}`,
  );
  await aPage({ en: words('Publish code', `Ask for licences.\n\n${parts.join('\n\n')}`), parentId });
  const page = await open('');
  await page.getByRole('searchbox').fill('licence');
  await page.getByRole('link', { name: /Publish code Ask/ }).click();
  const contents = page.getByRole('navigation', { name: 'On this page' });
  await contents.getByRole('link', { name: 'If somebody says no' }).click();
  expect(await page.getByRole('heading', { name: 'If somebody says no' }).getAttribute('aria-level')).toBe('2');
  await contents.locator('[aria-current="location"]').getByText('If somebody says no').waitFor();
  await expectNoAxeViolations(page);
});

it('given two who change a page at once, then what only one changed stands, and of what both did nothing is lost', async () => {
  const seen = words('First week', 'Badge.\n\nCoffee.\n\nKeys.\n\nLunch.');
  const id = await aPage({ en: seen });
  const page = await open(`/${id}`, { expected: [409] });
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const text = page.getByRole('textbox', { name: 'Text in English' });
  await text.fill('Badge.\n\nCoffee.\n\nKeys at the desk.\n\nLunch.');
  const theirs = words('First week', 'Badge on Monday.\n\nCoffee.\n\nKeys from Sylvain.\n\nLunch.');
  await leo!.client.patch(`${C}/${id}`, { en: theirs, seen: { en: seen, fr: null } });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Somebody changed the same paragraphs of the English').waitFor();
  await page.getByText('Keys from Sylvain.').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Merge' }).click();
  expect(await text.inputValue()).toBe(
    'Badge on Monday.\n\nCoffee.\n\nKeys from Sylvain.\n\nKeys at the desk.\n\nLunch.',
  );
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'History, 3 versions' }).click();
  await page.getByRole('region', { name: 'What the page said before' }).getByText('Inès Carpentier').waitFor();
  await page.locator('ins', { hasText: 'desk' }).waitFor();
  await expectNoAxeViolations(page);
});

it('given staff on a phone, then they move a page, delete it, and bring it back', async () => {
  const parentId = await aPage({ en: words('Working in an agency') });
  const id = await aPage({ en: words('Publish code') });
  const page = await open(`/${id}`, { as: staff!, width: 390, height: 844, expected: [404] });
  await page.getByRole('button', { name: 'More about this page' }).click();
  await page.getByRole('menuitem', { name: 'Move the page' }).click();
  await page.getByRole('combobox', { name: 'Below' }).click();
  await page.getByRole('option', { name: 'Working in an agency' }).click();
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText('Working in an agency').waitFor();
  expect((await ines!.client.get(`${C}/${id}`)).body.parentId).toBe(parentId);
  await page.getByRole('button', { name: 'More about this page' }).click();
  await page.getByRole('menuitem', { name: 'Delete the page' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Handbook' }).waitFor();
  await page.getByRole('button', { name: '1 page' }).click();
  await page.getByRole('link', { name: 'Deleted pages' }).click();
  await page.getByRole('button', { name: 'Restore “Publish code”' }).click();
  await page.getByRole('heading', { level: 1, name: 'Publish code' }).waitFor();
});
