import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let [ines, leo, aurore]: TestPerson[] = [];
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
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
  aurore = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const ask = async (title: string, as = ines!) =>
  (await as.client.post(`${C}/topics`, { title, body: `About: ${title}` })).body;
const reply = async (topicId: string, body: string, as = leo!) =>
  (await as.client.post(`${C}/topics/${topicId}/posts`, { body })).body;

async function open(as: TestPerson, path: string, { expected = [] as number[], width = 1280 } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, { expected });
  opened.push(problems);
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${world.url}/c/${cohortId}/forum${path}`);
  return page;
}

/** Opens the menu of the topic and takes one of its acts, by keyboard. */
async function choose(page: Page, act: string): Promise<void> {
  await page.getByRole('button', { name: 'Topic actions' }).press('Enter');
  await page.getByRole('menuitem', { name: act }).press('Enter');
}
const dialogOf = (page: Page) => page.getByRole('dialog');

it('given staff close a topic with a reason, then who reads it sees that at once in the place of the reply box, in French on a phone', async () => {
  const { id } = await ask('Who has the seal');
  const reader = await open(leo!, `/${id}`, { width: 390 });
  await reader.getByRole('textbox', { name: 'Votre réponse' }).waitFor();
  const page = await open(aurore!, `/${id}`);
  await choose(page, 'Close topic');
  await dialogOf(page).getByRole('textbox', { name: 'Reason (optional)' }).fill('It is in the handbook');
  await expectNoAxeViolations(page);
  await dialogOf(page).getByRole('button', { name: 'Close topic' }).click();
  await page.getByText('This topic is closed to replies.').waitFor();
  await reader.getByText('Aurore Tessier a fermé ce sujet,').waitFor();
  // The topic and its line among the posts are asked for each by itself.
  await eventually(async () => expect(await reader.getByText('It is in the handbook').count()).toBe(2));
  await reader.getByRole('textbox', { name: 'Votre réponse' }).waitFor({ state: 'detached' });
  await expectNoAxeViolations(reader);
  await page.getByRole('button', { name: 'Reopen topic' }).click();
  await reader.getByRole('textbox', { name: 'Votre réponse' }).waitFor();
  await choose(page, 'Moderation log');
  await dialogOf(page).getByRole('cell', { name: 'Closed it It is in the handbook' }).waitFor();
});

it('given staff pin a topic until a day, then it stands first in the list', async () => {
  const first = await ask('Read this first');
  await ask('Who has the seal');
  const page = await open(aurore!, `/${first.id}`);
  await choose(page, 'Pin topic');
  await dialogOf(page).getByLabel('Until').waitFor();
  await dialogOf(page).getByRole('button', { name: 'Pin topic' }).click();
  await page.getByText(/^Aurore Tessier pinned this topic until/).waitFor();
  const list = await open(leo!, '');
  const pinned = list.getByRole('region', { name: 'Épinglé' });
  await pinned.getByRole('link', { name: 'Read this first' }).waitFor();
  expect(await list.getByRole('link', { name: 'Read this first' }).count()).toBe(1);
  await expectNoAxeViolations(list);
});

it('given staff move replies to a new topic, then a line leads there, and so does the old address', async () => {
  const { id } = await ask('Which licence do we take');
  await reply(id, 'Who signs it?');
  await reply(id, 'The legal office.', ines);
  await reply(id, 'Take the EUPL.');
  const page = await open(aurore!, `/${id}`);
  await choose(page, 'Move replies');
  const dialog = dialogOf(page);
  await dialog
    .getByRole('checkbox', { name: /Léo Fabre/ })
    .first()
    .check();
  await dialog.getByRole('checkbox', { name: /Inès Carpentier/ }).check();
  await dialog.getByText('New topic', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Move 2 replies' }).click();
  await dialog.getByText('Enter a title of at least five characters.').waitFor();
  await dialog.getByRole('textbox', { name: 'Title of the new topic' }).fill('Who signs a licence');
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Move 2 replies' }).click();
  await page.getByRole('heading', { name: 'Who signs a licence' }).waitFor();
  const reader = await open(ines!, `/${id}`);
  await reader.getByText(/^2 replies moved by Aurore Tessier,/).waitFor();
  await expectNoAxeViolations(reader);
  await reader.goto(`${world.url}/c/${cohortId}/forum/${id}#post-3`);
  await reader.getByRole('heading', { name: 'Who signs a licence' }).waitFor();
  await reader.locator('#post-2').getByText('The legal office.').waitFor();
});

it('given staff merge a topic, then they see what happens before, and who reads it is led on', async () => {
  const [one, two] = [await ask('Where is the seal'), await ask('Who has the seal')];
  await reply(one.id, 'At the desk.');
  const reader = await open(ines!, `/${one.id}`, { expected: [404] });
  await reader.getByText('At the desk.').waitFor();
  const page = await open(aurore!, `/${one.id}`, { expected: [404] });
  await choose(page, 'Merge topic');
  const dialog = dialogOf(page);
  await dialog.getByRole('searchbox', { name: 'Target topic' }).fill('who has');
  await dialog.getByRole('radio', { name: /Who has the seal/ }).check();
  await dialog.getByText('2 posts move to “Who has the seal”, after its posts.').waitFor();
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Merge topic' }).click();
  for (const each of [page, reader]) {
    await each.getByRole('heading', { name: 'Who has the seal' }).waitFor();
    await each.getByText('Asked as “Where is the seal”').waitFor();
  }
  await reader.goto(`${world.url}/c/${cohortId}/forum/${one.id}#post-2`);
  await reader.locator('#post-3').getByText('At the desk.').waitFor();
  expect(two.id).toBe(reader.url().match(/forum\/(\w+)/)?.[1]);
});

it('given somebody is thankful for a reply, then who asked is asked, chooses it, and it is said who chose', async () => {
  const { id } = await ask('Where is the seal');
  const { id: postId } = await reply(id, 'At the desk.');
  await aurore!.client.put(`${C}/posts/${postId}/vote`);
  const page = await open(ines!, `/${id}`);
  await page.getByText('1 person found this helpful. Does it answer your question?').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Accept answer' }).press('Enter');
  await page.getByRole('region', { name: 'Accepted answer' }).getByText('Chosen by Inès Carpentier,').waitFor();
});

it('given its author marks a question as asked before, then it leads to the other one', async () => {
  const [first, again] = [await ask('Where is the seal', leo), await ask('Who has the seal')];
  const page = await open(ines!, `/${again.id}`);
  await choose(page, 'Mark as duplicate');
  await dialogOf(page)
    .getByRole('radio', { name: /Where is the seal/ })
    .check();
  await dialogOf(page).getByRole('button', { name: 'Mark as duplicate' }).click();
  await page.getByText('This question is a duplicate. Reply to the original.').waitFor();
  await page.getByRole('link', { name: 'Where is the seal' }).first().click();
  await page.getByRole('heading', { name: 'Where is the seal' }).waitFor();
  expect(page.url()).toContain(first.id);
});
