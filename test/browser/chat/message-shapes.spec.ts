import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aPrivateChannel, say } from '../../support/rooms/chat.js';

/** What a message looks like by what is in it. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`) });
};
async function opened(channelId: string, width = 1440) {
  const { page, problems } = await signedInPage(browser, leo, world.url, { width });
  await page.goto(`${world.url}/c/${cohortId}/chat/${channelId}`);
  return { page, problems };
}
/** How far a text stands from both sides of its place, in px. */
const edgesOf = (page: Page, text: string) =>
  page.getByText(text).evaluate((node: any) => {
    const range = node.ownerDocument.createRange();
    range.selectNodeContents(node);
    const [letters, box] = [range.getBoundingClientRect(), node.getBoundingClientRect()];
    return { fromLeft: letters.left - box.left, fromRight: box.right - letters.right };
  });
const heightOfList = (page: Page) => page.getByRole('log').evaluate((list: any) => list.scrollHeight as number);

it('given emoji alone, then they are large; beside words they are not', async () => {
  const room = await aPrivateChannel(ines, cohortId, [leo]);
  await say(ines, room, '🎉 👍🏽');
  await say(ines, room, 'Well done 🎈');
  const { page, problems } = await opened(room);
  const heightOf = async (text: string) => (await page.getByText(text).boundingBox())!.height;
  await page.getByText('Well done').waitFor();
  expect(await heightOf('🎉 👍🏽')).toBeGreaterThan(1.5 * (await heightOf('Well done 🎈')));
  expect(problems).toEqual([]);
});

it('given Arabic and French, then each stands at the side from which it is read, in lists too', async () => {
  const room = await aPrivateChannel(ines, cohortId, [leo]);
  await say(ines, room, 'مرحبا بالجميع');
  await say(ines, room, '**السلام عليكم** ورحمة الله');
  await say(ines, room, 'Bonjour à tous');
  const { page, problems } = await opened(room);
  await page.getByText('Bonjour à tous').waitFor();
  for (const text of ['مرحبا بالجميع', 'ورحمة الله']) {
    const { fromLeft, fromRight } = await edgesOf(page, text);
    expect(fromLeft).toBeGreaterThan(100);
    expect(fromRight).toBeLessThan(2);
  }
  expect((await edgesOf(page, 'Bonjour à tous')).fromLeft).toBeLessThan(2);
  await draw(page, 'shapes');
  expect(problems).toEqual([]);
});

it('given a long message, then its beginning is shown until I ask for the rest, by button or by keyboard', async () => {
  const room = await aPrivateChannel(ines, cohortId, [leo]);
  const lines = Array.from({ length: 60 }, (_, index) => `Line ${index + 1}`);
  await say(ines, room, lines.join('\n'));
  await say(ines, room, [...lines, 'the end, [a link](https://example.org/far)'].join('\n\n'));
  await say(ines, room, 'Short again');
  const { page, problems } = await opened(room, 390);
  await page.getByText('Short again').waitFor();
  const whole = page.getByRole('button', { name: 'Show full message' });
  await whole.nth(1).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'long.390');
  const before = await heightOfList(page);
  await page.getByRole('link', { name: 'a link' }).focus();
  await whole.nth(1).waitFor({ state: 'detached' });
  await whole.click();
  await whole.waitFor({ state: 'detached' });
  // The list measures its rows after they are drawn.
  await eventually(async () => expect(await heightOfList(page)).toBeGreaterThan(before + 500));
  await draw(page, 'long.whole.390');
  expect(problems).toEqual([]);
});
