import type { Browser, Page } from 'playwright-core';
import type { ChannelSummary, Message } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage, takeTool } from '../../support/browser.js';
import { channelOf, say } from '../../support/rooms/chat.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { photo } from '../../support/rooms/files.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let room: ChannelSummary;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: new Date().toISOString() });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', craft: 'data' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', craft: 'data' });
  room = await channelOf(ines, 'craft');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(async () => {
  // A page that stays open reads what comes.
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(opened.flat()).toEqual([]);
});

async function open(person: TestPerson, node: 0 | 1, path = `chat/${room.id}`, width = 1440): Promise<Page> {
  const { url } = world.nodes[node]!;
  const { page, problems } = await signedInPage(browser, person, url, { width });
  opened.push(problems);
  await page.goto(`${url}/c/${cohortId}/${path}`);
  await page.locator('h1').waitFor();
  return page;
}

/** Asked from here: a wait inside the page would evaluate text there, which its Content-Security-Policy forbids. */
const becomesTrue = (page: Page, expression: string) =>
  eventually(async () => expect(await page.evaluate(expression)).toBe(true));

const field = (page: Page, name = 'Message #craft-data') => page.getByRole('textbox', { name });
const inList = (page: Page, text: string) => page.getByRole('log').getByText(text);

/** A message that the server has taken: before that it is shown, too. */
const confirmed = (page: Page, text: string) => page.getByRole('log').locator('[data-seq]', { hasText: text });

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await field(page).press('Enter');
}

it('given two people on two processes, then they write, name, answer, react, change and delete, live', async () => {
  const [mine, theirs] = await Promise.all([open(ines, 0), open(leo, 1)]);
  await write(mine, 'Has **anybody** seen the file?');
  await inList(theirs, 'anybody').waitFor();

  await field(theirs).pressSequentially('@ine');
  await mine.getByText('Léo Fabre is typing').waitFor();
  await theirs.getByRole('option', { name: 'Inès Carpentier' }).waitFor();
  await field(theirs).press('Enter');
  await field(theirs).pressSequentially('yes, here');
  await field(theirs).press('Enter');
  await mine.getByRole('link', { name: '@Inès Carpentier' }).waitFor();

  await takeTool(mine, 'yes, here', 'React');
  await mine.getByRole('button', { name: '🎉' }).click();
  await theirs.getByRole('button', { name: '🎉: Inès Carpentier' }).waitFor();

  await field(theirs).press('ArrowUp');
  await field(theirs, 'Edit your message').fill('no, sorry');
  await theirs.getByRole('button', { name: 'Save', exact: true }).click();
  await inList(mine, 'no, sorry').waitFor();

  await takeTool(theirs, 'anybody', 'Reply in a thread');
  await field(theirs, 'Reply in thread').fill('I ask the archive.');
  await field(theirs, 'Reply in thread').press('Enter');
  await mine.getByRole('button', { name: /1 reply/ }).click();
  await mine.getByRole('complementary', { name: 'Thread' }).getByText('I ask the archive.').waitFor();

  await takeTool(theirs, 'no, sorry', 'More actions');
  await theirs.getByRole('menuitem', { name: 'Delete' }).click();
  await theirs.getByRole('dialog').getByRole('button', { name: 'Delete message' }).click();
  await inList(mine, 'This message was deleted.').waitFor();
});

it('given a list beside the channel, then closing it gives the focus back to the button that opened it', async () => {
  const page = await open(ines, 0);
  for (const [button, list] of [
    ['2 people', 'Members'],
    ['Pinned messages', 'Pinned messages'],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    await page
      .getByRole('complementary', { name: list })
      .getByRole('button', { name: /^Close/ })
      .click();
    await page.getByRole('complementary', { name: list }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: button }).and(page.locator(':focus')).waitFor();
  }
});

it('given somebody who is elsewhere, then the rail counts what is unread, and reading it takes the count away on both devices', async () => {
  const [one, two] = await Promise.all([open(leo, 0, 'people'), open(leo, 1, 'people')]);
  await say(ines, room.id, `<@${leo.id}> look at this`);
  const link = (page: Page) => page.getByRole('link', { name: /craft-data/ });
  await link(one).getByText('1 mention').waitFor();
  await link(two).getByText('1 mention').waitFor();
  await link(one).click();
  await one.getByText(/^New since/).waitFor();
  await inList(one, 'look at this').waitFor();
  await link(two).getByText('1 mention').waitFor({ state: 'detached' });

  // What is marked unread on one device is unread on the other.
  await takeTool(one, 'look at this', 'More actions');
  await one.getByRole('menuitem', { name: 'Mark as unread from here' }).click();
  await link(two).getByText('1 mention').waitFor();
});

it('given threads, pins and saved messages, then each is where one looks for it, and catching up leaves nothing new', async () => {
  const root = await say(leo, room.id, 'Who takes the minutes?');
  const mine = await open(ines, 0);
  await inList(mine, 'Who takes the minutes?').waitFor();
  await takeTool(mine, 'Who takes the minutes?', 'Save for later');
  await mine.getByRole('button', { name: 'Remove from saved' }).waitFor();
  await takeTool(mine, 'Who takes the minutes?', 'More actions');
  await mine.getByRole('menuitem', { name: 'Pin to the channel' }).click();
  await mine.getByText('Pinned', { exact: true }).waitFor();
  await mine.getByRole('button', { name: 'Pinned messages' }).click();
  await mine.getByRole('complementary', { name: 'Pinned messages' }).getByText('Who takes the minutes?').waitFor();

  await mine.goto(`${world.nodes[0]!.url}/c/${cohortId}/chat/${room.id}?thread=${root.id}`);
  await mine.getByRole('button', { name: 'Follow thread' }).click();
  await mine.getByText('You follow this thread.').waitFor();
  await mine.goto(`${world.nodes[0]!.url}/c/${cohortId}/people`);
  await mine.getByRole('link', { name: /^Catch up/ }).waitFor();
  await say(leo, room.id, 'I do.', root.id);
  await say(leo, room.id, 'Next point?');
  await mine.getByText('2 conversations with new messages').waitFor();
  await mine.getByRole('link', { name: /^Catch up/ }).click();
  await mine.getByText('Next point?').waitFor();
  await expectNoAxeViolations(mine);
  await mine.getByRole('region', { name: '#craft-data' }).press('r');
  await mine.getByText('All caught up').waitFor();
  await mine.getByRole('tab', { name: /Threads/ }).click();
  await mine.getByText('I do.').waitFor();
  await mine.getByRole('link', { name: 'Thread in craft-data' }).first().click();
  await mine.getByRole('button', { name: 'Mark as resolved' }).click();
  await mine.getByRole('button', { name: /1 reply.*Resolved/ }).waitFor();
  await mine.getByText('1 conversation with new messages').waitFor({ state: 'detached' });
  await mine.goto(`${world.nodes[0]!.url}/catch-up?tab=saved`);
  await mine.getByText('Who takes the minutes?').waitFor();
});

it('given a cut line, then what is written waits and goes once when it is back, and what was missed is there', async () => {
  const mine = await open(ines, 0);
  await inList(mine, 'look at this').waitFor();
  await mine.context().setOffline(true);
  await write(mine, 'written in the tunnel');
  await mine.getByText('Will send when you are back online').waitFor();
  await say(leo, room.id, 'said meanwhile');
  await mine.context().setOffline(false);
  await inList(mine, 'said meanwhile').waitFor();
  await mine.getByText('Will send when you are back online').waitFor({ state: 'detached' });
  await confirmed(mine, 'written in the tunnel').waitFor();
  const { items } = (await leo.client.get(`/api/channels/${room.id}/messages`)).body as { items: { body: string }[] };
  expect(items.filter((one) => one.body === 'written in the tunnel')).toHaveLength(1);
});

it('keeps a draft, and is clean for axe with its threads and people, wide and on a phone', async () => {
  const root = await say(leo, room.id, 'a root');
  await say(leo, room.id, '```ts\n// a note\nconst name = "x" + 1;\n```');
  await say(ines, room.id, 'a reply', root.id);
  const page = await open(ines, 0);
  await field(page).fill('not finished');
  await page.reload();
  expect(await field(page).inputValue()).toBe('not finished');
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    for (const side of ['', `?thread=${root.id}`, '?side=members']) {
      await page.goto(`${world.nodes[0]!.url}/c/${cohortId}/chat/${room.id}${side}`);
      await page
        .getByText(side === '?side=members' ? 'Léo Fabre' : 'a root')
        .first()
        .waitFor();
      await expectNoAxeViolations(page);
    }
  }
});

it('given a channel that comes slowly, then what is written and said meanwhile is there as soon as it has come', async () => {
  const page = await open(ines, 0, 'people');
  await page.route(
    '**/messages?*',
    async (route) => {
      const answer = await route.fetch();
      await say(leo, room.id, 'said while it came');
      await write(page, 'written while it came');
      await route.fulfill({ response: answer });
    },
    { times: 1 },
  );
  await page.getByRole('link', { name: /craft-data/ }).click();
  await inList(page, 'said while it came').waitFor();
  await inList(page, 'written while it came').waitFor();
});

it('given a long channel, then it opens where reading goes on, leads to its end and back, and a message sent in its middle is seen', async () => {
  for (let index = 0; index < 90; index += 1) await say(ines, room.id, `line ${index} of the report`);
  const page = await open(leo, 0);
  await page.getByText(/^New since/).waitFor();
  await inList(page, 'line 0 of the report').waitFor();
  await page.getByRole('button', { name: 'Jump to latest' }).click();
  await inList(page, 'line 89 of the report').waitFor();
  await page.getByRole('button', { name: 'Jump to first unread' }).click();
  await inList(page, 'line 0 of the report').waitFor();
  await write(page, 'read so far');
  await inList(page, 'read so far').waitFor();
  await inList(page, 'line 89 of the report').waitFor();

  // At its end the list follows what comes, to its foot, in whole.
  await say(ines, room.id, 'thanks, all of you\n\n- and\n- good\n- night');
  await inList(page, 'night').waitFor();
  await becomesTrue(
    page,
    `(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 2)(document.querySelector('[role="log"]'))`,
  );
});

it('given the link of a message, then it is on screen and marked, a reply in its thread', async () => {
  const { body } = await ines.client.get(`/api/channels/${room.id}/messages?limit=200`);
  const { items } = body as { items: Message[] };
  const early = items.find((one) => one.body === 'line 3 of the report')!;
  const reply = await say(ines, room.id, 'an answer far from the end', early.id);
  const page = await open(leo, 0, `chat/${room.id}?message=${early.id}`);
  await page.locator('[data-linked="true"]').getByText('line 3 of the report').waitFor();
  const other = await open(leo, 1, `chat/${room.id}?message=${reply.id}`);
  const thread = other.getByRole('complementary', { name: 'Thread' });
  await thread.locator('[data-linked="true"]').getByText('an answer far from the end').waitFor();
  await inList(other, 'line 3 of the report').waitFor();
});

it('given a change that the server cannot take, then what was typed stays, with the reason', async () => {
  const page = await open(leo, 0);
  await write(page, 'a word to change');
  await confirmed(page, 'a word to change').waitFor();
  await field(page).press('ArrowUp');
  await field(page, 'Edit your message').fill('a better word');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('alert').waitFor();
  expect(await field(page, 'Edit your message').inputValue()).toBe('a better word');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await inList(page, 'a better word').waitFor();
  await becomesTrue(page, `document.activeElement?.tagName === 'TEXTAREA'`);
});

it('given a message that is on its way, then arrow up changes none of those before it', async () => {
  const { page, problems } = await signedInPage(browser, leo, world.nodes[0]!.url);
  opened.push(problems);
  let bring = () => {};
  const brought = new Promise<void>((resolve) => (bring = resolve));
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage(async (frame) => {
      if (String(frame).includes('said last of all')) await brought;
      server.send(frame);
    });
  });
  await page.goto(`${world.nodes[0]!.url}/c/${cohortId}/chat/${room.id}`);
  await write(page, 'said before it');
  await confirmed(page, 'said before it').waitFor();
  await write(page, 'said last of all');
  await inList(page, 'said last of all').waitFor();
  await field(page).press('ArrowUp');
  expect(await field(page, 'Edit your message').count()).toBe(0);
  bring();
  await confirmed(page, 'said last of all').waitFor();
  await field(page).press('ArrowUp');
  expect(await field(page, 'Edit your message').inputValue()).toBe('said last of all');
});

it('given words of a message, then the palette leads to the search, which finds them and jumps to the message', async () => {
  const message = await say(leo, room.id, 'Les **événements** sont dans [le dossier](https://a.example/plan)');
  const page = await open(ines, 1, 'week');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('evenement');
  await page.getByText('Search everywhere for “evenement”').click();
  const hit = page.locator(`[data-hit="${message.id}"]`);
  await hit.locator('mark', { hasText: 'événements' }).waitFor();

  const asked = page.getByRole('searchbox', { name: 'Search' });
  await asked.fill('evenement de:leo has:file');
  await page.getByText('No results for').waitFor();
  await page.getByRole('button', { name: 'Remove: With file' }).click();
  await hit.waitFor();
  await expectNoAxeViolations(page);

  await hit.getByRole('link').click();
  await inList(page, 'événements').waitFor();
  expect(page.url()).toContain(`message=${message.id}`);
});

it('given files that are picked and dropped, one of them refused and one cut off, then they go with the message and open large, by keyboard', async () => {
  const [mine, theirs] = await Promise.all([open(ines, 0), open(leo, 1)]);
  const image = { mimeType: 'image/png', buffer: await photo(1200, 800).png().toBuffer() };
  const files = (page: Page) => page.getByRole('list', { name: 'Attached files' });
  let cuts = 1;
  await mine.route('**/api/cohorts/*/files', (route) =>
    cuts-- > 0 ? route.abort('internetdisconnected') : route.continue(),
  );
  await mine.locator('section input[type="file"]').setInputFiles([
    { name: 'plan "A" 🎬.png', ...image },
    { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  await files(mine).getByText('This file is empty.').waitFor();
  await mine.getByRole('button', { name: 'Describe plan "A" 🎬.png' }).click();
  await field(mine, 'Description of plan "A" 🎬.png').fill('The plan of the garden');
  await mine.evaluate(`
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['some words'], 'notes.txt'));
    document.querySelector('textarea').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  `);
  await mine.getByRole('button', { name: 'Remove nothing.txt' }).click();
  await files(mine).getByText('10 bytes').waitFor();
  await field(mine).press('Enter');
  await theirs.getByRole('link', { name: 'Download notes.txt, 10 bytes' }).waitFor();
  const picture = theirs.getByRole('button', { name: 'Open The plan of the garden' });
  await picture.press('Enter');
  const viewer = theirs.getByRole('dialog', { name: 'Image plan "A" 🎬.png' });
  await viewer.getByRole('img', { name: 'The plan of the garden' }).waitFor();
  await becomesTrue(theirs, `document.querySelector('[role=dialog] img')?.naturalWidth === 1200`);
  await expectNoAxeViolations(theirs);
  await theirs.keyboard.press('Escape');
  await viewer.waitFor({ state: 'detached' });
  await becomesTrue(theirs, `document.activeElement?.getAttribute('aria-label') === 'Open The plan of the garden'`);
});
