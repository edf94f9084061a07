import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld();
  cohortId = await aCohort(world);
  coach = await aCoach(world, cohortId, {}, { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const C = () => `/api/cohorts/${cohortId}`;

/** The next thing that is posted there arrives, and the answer is lost on its way back. */
async function loseAnswer(page: Page, path: string): Promise<void> {
  let isLost = false;
  await page.route(
    (url) => url.pathname.endsWith(path),
    async (route) => {
      if (isLost || route.request().method() !== 'POST') {
        await route.fallback();
        return;
      }
      isLost = true;
      await route.fetch();
      await route.abort('internetdisconnected');
    },
  );
}

it('given the answer to a question was lost, then asking it once more, after a reload too, leads to the one that is there', async () => {
  const { page, problems } = await signedInPage(browser, fellow, world.url);
  await page.goto(`${world.url}/c/${cohortId}/forum/new`);
  await page.getByLabel('Your question').fill('Who keeps the register of schools?');
  await page.getByRole('textbox', { name: 'What you already know' }).fill('Not the ministry.');
  await loseAnswer(page, '/topics');
  await page.getByRole('button', { name: 'Ask question', exact: true }).click();
  await page.getByRole('alert').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Ask question', exact: true }).click();
  await page.getByRole('heading', { name: 'Who keeps the register of schools?' }).waitFor();
  expect((await fellow.client.get(`${C()}/topics`)).body.items).toHaveLength(1);
  expect(problems).toEqual([]);
});

it('given the answer to a reply was lost, then it is there once when it is sent again, and other words are another reply', async () => {
  const topic = await fellow.client.post(`${C()}/topics`, { title: 'What is a dataset?', body: 'In one line.' });
  const posts = `${C()}/topics/${topic.body.id as string}/posts`;
  const bodies = async () => (await fellow.client.get(posts)).body.items.map((post: { body: string }) => post.body);
  const { page, problems } = await signedInPage(browser, coach, world.url);
  await page.goto(`${world.url}/c/${cohortId}/forum/${topic.body.id as string}`);
  const box = page.getByRole('textbox', { name: 'Your reply' });
  const send = page.getByRole('button', { name: 'Send reply', exact: true });
  for (const words of ['A table with a date.', 'A table with a date and an owner.']) {
    await box.fill(words);
    await loseAnswer(page, '/posts');
    await send.click();
    await page.getByRole('alert').waitFor();
  }
  await send.click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  // The alert goes when it is sent, the words when it is answered.
  await eventually(async () => expect(await box.inputValue()).toBe(''));
  expect(await bodies()).toEqual(['In one line.', 'A table with a date.', 'A table with a date and an owner.']);

  // The same words a second time, on purpose, are a second reply.
  await box.fill('A table with a date.');
  await send.click();
  await page.locator('#post-4').waitFor();
  expect(await bodies()).toHaveLength(4);
  expect(problems).toEqual([]);
});

it('given the answer to a note was lost, then there is one note when it is saved again', async () => {
  const session = await aSession(cohortId, fellow, coach.id, '2026-10-15T12:00:00Z');
  const { page, problems } = await signedInPage(browser, coach, world.url);
  await page.goto(`${world.url}/c/${cohortId}/coaching/sessions/${session.id as string}`);
  await page.getByRole('textbox', { name: 'Write a note' }).fill('Ask three clerks.');
  await loseAnswer(page, '/notes');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByRole('article').getByText('Ask three clerks.').waitFor();
  const { items } = (await fellow.client.get(`${C()}/sessions/${session.id as string}/notes`)).body;
  expect(items).toHaveLength(1);
  expect(problems).toEqual([]);
});
