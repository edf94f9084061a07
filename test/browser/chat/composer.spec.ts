import type { Browser, Page } from 'playwright-core';
import type { ChannelSummary, Message } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { aPrivateChannel, channelOf } from '../../support/rooms/chat.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aWorkshop, hoursAfter } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let ines: TestPerson;
let leo: TestPerson;
let room: ChannelSummary;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier', craft: 'data' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', craft: 'data' });
  await aMember(world, cohortId, 'fellow', { name: 'Maud Perrin', craft: 'designer' });
  room = await channelOf(ines, 'craft');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(opened.flat()).toEqual([]);
});

async function open(channelId = room.id, person = ines): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, {});
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/chat/${channelId}`);
  await page.locator('h1').waitFor();
  return page;
}

const field = (page: Page) => page.getByRole('textbox', { name: /^Message/ });
/** What is offered for the words that stand there, not for those before them. */
const found = (page: Page, name: string | RegExp) =>
  page.locator('[role="listbox"]:not([aria-busy="true"])').getByRole('option', { name });
const said = async (channelId = room.id) =>
  ((await leo.client.get(`/api/channels/${channelId}/messages`)).body.items as Message[]).map(({ body }) => body);

it('given a group and a shortcode, then the lists help, and the message names the group', async () => {
  const page = await open();
  await field(page).pressSequentially('@data-s');
  await page.getByRole('option', { name: '@data-scientists 1 person' }).waitFor();
  await field(page).press('Enter');
  await field(page).pressSequentially('well done :tad');
  await page.getByRole('option', { name: ':tada:' }).waitFor();
  await field(page).pressSequentially('a: `:tada:`');
  await field(page).press('Enter');
  await eventually(async () => expect(await said()).toEqual(['<@data-scientists> well done 🎉 `:tada:`']));
});

it('given commands, then they are done and never sent, and an unknown one is kept', async () => {
  const channelId = await aPrivateChannel(ines, cohortId, [leo]);
  const page = await open(channelId);
  await field(page).pressSequentially('/');
  await page.getByRole('option', { name: /^\/remind/ }).waitFor();
  await expectNoAxeViolations(page);

  await field(page).fill('');
  await field(page).pressSequentially('/rappel demain à 9 h appeler Léo');
  await page.getByRole('option', { name: /^appeler Léo/ }).waitFor();
  await field(page).press('Enter');
  await page.getByText(/^Reminder set/).waitFor();
  expect((await ines.client.get('/api/scheduled')).body.items).toMatchObject([{ kind: 'note', body: 'appeler Léo' }]);

  await field(page).fill('/topic What we read');
  await field(page).press('Enter');
  await page.getByText('Channel topic updated.').waitFor();
  await page.locator('header, section').getByText('What we read').first().waitFor();

  await field(page).pressSequentially('/invite maud');
  await found(page, 'Maud Perrin').waitFor();
  await field(page).press('Enter');
  await field(page).press('Enter');
  await page.getByText('Maud Perrin was added to the channel.').waitFor();

  await field(page).fill('/nothing at all');
  await field(page).press('Enter');
  await page.getByRole('alert').getByText('There is no command /nothing').waitFor();
  expect(await field(page).inputValue()).toBe('/nothing at all');
  expect(await said(channelId)).toEqual([]);

  await field(page).fill('//etc/hosts');
  await field(page).press('Enter');
  await eventually(async () => expect(await said(channelId)).toEqual(['/etc/hosts']));
});

it('given a name that is typed on before its list has come, then Enter takes nobody whom half of it fits', async () => {
  await aMember(world, cohortId, 'fellow', { name: 'Maxime Roy' });
  const page = await open(await aPrivateChannel(ines, cohortId, [leo]));
  await field(page).pressSequentially('/invite ma');
  await found(page, 'Maud Perrin').waitFor();
  let bring = () => {};
  const brought = new Promise<void>((resolve) => (bring = resolve));
  await page.route(
    (url) => url.pathname.endsWith('/members') && url.searchParams.get('q') === 'maxi',
    async (route) => {
      await brought;
      await route.continue();
    },
  );
  await field(page).pressSequentially('xi');
  await field(page).press('Enter');
  expect(await field(page).inputValue()).toBe('/invite maxi');
  bring();
  await found(page, 'Maxime Roy').waitFor();
  await field(page).press('Enter');
  expect(await field(page).inputValue()).toBe('/invite @Maxime Roy ');
});

it('given a message that is to go tomorrow, then it stands over the composer and on the list, and can be taken back', async () => {
  const page = await open();
  await field(page).fill('Good morning');
  await page.getByRole('button', { name: 'Schedule message' }).click();
  await page.getByRole('menuitem', { name: /^Tomorrow morning/ }).click();
  await page.getByText('1 scheduled message').waitFor();
  expect(await field(page).inputValue()).toBe('');
  await page.getByRole('link', { name: 'View' }).click();
  await page.getByRole('button', { name: 'Change: Good morning' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill('Good evening');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Cancel sending: Good evening' }).click();
  await page.getByText('Scheduled message cancelled.').waitFor();
  expect(await said()).not.toContain('Good evening');
});

it('given a workshop by its command, then it is a card on which others join, and its numbers follow', async () => {
  const staff = await aMember(world, cohortId, 'staff');
  const startsAt = hoursAfter(new Date(new Date().setUTCMinutes(0, 0, 0)), 30);
  const { path } = await aWorkshop(staff, cohortId, {
    ...{ title: 'Plain [language]', startsAt, endsAt: hoursAfter(startsAt, 1), capacity: 2 },
  });
  const channelId = await aPrivateChannel(ines, cohortId, [leo]);
  const page = await open(channelId);
  await field(page).pressSequentially('/workshop plain');
  await found(page, /^Plain \[language\]/).waitFor();
  await field(page).press('Enter');
  await field(page).press('Enter');
  await page.getByText('2 of 2 left').waitFor();
  await expectNoAxeViolations(page);
  await leo.client.put(`${path}/registration`, {});
  await page.getByText('1 of 2 left').waitFor();
  await page.getByRole('button', { name: 'Join “Plain [language]”' }).click();
  await page.getByText('Registered', { exact: true }).waitFor();
  await eventually(async () => expect((await ines.client.get(path)).body.mine).toMatchObject({ status: 'going' }));
});

it('given somebody outside the channel is named, then it is said who will not be notified, they can be let in, and their name is shown to all', async () => {
  const nadia = await aMember(world, cohortId, 'fellow', { name: 'Nadia Benali' });
  const closed = await aPrivateChannel(ines, cohortId, [leo]);
  const page = await open(closed);
  await field(page).pressSequentially('Ask @nad');
  const option = page.getByRole('option', { name: 'Nadia Benali' });
  await option.getByText('Not in this channel').waitFor();
  await page.keyboard.press('Enter');
  const note = page.getByRole('status').filter({ hasText: 'Nadia Benali is not in this channel' });
  await note.getByText('will not be notified').waitFor();
  await expectNoAxeViolations(page);
  await page.keyboard.press('Enter');
  const link = page.getByRole('log').getByRole('link', { name: '@Nadia Benali' });
  await link.waitFor();
  // It is in the log before the server has it.
  await eventually(async () => expect(await said(closed)).toEqual([`Ask <@${nadia.id}>`]));
  // Nobody else has looked at her profile: her name is there all the same.
  const other = await open(closed, leo);
  await other.getByRole('log').getByRole('link', { name: '@Nadia Benali' }).waitFor();

  await field(page).fill('@Nadia Benali welcome');
  await note.getByRole('button', { name: 'Add to channel' }).click();
  await note.waitFor({ state: 'detached' });
  await field(page).press('Enter');
  await eventually(async () => {
    const inbox = (await nadia.client.get('/api/me/inbox')).body.items as { kind: string }[];
    expect(inbox.map(({ kind }) => kind)).toContain('chat.mentioned');
  });

  // Where nobody can be let in, one's own words go to them directly.
  const crafts = await open();
  await field(crafts).fill('@Nadia Benali what do you think?');
  await crafts.getByRole('button', { name: 'Send direct message' }).click();
  await crafts.waitForURL(({ pathname }) => /\/chat\/[0-9a-f]{24}$/.test(pathname) && !pathname.endsWith(room.id));
  expect(await field(crafts).inputValue()).toBe('@Nadia Benali what do you think?');
});
