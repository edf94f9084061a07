import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { photo } from '../../support/rooms/files.js';

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
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const aTopic = async () =>
  (await leo.client.post(`${C}/topics`, { title: 'Which letter was answered?', body: 'No answer for 40 days.' })).body
    .id as string;
const draftOf = async (key: string) => (await ines.client.get(`/api/me/drafts/${key}`)).body.draft;

async function open(
  path: string,
  options: { width?: number; height?: number; expected?: number[] } = {},
): Promise<Page> {
  const { page, problems } = await signedInPage(browser, ines, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/${path}`);
  return page;
}
const box = (page: Page, name = 'Your reply') => page.getByRole('textbox', { name, exact: true });
/** Where somebody types, on the screen. */
const placeOf = async (page: Page) => (await box(page).boundingBox())!.y;

it('given a picture and a text, chosen and dropped, then they go with the reply, are opened there, and an edit takes one out', async () => {
  const page = await open(await aTopic());
  await box(page).fill('Here is the plan.');
  const buffer = await photo(1200, 800).png().toBuffer();
  await page.locator('section input[type="file"]').setInputFiles([{ name: 'plan.png', mimeType: 'image/png', buffer }]);
  const tray = page.getByRole('list', { name: 'Attached files' });
  await page.getByRole('button', { name: 'Describe plan.png' }).click();
  await page.getByRole('textbox', { name: 'Description of plan.png' }).fill('The plan of the port');
  await page.evaluate(`
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['some words'], 'notes.txt'));
    document.querySelector('section textarea').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  `);
  await tray.getByText('10 bytes').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Send reply' }).click();
  const post = page.locator('#post-2');
  await post.getByRole('link', { name: 'Download notes.txt, 10 bytes' }).waitFor();
  // The page goes to the reply, and away from what is pressed before.
  await page.locator('#post-2:focus').waitFor();
  await post.getByRole('button', { name: 'Open The plan of the port' }).press('Enter');
  await page.getByRole('dialog').getByRole('img', { name: 'The plan of the port' }).waitFor();
  await page.keyboard.press('Escape');
  await tray.waitFor({ state: 'detached' });
  await post.getByRole('button', { name: 'Edit', exact: true }).click();
  await post.getByRole('button', { name: 'Remove notes.txt' }).click();
  await post.getByRole('button', { name: 'Save changes' }).click();
  await post.getByRole('link', { name: /^Download notes/ }).waitFor({ state: 'detached' });
  await post.getByRole('button', { name: 'Open The plan of the port' }).waitFor();
});

it('given a reply is begun on the phone with a picture, then it is ended at the desk, and gone once it is sent', async () => {
  const topicId = await aTopic();
  const phone = await open(topicId, { width: 390, height: 800 });
  await box(phone).fill('Begun on the phone');
  const buffer = await photo(60, 40).png().toBuffer();
  await phone
    .locator('section input[type="file"]')
    .setInputFiles([{ name: 'plan.png', mimeType: 'image/png', buffer }]);
  await eventually(async () => expect((await draftOf(`topic-${topicId}`))?.attachments).toHaveLength(1));
  await phone.getByText(/^Draft saved, /).waitFor();
  const desk = await open(topicId);
  await desk.getByRole('button', { name: 'Remove plan.png' }).waitFor();
  expect(await box(desk).inputValue()).toBe('Begun on the phone');
  await box(desk).fill('Begun on the phone, ended here');
  await eventually(async () => expect(await box(phone).inputValue()).toBe('Begun on the phone, ended here'));
  await desk.getByRole('button', { name: 'Send reply' }).click();
  await desk.locator('#post-2').getByRole('button', { name: 'Open plan.png' }).waitFor();
  await eventually(async () => expect(await box(phone).inputValue()).toBe(''));
  expect(await draftOf(`topic-${topicId}`)).toBeNull();
});

it('given two windows write at once, then the older one is told, and both can be kept', async () => {
  const key = `ask-${cohortId}`;
  const [one, other] = [await open('new', { expected: [409] }), await open('new', { expected: [409] })];
  await Promise.all([one, other].map((page) => box(page, 'What you already know').waitFor()));
  await other.context().setOffline(true);
  await box(other, 'What you already know').fill('What the other one says');
  await box(one, 'What you already know').fill('What this one says');
  await eventually(async () => expect((await draftOf(key))?.body).toBe('What this one says'));
  await other.context().setOffline(false);
  await box(other, 'What you already know').press('End');
  await box(other, 'What you already know').pressSequentially('.');
  await other.getByText('You edited this draft elsewhere,').waitFor();
  await other.getByText('What this one says').waitFor();
  await expectNoAxeViolations(other);
  await other.getByRole('button', { name: 'Keep both' }).click();
  await eventually(async () =>
    expect((await draftOf(key))?.body).toBe('What the other one says.\n\nWhat this one says'),
  );
  await eventually(async () =>
    expect(await box(one, 'What you already know').inputValue()).toBe('What the other one says.\n\nWhat this one says'),
  );
});

it('given somebody answers while one types, then it is said above the box, which stays where it is with every word', async () => {
  const topicId = await aTopic();
  const page = await open(topicId);
  await box(page).scrollIntoViewIfNeeded();
  await box(page).pressSequentially('Ours took twelve');
  const before = await placeOf(page);
  await leo.client.post(`${C}/topics/${topicId}/posts`, { body: 'Three weeks.\n\n'.repeat(20) });
  await page.getByText('Léo Fabre has just answered:').waitFor();
  await page.locator('#post-2').getByText('Three weeks.').first().waitFor({ state: 'attached' });
  await box(page).pressSequentially(' days');
  expect(Math.abs((await placeOf(page)) - before)).toBeLessThanOrEqual(2);
  expect(await box(page).inputValue()).toBe('Ours took twelve days');
  await page.getByRole('link', { name: 'read' }).click();
  await eventually(async () => expect(await page.evaluate('document.activeElement.id')).toBe('post-2'));
  expect(await box(page).inputValue()).toBe('Ours took twelve days');
});

it('given two posts are quoted in one reply, then each quotation says whose it is and leads to it; code can be copied', async () => {
  const topicId = await aTopic();
  await leo.client.post(`${C}/topics/${topicId}/posts`, { body: 'Three weeks.\n\n```js\nlet days = 21;\n```' });
  const page = await open(topicId);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  for (const number of [1, 2]) {
    await page.locator(`#post-${number}`).getByRole('button', { name: 'Quote' }).click();
    // The page goes to the box, and away from what is pressed before.
    await box(page).and(page.locator(':focus')).waitFor();
  }
  await box(page).press('Control+End');
  await box(page).pressSequentially('And ours?');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await page.locator('#post-3:focus').waitFor();
  const quotes = page.locator('#post-3 blockquote');
  await quotes.first().getByRole('link', { name: 'Léo Fabre ↩' }).waitFor();
  expect(await quotes.count()).toBe(2);
  await quotes.nth(1).getByRole('link', { name: 'Léo Fabre ↩' }).click();
  await eventually(async () => expect(await page.evaluate('document.activeElement.id')).toBe('post-2'));
  await page.locator('#post-2').getByRole('button', { name: 'Copy', exact: true }).press('Enter');
  await page.locator('#post-2').getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('let days = 21;\n');
  await expectNoAxeViolations(page);
});

it('given a question is quoted before its replies have come, then one writes in the box as soon as it is there', async () => {
  const topicId = await aTopic();
  const page = await open('new');
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/posts\?/, async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto(`${world.url}/c/${cohortId}/forum/${topicId}`);
  await page.locator('#post-1').getByRole('button', { name: 'Quote' }).click();
  answer();
  await box(page).and(page.locator(':focus')).waitFor();
  expect(await box(page).inputValue()).toContain('No answer for 40 days.');
});

it('given two people edit one wiki, then what both changed is shown to the later one, who settles it, and nothing is lost', async () => {
  const topic = await leo.client.post(`${C}/topics`, { title: 'Refusals so far', body: 'First.\n\nSecond.' });
  const path = `${C}/posts/${topic.body.question.id}`;
  await leo.client.put(`${path}/wiki`);
  const page = await open(topic.body.id, { expected: [409] });
  const post = page.locator('#post-1');
  await post.getByText('Wiki: everyone can edit.').waitFor();
  await post.getByRole('button', { name: 'Edit', exact: true }).click();
  await box(page, 'Your post').fill('First.\n\nSecond, by Inès.');
  await leo.client.patch(path, { seen: 'First.\n\nSecond.', body: 'First.\n\nSecond, by Léo.' });
  await post.getByRole('button', { name: 'Save changes' }).click();
  const settling = post.getByRole('region', { name: 'Conflicting edits' });
  await settling.getByText('Second, by Léo.').waitFor();
  await expectNoAxeViolations(page);
  await settling.getByRole('button', { name: 'Merge' }).click();
  expect(await box(page, 'Your post').inputValue()).toBe('First.\n\nSecond, by Léo.\n\nSecond, by Inès.');
  await post.getByRole('button', { name: 'Save changes' }).click();
  await post.getByText('Last edited by Inès Carpentier,').waitFor();
  expect(await post.getByText(/^Second, by/).count()).toBe(2);
});
