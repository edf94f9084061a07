import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage, turn } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { drawFrames, expectNoAxeViolations, settledPage } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let [ines, leo]: TestPerson[] = [];
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

const topics = () => `/api/cohorts/${cohortId}/topics`;
/** So long that a few of them are more than a screen. */
const LONG = 'A line of the register.\n\n'.repeat(6);

async function aTopic(replies: number): Promise<string> {
  const topic = { title: 'Which register holds the streets?', body: 'I found two of them.', tags: [] };
  const id = (await leo!.client.post(topics(), topic)).body.id as string;
  await reply(id, replies);
  return id;
}
async function reply(id: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await leo!.client.post(`${topics()}/${id}/posts`, { body: LONG });
}
const standing = async (id: string) => {
  const { readNumber, unread } = (await ines!.client.get(`${topics()}/${id}`)).body;
  return { readNumber, unread };
};
async function aPage(address: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, ines!, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum${address}`);
  await settledPage(page);
  return page;
}
const isOnScreen = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox();
  return box !== null && box.y >= 0 && box.y < 900;
};

it('given a topic that I open, then only what came on screen is read, and going on reads the rest', async () => {
  const id = await aTopic(6);
  const page = await aPage(`/${id}`);
  await eventually(async () => expect((await standing(id)).readNumber).toBeGreaterThanOrEqual(2));
  expect((await standing(id)).unread).toBeGreaterThan(0);
  await page.locator('#post-7').waitFor();
  for (let number = 3; number <= 7; number += 1) {
    await page.locator(`[data-post-end="${number}"]`).scrollIntoViewIfNeeded();
    // By then the page has seen what came on screen.
    await drawFrames(page, 3);
  }
  await eventually(async () => expect(await standing(id)).toEqual({ readNumber: 7, unread: 0 }));
  await page.close();
});

it('given I come back, then the topic begins with what is new, below a line; what I have read is put away and can be shown', async () => {
  const id = await aTopic(8);
  await ines!.client.put(`${topics()}/${id}/read`, { number: 9 });
  await reply(id, 3);
  const page = await aPage('');
  const row = page.locator('li', { has: page.locator(`[data-topic="${id}"]`) });
  await row.getByText('3 new').waitFor();
  await expectNoAxeViolations(page);
  await page.locator(`[data-topic="${id}"]`).click();
  await page.getByText('3 new since your last visit').waitFor();
  await settledPage(page);
  expect(await isOnScreen(page, '#since-last-visit')).toBe(true);
  expect(await page.locator('#post-5').count()).toBe(0);
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Show' }).click();
  await page.locator('#post-2').waitFor();
  // The line stays while one reads on.
  await page.locator('[data-post-end="12"]').scrollIntoViewIfNeeded();
  await page.getByText('3 new since your last visit').waitFor();
  await page.close();
});

it('given another device of mine reads, then the list follows; given a post of the address, then it is shown with what is around it', async () => {
  const id = await aTopic(60);
  const page = await aPage('');
  const row = page.locator('li', { has: page.locator(`[data-topic="${id}"]`) });
  await row.getByText('New', { exact: true }).waitFor();
  await ines!.client.put(`${topics()}/${id}/read`, { number: 20 });
  await row.getByText('41 new').waitFor();
  await ines!.client.put(`${topics()}/${id}/read`, { number: 61 });
  await row.getByText('41 new').waitFor({ state: 'detached' });
  await page.goto(`${world.url}/c/${cohortId}/forum/${id}#post-55`);
  await page.locator('#post-55').waitFor();
  await settledPage(page);
  expect(await isOnScreen(page, '#post-55')).toBe(true);
  expect(await page.locator('#post-30').count()).toBe(0);
  await page.close();
});

it('given I choose how closely I follow the forum and a tag, then it is kept, and said in words', async () => {
  await leo!.client.post(topics(), { title: 'Who may sign a licence?', body: 'For code.', tags: ['law'] });
  const page = await aPage('?tag=law');
  const whole = page.getByLabel('The whole forum');
  expect(await whole.inputValue()).toBe('normal');
  await whole.selectOption('tracking');
  const tag = page.getByLabel('#law', { exact: true });
  await tag.selectOption('watching_first');
  await page.getByText('Every new topic').waitFor();
  await eventually(async () =>
    expect((await ines!.client.get(`/api/cohorts/${cohortId}/forum/subscription`)).body).toEqual({
      level: 'tracking',
      tags: [{ tag: 'law', level: 'watching_first' }],
    }),
  );
  await expectNoAxeViolations(page);
  // It stands there also where the list is not narrowed to it, and leads to where it is changed.
  const all = await aPage('');
  await all.getByRole('button', { name: 'law New topics' }).click();
  await all.getByLabel('#law', { exact: true }).waitFor();
  await all.close();
  await page.close();
});

it('given I switch off that topics are tracked by themselves, then it is kept', async () => {
  const { page, problems } = await signedInPage(browser, ines!, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/settings/forum`);
  await settledPage(page);
  await turn(page.getByRole('switch', { name: 'Follow topics I read or write in' }), false);
  await eventually(async () => expect((await ines!.client.get('/api/me')).body.tracksTopics).toBe(false));
  await page.close();
});
