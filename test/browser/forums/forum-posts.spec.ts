import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let ines: TestPerson;
let leo: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

const ask = async (body = 'No answer for 40 days.') =>
  (await ines.client.post(`${C}/topics`, { title: 'Which letter was answered?', body })).body;

async function open(topicId: string, expected: number[] = []): Promise<Page> {
  const { page, problems } = await signedInPage(browser, ines, world.url, { expected });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/${topicId}`);
  return page;
}

it('given a post that is edited with a reason, then anybody sees what changed, word by word', async () => {
  const { id } = await ask('<img src=x onerror=alert(1)> No answer for 40 days.');
  const page = await open(id);
  const post = page.locator('#post-1');
  await post.getByRole('button', { name: 'Edit', exact: true }).click();
  await post.getByRole('textbox', { name: 'Your post' }).fill('<img src=x onerror=alert(1)> Yes after 43 days.');
  await post.getByRole('textbox', { name: /^Why/ }).fill('the answer came');
  await post.getByRole('button', { name: 'Save changes' }).click();
  await post.getByRole('button', { name: 'edited' }).click();
  const history = post.getByRole('region', { name: 'Changes' });
  await history.getByText('“the answer came”').waitFor();
  expect(await history.locator('del').allTextContents()).toEqual(['No answer for 40']);
  expect(await history.locator('ins').allTextContents()).toEqual(['Yes after 43']);
  expect(await history.locator('img').count()).toBe(0);
  await expectNoAxeViolations(page);
});

it('given a topic that nobody answered is deleted, then it can be taken back at once, or found among the deleted ones', async () => {
  const { id } = await ask();
  const page = await open(id, [404]);
  const remove = async () => {
    await page.locator('#post-1').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Topic deleted.').waitFor();
  };
  await remove();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.locator('#post-1').getByText('No answer for 40 days.').waitFor();
  await remove();
  await page.getByRole('link', { name: 'Deleted topics' }).click();
  await page.getByRole('heading', { name: 'Deleted topics' }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Restore “Which letter was answered?”' }).click();
  await page.locator('#post-1').getByText('No answer for 40 days.').waitFor();
});

it('given a deleted reply of mine, then I restore it where it stood; given an emoji of another, then it comes by itself', async () => {
  const { id } = await ask();
  await leo.client.post(`${C}/topics/${id}/posts`, { body: 'Mine was.' });
  const { id: postId } = (await ines.client.post(`${C}/topics/${id}/posts`, { body: 'Which one?' })).body;
  await ines.client.delete(`${C}/posts/${postId}`);
  const page = await open(id);
  const post = page.locator('#post-3');
  await post.getByText('The author deleted this post.').waitFor();
  await post.getByRole('button', { name: 'Restore' }).press('Enter');
  await post.getByText('Which one?').waitFor();
  await leo.client.put(`${C}/posts/${postId}/reactions/${encodeURIComponent('🎉')}`);
  const reaction = (names: string) => post.getByRole('button', { name: `🎉: ${names}` });
  await reaction('Léo Fabre').click();
  await reaction('Léo Fabre, You').waitFor();
  await post.getByRole('button', { name: 'React' }).click();
  await page.getByRole('textbox', { name: 'Search emoji' }).waitFor();
  await expectNoAxeViolations(page);
});
