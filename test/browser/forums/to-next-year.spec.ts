import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson, join } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

/** The way of a question through the forum: asked on a phone, answered, a wiki, a page of the handbook, and read by next year's cohort. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let [leo, ines, aurore, noe]: TestPerson[] = [];
const opened: string[][] = [];

const TITLE = 'Comment retrouver une ancienne parcelle ?';
const PHONE = { width: 390, height: 844 };

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world, { name: 'Cohort 7' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  aurore = await aPerson(world, { name: 'Aurore Tessier', isAdmin: true });
  await join(world, cohortId, aurore.id, 'staff');
  noe = await aPerson(world, { name: 'Noé Garnier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(as: TestPerson, path: string, options: { width?: number; height?: number } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}${path}`);
  return page;
}
const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/walk-${name}.png` });
};
const box = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
/** What is done with a topic as a whole. */
async function actOn(page: Page, menu: string, act: string): Promise<void> {
  await page.getByRole('button', { name: menu }).press('Enter');
  await page.getByRole('menuitem', { name: act }).press('Enter');
}

/** A fellow asks on a phone, in French. Answers with the path of the topic. */
async function asks(phone: Page): Promise<string> {
  await box(phone, 'Votre question').fill(TITLE);
  await box(phone, 'Ce que vous savez déjà').fill('Le cadastre a changé en **1974**.');
  await expectNoAxeViolations(phone);
  await draw(phone, 'asks');
  await phone.getByRole('button', { name: 'Poser la question' }).click();
  await phone.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  return new URL(phone.url()).pathname;
}

/** A peer finds the question in the forum, replies, and lets everybody edit it. */
async function replies(desk: Page): Promise<void> {
  await desk.getByRole('link', { name: TITLE }).click();
  await box(desk, 'Your reply').fill('Ask the archives of the département.');
  await desk.keyboard.press('Control+Enter');
  const reply = desk.locator('#post-2');
  await reply.getByText('Ask the archives').waitFor();
  await reply.getByRole('button', { name: 'Make it a wiki' }).click();
  await reply.getByText('Wiki: everyone can edit.').waitFor();
}

/** Who asked adds to the wiki, and accepts it. */
async function accepts(phone: Page): Promise<void> {
  const reply = phone.locator('#post-2');
  await reply.getByText('Wiki : tout le monde peut modifier.').waitFor();
  await reply.getByRole('button', { name: 'Modifier', exact: true }).click();
  const words = box(phone, 'Votre message');
  await eventually(async () => expect(await words.inputValue()).toBe('Ask the archives of the département.'));
  await words.fill('Ask the archives of the département.\n\nLa série 3P suffit.');
  await reply.getByRole('button', { name: 'Enregistrer' }).click();
  await reply.getByText('La série 3P suffit.').waitFor();
  await words.waitFor({ state: 'detached' });
  await expectNoAxeViolations(phone);
  await draw(phone, 'wiki');
  await reply.getByRole('button', { name: 'Accepter comme réponse' }).click();
  await phone.getByRole('region', { name: 'Réponse acceptée' }).getByText('La série 3P suffit.').waitFor();
}

/** Staff make it a page of the handbook, and next year's cohort with that. Answers with the new cohort. */
async function passesOn(page: Page): Promise<string> {
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  await actOn(page, 'Topic actions', 'Make it a handbook page');
  const title = page.getByRole('textbox', { name: /^Title in/ }).first();
  await eventually(async () => expect(await title.inputValue()).toBe(TITLE));
  await page.getByRole('button', { name: 'Add the page' }).click();
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor();
  await page.getByText('La série 3P suffit.').waitFor();
  await draw(page, 'page');
  await page.goto(`${world.url}/admin`);
  await page.getByRole('button', { name: 'New cohort' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New cohort' });
  await dialog.getByLabel('Template').selectOption({ label: 'A copy of Cohort 7' });
  await dialog.getByLabel('Name', { exact: true }).fill('Cohort 8');
  await dialog.getByLabel('First day').fill('2027-09-01');
  await dialog.getByText('From 1 September 2027', { exact: false }).waitFor();
  await dialog.getByRole('button', { name: 'Make the cohort' }).click();
  await page.waitForURL(/\/c\/[0-9a-f]{24}\/settings/);
  await world.settled();
  return /\/c\/([0-9a-f]{24})\//.exec(page.url())![1]!;
}

it('given a question asked on a phone, then it becomes an answer, a wiki, a page of the handbook, and next year’s cohort reads it there and in the commons', async () => {
  const phone = await open(leo!, `/c/${cohortId}/forum/new`, PHONE);
  const path = await asks(phone);
  world.clock.advance(60_000);
  const desk = await open(ines!, `/c/${cohortId}/forum`);
  await replies(desk);
  await accepts(phone);
  await desk.getByText('La série 3P suffit.').waitFor();

  const staff = await open(aurore!, path);
  const next = await passesOn(staff);
  await phone.getByRole('link', { name: 'Dans le guide' }).waitFor();

  // Its words go to all cohorts only where their authors say so.
  await actOn(phone, 'Actions sur le sujet', 'Partager avec toutes les promotions');
  await phone.getByRole('button', { name: 'Partager avec toutes les promotions' }).click();
  await phone.waitForURL(/\/commons\/[0-9a-f]{24}$/);

  await join(world, next, noe!.id, 'fellow');
  const reader = await open(noe!, `/c/${next}/handbook`, PHONE);
  await reader.getByRole('link', { name: TITLE }).first().click();
  await reader.getByText('La série 3P suffit.').waitFor();
  await reader.getByText('Copied from the handbook of Cohort 7.').waitFor();
  await expectNoAxeViolations(reader);
  await draw(reader, 'next-year');
  // The topic from which it was made stays with its cohort.
  expect(await reader.locator(`a[href^="/c/${cohortId}"]`).count()).toBe(0);
  await reader.goto(`${world.url}/commons`);
  await reader.getByRole('link', { name: TITLE }).click();
  await reader.getByText('Le cadastre a changé en').waitFor();
  expect(await reader.getByText('Ask the archives').count()).toBe(0);
});
