import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let topicId: string;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  const topics = `/api/cohorts/${cohortId}/topics`;
  const body = { title: 'Which register holds the streets?', body: 'I found two of them.', tags: ['archives'] };
  topicId = (await leo.client.post(topics, body)).body.id as string;
  await leo.client.post(`${topics}/${topicId}/posts`, { body: 'The one of the post office.' });
  await leo.client.post(`${topics}/${topicId}/posts`, { body: 'Ask the town hall.' });
  await leo.client.post(topics, { title: 'Another register?', body: 'Of the ports.', tags: [] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, ines, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/${path}`);
  return page;
}

it('given words and an operator from its hint, then what is found leads to the post', async () => {
  const page = await open('forum');
  const field = page.getByRole('searchbox', { name: 'Search the forum' });
  await field.fill('town halls');
  const hit = page.getByRole('link', { name: 'Which register holds the streets?' });
  await hit.waitFor();
  await page.getByText('Reply 2').waitFor();
  await page.getByRole('button', { name: /^tag:law/ }).click();
  await field.pressSequentially('nothing');
  await page.getByText('No topic has the tag “nothing”.').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Remove: Tag nothing' }).click();
  await field.fill('register -ports colour:blue');
  await page.getByText('“colour” is not a filter and is searched as a word.').waitFor();
  await field.fill('register -ports -tag:archives');
  await page.getByRole('button', { name: 'Remove: Not: Tag archives' }).click();
  await hit.waitFor();
  expect(await page.getByRole('link', { name: 'Another register?' }).count()).toBe(0);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: /^-word/ }).click();
  expect(await field.inputValue()).toBe('register -ports -');
  await field.fill('town halls');
  await page.getByText('Reply 2').waitFor();
  await hit.click();
  await page.waitForURL(/#post-3$/);
  await page.locator('#post-3:focus').waitFor();
});

it('given a bookmark with a note and a reminder, then it stands under Bookmarks, and goes when it is taken away', async () => {
  const page = await open(`forum/${topicId}`);
  const act = page.locator('#post-2').getByRole('button', { name: 'Bookmark' });
  await act.click();
  await page.getByText('Kept under Bookmarks.').waitFor();
  await page.locator('#post-2 [aria-pressed="true"][data-bookmark]').waitFor();
  await act.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Note').fill('Call them on Monday');
  await dialog.getByRole('switch', { name: 'Remind me' }).click();
  await dialog.getByLabel('Day').waitFor();
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.goto(`${world.url}/c/${cohortId}/forum?tab=bookmarks`);
  await page.getByText('Call them on Monday').waitFor();
  await page.getByText('Reminder').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Edit the bookmark of “Which register holds the streets?”' }).click();
  await page.getByRole('button', { name: 'Remove bookmark' }).click();
  await page.getByText('No bookmarks yet').waitFor();
});

it('given single keys, then they go through posts, keep, reply and search; switched off they do nothing', async () => {
  const page = await open(`forum/${topicId}`);
  await page.locator('#post-3').waitFor();
  await page.keyboard.press('j');
  await page.locator('#post-1:focus').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.locator('#post-3:focus').waitFor();
  await page.keyboard.press('k');
  await page.locator('#post-2:focus').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('b');
  await page.locator('#post-3 [aria-pressed="true"][data-bookmark]').waitFor();
  await page.keyboard.press('r');
  await page.locator('textarea:focus').waitFor();
  await page.keyboard.type('jk');
  expect(await page.locator('textarea:focus').inputValue()).toBe('jk');
  await page.locator('#post-2').focus();
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: 'Search the forum' }).and(page.locator(':focus')).waitFor();
  await page.goto(`${world.url}/settings/forum`);
  await page.getByRole('switch', { name: 'Use single-letter shortcuts in the forum and inbox' }).click();
  await page.goto(`${world.url}/c/${cohortId}/forum/${topicId}`);
  await page.locator('#post-3').waitFor();
  await page.keyboard.press('j');
  expect(await page.locator('article:focus').count()).toBe(0);
});

it('given the feeds of the forum, then an address is made, shown once, and ended', async () => {
  const page = await open('forum');
  await page.getByRole('button', { name: 'Forum feeds' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Content', { exact: true }).selectOption('#archives');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await dialog.getByText(/\/api\/forum-feeds\/.+\.atom/).waitFor();
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Delete the link: #archives' }).click();
  await dialog.getByText('None yet.').waitFor();
});
