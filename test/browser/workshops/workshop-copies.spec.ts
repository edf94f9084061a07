import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let next: string;
let staff: TestPerson;
let fellow: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { name: 'Cohort 7', country: NO_HOLIDAYS });
  next = await aCohort(world, { name: 'Cohort 8', country: NO_HOLIDAYS });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  await join(world, next, staff.id, 'staff');
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson, path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [409, 422] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${path}`);
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const plannedIn = (days: number) => ({
  startsAt: `${dayIn(days)}T12:00:00.000Z`,
  endsAt: `${dayIn(days)}T14:00:00.000Z`,
});

it('given a workshop, then a fellow makes one like it on another day, as a proposal of theirs', async () => {
  const { id } = await aWorkshop(staff, cohortId, { title: 'Plain words', capacity: 7, ...plannedIn(3) });
  const page = await open(fellow, `${cohortId}/workshops/${id}`);
  await button(page, 'More actions').click();
  await page.getByRole('menuitem', { name: 'Duplicate…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Duplicate “Plain words”' });
  await dialog.getByLabel('Date', { exact: true }).fill(dayIn(-3));
  await dialog.getByRole('button', { name: 'Create draft' }).click();
  await dialog.getByText('Choose a time in the future.').waitFor();
  await dialog.getByLabel('Date', { exact: true }).fill(dayIn(10));
  await dialog.getByRole('button', { name: 'Create draft' }).click();
  await page.getByText('A proposal: only its hosts and the programme team see it.').waitFor();
  expect(page.url()).not.toContain(id);
  await page.getByRole('heading', { name: 'Plain words', level: 1 }).waitFor();
});

it('given staff keep a workshop as a template, then a new one starts from it; it is renamed and dropped', async () => {
  const { id } = await aWorkshop(staff, cohortId, { title: 'Field notes', capacity: 9, ...plannedIn(4) });
  const page = await open(staff, `${cohortId}/workshops/${id}`);
  await button(page, 'More actions').click();
  await page.getByRole('menuitem', { name: 'Save as template…' }).click();
  const saving = page.getByRole('dialog', { name: 'Save as template' });
  await saving.getByLabel('Template name').fill('Half a day outside');
  await saving.getByRole('button', { name: 'Save template' }).click();
  await page.getByText('“Half a day outside” is kept as a template').waitFor();

  await page.goto(`${world.url}/c/${cohortId}/workshops/new`);
  await page.getByLabel('Use a template').selectOption('Half a day outside');
  await page.getByLabel('Date', { exact: true }).fill(dayIn(20));
  await button(page, 'Use template').click();
  expect(await page.getByLabel('Title').inputValue()).toBe('Field notes');
  expect(await page.getByLabel('Date', { exact: true }).inputValue()).toBe(dayIn(20));
  await page.getByLabel('Title').focus();
  await page.keyboard.insertText('x'.repeat(130));
  await page.getByText('Only 120 characters fit here.', { exact: false }).waitFor();
  await page.getByLabel('Title').fill('Field notes');
  await button(page, 'Save draft').click();
  await page.getByText('Draft: visible to its hosts and the programme team.').waitFor();
  // Back is where one came from, not the form that is empty again.
  await page.goBack();
  await page.waitForURL((url) => url.pathname.endsWith(`/workshops/${id}`));
  // Without its service worker a page that is left while it asks for its login loses it.
  await page.getByRole('heading', { name: 'Field notes', level: 1 }).waitFor();

  await page.goto(`${world.url}/c/${cohortId}/workshops/new`);
  await button(page, 'Manage templates').click();
  const managing = page.getByRole('dialog', { name: 'Manage templates' });
  await managing.getByLabel('Name of template “Half a day outside”').fill('A day outside');
  await managing.getByRole('button', { name: 'Rename' }).click();
  await managing.getByRole('button', { name: 'Delete template “A day outside”' }).click();
  await managing.getByRole('button', { name: 'Delete', exact: true }).click();
  await managing.waitFor({ state: 'detached' });
  expect(await page.getByLabel('Use a template').count()).toBe(0);
});

it('given staff of two cohorts, then they see the table, leave one out, copy the others, and find them there', async () => {
  await aWorkshop(staff, cohortId, { title: 'Kept at home', ...plannedIn(5) });
  await aWorkshop(staff, cohortId, { title: 'Taken along', ...plannedIn(6) });
  const page = await open(staff, `${next}/workshops`);
  await page.getByRole('link', { name: 'Copy a programme' }).click();
  const table = page.getByRole('table');
  await table.getByRole('checkbox', { name: 'Taken along' }).waitFor();
  // Of another wish nothing is copied before its own table has come.
  let bring = () => {};
  const brought = new Promise<void>((resolve) => (bring = resolve));
  await page.route('**/workshops/copy/preview', async (route) => {
    await brought;
    await route.continue();
  });
  await page.getByLabel('On breaks and public holidays').selectOption('keep');
  const copy = (disabled: boolean) => page.getByRole('button', { name: /^Copy \d+ workshops$/, disabled });
  await copy(true).waitFor();
  bring();
  await copy(false).waitFor();
  await table.getByRole('checkbox', { name: 'Kept at home' }).uncheck();
  const wanted = await table.getByRole('checkbox', { checked: true }).count();
  await button(page, `Copy ${wanted} workshops`).click();
  await page.getByText(`${wanted} drafts created.`).waitFor();
  await table.getByRole('link', { name: 'Taken along' }).click();
  await page.getByText('Draft: visible to its hosts and the programme team.').waitFor();
  await page.goto(`${world.url}/c/${next}/workshops/copy`);
  await page.getByRole('table').getByRole('link', { name: 'Taken along' }).waitFor();
  await page.getByRole('table').getByRole('checkbox', { name: 'Kept at home' }).waitFor();
});
