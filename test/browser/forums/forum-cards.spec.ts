import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let ines: TestPerson;
let leo: TestPerson;
let room: string;
let message: string;
let workshop: string;
let other: string;
const opened: string[][] = [];

const inDays = (days: number, hour: string) =>
  `${new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)}T${hour}:00:00.000Z`;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
  const sam = await aMember(world, cohortId, 'staff', { name: 'Sam Vidal' });
  const there = `${world.url}/c/${cohortId}`;
  room = await aPrivateChannel(ines, cohortId, [leo]);
  message = `${there}/chat/${room}?message=${(await say(ines, room, 'The **minutes** of Monday')).id}`;
  const times = { startsAt: inDays(3, '08'), endsAt: inDays(3, '10') };
  workshop = `${there}/workshops/${(await aWorkshop(sam, cohortId, { title: 'Plain language', ...times })).id}`;
  other = `${there}/forum/${(await topic('Which font is read best?', 'For long letters.')).id}`;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

const topic = async (title: string, body: string) => (await ines.client.post(`${C}/topics`, { title, body })).body;

async function open(as: TestPerson, path: string, options: { width?: number; height?: number } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/${path}`);
  return page;
}
const cardsOf = (page: Page, post = 1) => page.locator(`#post-${post} [data-cards] > *`);

it('given posts with links, then all their cards come with the page by one request, and follow what they show', async () => {
  const { id, question } = await topic('Where did we say it?', `Here:\n\n${message}\n\nand ${workshop}`);
  await leo.client.post(`${C}/topics/${id}/posts`, { body: `And here: ${other}` });
  const { page, problems } = await signedInPage(browser, ines, world.url);
  opened.push(problems);
  const asks: string[] = [];
  page.on('request', (request) => request.url().endsWith('/api/link-cards') && asks.push(request.postData() ?? ''));
  // How high the post is in each frame from the one on in which its words are there.
  await page.addInitScript(`
    window.heights = new Set();
    const look = () => {
      const post = document.querySelector('#post-1');
      if (post?.querySelector('a[href*="message="]')) window.heights.add(Math.round(post.offsetHeight));
      requestAnimationFrame(look);
    };
    look();
  `);
  await page.goto(`${world.url}/c/${cohortId}/forum/${id}`);
  await cardsOf(page).getByText('The minutes of Monday').waitFor();
  await cardsOf(page).getByRole('button', { name: 'Join “Plain language”' }).waitFor();
  await cardsOf(page, 2).getByText('Which font is read best?').waitFor();
  expect(asks.length).toBeLessThanOrEqual(2);
  expect(await page.evaluate('window.heights.size')).toBe(1);
  await expectNoAxeViolations(page);
  const channel = `/api/channels/${room}/messages`;
  const messageId = message.split('=')[1]!;
  await ines.client.patch(`${channel}/${messageId}`, { body: 'The minutes of Tuesday' });
  await cardsOf(page).getByText('The minutes of Tuesday').waitFor();
  await cardsOf(page).getByText('The minutes of Tuesday').click();
  await page.waitForURL(/\/chat\/.*message=/);
  expect(question.number).toBe(1);
});

it('given who may not see a thing, then the link alone, and who is taken out loses the card', async () => {
  const karim = await aMember(world, cohortId, 'fellow', { name: 'Karim Benali' });
  const { id } = await topic('Only for some', `See ${message}`);
  const theirs = await open(karim, id);
  await theirs.locator('#post-1').getByRole('link', { name: 'Link to a message' }).waitFor();
  expect(await cardsOf(theirs).count()).toBe(0);
  const mine = await open(leo, id, { width: 390, height: 844 });
  await cardsOf(mine)
    .getByText(/The minutes/)
    .waitFor();
  expect(await mine.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await ines.client.delete(`/api/channels/${room}/members/${leo.id}`);
  await eventually(async () => expect(await cardsOf(mine).count()).toBe(0));
  await ines.client.put(`/api/channels/${room}/members/${leo.id}`);
});

it('given a draft, then its preview shows the cards', async () => {
  const page = await open(ines, 'new');
  await page.getByRole('textbox', { name: 'What you already know' }).fill(`Look: ${other}`);
  await page.getByText('Preview').first().click();
  await page.locator('[data-cards]').getByText('Which font is read best?').waitFor();
  await expectNoAxeViolations(page);
});

it('given a question in chat that the forum has the answer to, then who asks is offered it once, and nobody else', async () => {
  const { id } = await topic('Which font for printed letters?', 'Who knows?');
  const { id: postId } = (await leo.client.post(`${C}/topics/${id}/posts`, { body: 'Marianne.' })).body;
  await ines.client.put(`${C}/topics/${id}/answer`, { postId });
  const chat = async (as: TestPerson) => {
    const { page, problems } = await signedInPage(browser, as, world.url);
    opened.push(problems);
    await page.goto(`${world.url}/c/${cohortId}/chat/${room}`);
    await page.getByRole('textbox').first().waitFor();
    return page;
  };
  const [mine, theirs] = [await chat(ines), await chat(leo)];
  const say = async (words: string) => {
    await mine.getByRole('textbox', { name: /^Message/ }).fill(words);
    await mine.keyboard.press('Enter');
  };
  await say('Does anybody know which font we use for printed letters?');
  const line = mine.getByRole('status').filter({ hasText: 'The forum may has the answer' });
  await line.getByRole('link', { name: 'Which font for printed letters?' }).waitFor();
  await expectNoAxeViolations(mine);
  await theirs.getByText('Does anybody know which font').waitFor();
  expect(await theirs.getByText(/Le forum a peut-être|The forum may/).count()).toBe(0);
  await line.getByRole('button', { name: 'Dismiss' }).click();
  await line.waitFor({ state: 'detached' });
});
