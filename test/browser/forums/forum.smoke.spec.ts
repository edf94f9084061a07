import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

/** A topic of Inès with replies of Léo, on her screen. */
async function openTopic(replies: string[]): Promise<Page> {
  const topics = `/api/cohorts/${cohortId}/topics`;
  const body = { title: 'Which register holds the streets?', body: 'I found two of them.', tags: [] };
  const { id } = (await ines.client.post(topics, body)).body;
  for (const reply of replies) await leo.client.post(`${topics}/${id}/posts`, { body: reply });
  const { page, problems } = await signedInPage(browser, ines, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/${id}`);
  return page;
}

const hasFocus = (page: Page, selector: string) => page.locator(`${selector}:focus`).waitFor();

it('given an answer accepted and withdrawn by the keyboard, then the focus stays with the post where it stands', async () => {
  const page = await openTopic(['The one of the post office.', 'Ask the town hall.']);
  await page.locator('#post-3').getByRole('button', { name: 'Accept as answer' }).press('Enter');
  const answer = page.getByRole('region', { name: 'Accepted answer' });
  await answer.getByText('Ask the town hall.').waitFor();
  await hasFocus(page, '#post-3');
  await answer.getByRole('button', { name: 'Unaccept answer' }).press('Enter');
  await answer.waitFor({ state: 'detached' });
  await hasFocus(page, '#post-3');
});

it('given a vote by a double click, then it counts once and stays; another click takes it back', async () => {
  const page = await openTopic(['The one of the post office.']);
  const vote = (votes: number) =>
    page.locator('#post-2').getByRole('button', { name: new RegExp(`^${votes} votes?\\b`) });
  await vote(0).dblclick();
  await vote(1).waitFor();
  await page.waitForLoadState('networkidle');
  expect(await vote(1).getAttribute('aria-pressed')).toBe('true');
  await vote(1).click();
  await vote(0).waitFor();
});

it('given a reported post that was edited clean, then staff are led to it as it was when it was flagged, and decide', async () => {
  const staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const topic = { title: 'Who wrote this register?', body: 'The fools of the town hall.', tags: [] };
  const { question } = (await leo.client.post(`/api/cohorts/${cohortId}/topics`, topic)).body;
  const post = `/api/cohorts/${cohortId}/posts/${question.id as string}`;
  expect((await ines.client.post(`${post}/flag`, { reason: 'It insults them' })).status).toBe(204);
  world.clock.advance(1000);
  expect((await leo.client.patch(post, { body: 'I ask for a friend.' })).status).toBe(200);
  const { page, problems } = await signedInPage(browser, staff, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}`);
  await page.getByRole('link', { name: 'A post by Léo Fabre was flagged' }).click();
  const row = page.getByRole('button', { name: 'Léo Fabre in Who wrote this register?' });
  const drawer = page.getByRole('dialog');
  // The script of the drawer comes with the first of them.
  for (const _ of ['first', 'again']) {
    await row.press('Enter');
    await drawer.getByText('It insults them').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await eventually(async () =>
      expect(await row.evaluate((one: any) => one === one.ownerDocument.activeElement)).toBe(true),
    );
  }
  await row.click();
  await drawer.getByText('It insults them').waitFor();
  await drawer.getByText('As it was when flagged').waitFor();
  await drawer.getByText('The fools of the town hall.').waitFor();
  await drawer.getByText('Edited since then.').waitFor();
  await expectNoAxeViolations(page);
  await drawer.getByLabel('Message to Léo Fabre (optional)').fill('Thank you for changing it.');
  await drawer.getByRole('button', { name: 'Disagree and keep' }).click();
  await page.getByText('Nothing to look at').waitFor();
  await page.getByRole('tab', { name: 'Settled 1' }).click();
  await page.getByText('Left as is').waitFor();
  await expectNoAxeViolations(page);
});

it('given a flagged post that its author changes while staff do, then staff say which words stand', async () => {
  const staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  const topic = { title: 'Who wrote this register?', body: 'The fools of the town hall.', tags: [] };
  const { id, question } = (await leo.client.post(`/api/cohorts/${cohortId}/topics`, topic)).body;
  const post = `/api/cohorts/${cohortId}/posts/${question.id as string}`;
  expect((await ines.client.post(`${post}/flag`, { kind: 'unkind' })).status).toBe(204);
  const { page, problems } = await signedInPage(browser, staff, world.url, { expected: [409] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/flags`);
  await page.getByRole('button', { name: 'Léo Fabre in Who wrote this register?' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: 'Edit the post' }).click();
  await drawer.getByRole('textbox', { name: 'New text' }).fill('Somebody of the town hall.');
  world.clock.advance(1000);
  // The page hears of it before staff save: theirs is an edit of what they saw all the same.
  const heard = page.waitForResponse((answer) => /\/flag-cases\/[^/?]{24}$/.test(answer.url()));
  expect((await leo.client.patch(post, { body: 'The clerks of the town hall.' })).status).toBe(200);
  await heard;
  await drawer.getByRole('button', { name: 'Save and show' }).click();
  await drawer.getByText('Someone else changed the same paragraphs.', { exact: false }).waitFor();
  const settling = drawer.getByRole('region', { name: 'Conflicting edits' });
  await settling.getByText('The clerks of the town hall.').waitFor();
  await expectNoAxeViolations(page);
  await settling.getByText('Mine', { exact: true }).click();
  await settling.getByRole('button', { name: 'Merge' }).click();
  await drawer.getByRole('button', { name: 'Save and show' }).click();
  await page.getByText('Nothing to look at').waitFor();
  const now = (await leo.client.get(`/api/cohorts/${cohortId}/topics/${id as string}`)).body;
  expect(now.question.body).toBe('Somebody of the town hall.');
});
