import type { Browser, Page } from 'playwright-core';
import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { channelOf } from '../../support/rooms/chat.js';

/** What somebody writes in two tabs of one browser while the line is cut. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let ines: TestPerson;
let room: ChannelSummary;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
beforeEach(async () => {
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', craft: 'data' });
  room = await channelOf(ines, 'craft');
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});

const inList = (page: Page, text: string) => page.getByRole('log').getByText(text);
const kept = (page: Page) => page.evaluate<string | null>(`localStorage.getItem('cordee-outbox')`);

async function write(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message #craft-data' });
  await field.fill(text);
  await field.press('Enter');
  await inList(page, text).waitFor();
}

/** Two tabs in the channel, and what was written in each; their live line is cut until `mend`. */
async function twoTabs({ first, second }: { first: string; second: string }) {
  const { page, problems } = await signedInPage(browser, ines, world.url, { expected: [401] });
  let isCut = true;
  await page.context().routeWebSocket(/socket\.io/, (socket) => {
    if (isCut) void socket.close();
    else socket.connectToServer();
  });
  const other = await page.context().newPage();
  for (const one of [page, other]) await one.goto(`${world.url}/c/${cohortId}/chat/${room.id}`);
  await write(page, first);
  await write(other, second);
  return { page, other, problems, mend: () => (isCut = false) };
}

it('given one tab is closed, then the other one shows and sends what was written in both', async () => {
  const { page, other, problems, mend } = await twoTabs({ first: 'of the first tab', second: 'of the second tab' });
  for (const text of ['of the first tab', 'of the second tab'])
    for (const one of [page, other]) await inList(one, text).waitFor();
  await page.close();
  mend();
  const said = async () => {
    const { items } = (await ines.client.get(`/api/channels/${room.id}/messages`)).body as {
      items: { body: string }[];
    };
    return items.map(({ body }) => body).filter((body) => body.endsWith('tab'));
  };
  await eventually(async () => expect(await said()).toEqual(['of the first tab', 'of the second tab']));
  await eventually(async () => expect(JSON.parse((await kept(other)) ?? '[]')).toEqual([]));
  expect(problems).toEqual([]);
});

it('given they sign out in one tab, then they are asked about what was written in both, and it is forgotten in both', async () => {
  const { page, other, problems } = await twoTabs({ first: 'not for others', second: 'nor is this' });
  await other.getByRole('button', { name: ines.name, expanded: false }).click();
  await other.getByRole('menuitem', { name: 'Sign out' }).click();
  const asks = other.getByRole('dialog', { name: 'Sign out with unsent changes?' });
  await asks.getByText('2 things of yours').waitFor();
  await asks.getByRole('button', { name: 'Sign out anyway' }).click();
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  await eventually(async () => expect(await kept(other)).toBeNull());
  await inList(page, 'not for others').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await kept(page)).toBeNull();
  expect(problems).toEqual([]);
});
