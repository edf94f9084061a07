import type { Browser, Locator, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import type { ChannelSummary } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage, takeTool } from '../../support/browser.js';
import { readChunks } from '../../support/servers/built-web.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;
let room: ChannelSummary;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
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
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(opened.flat()).toEqual([]);
});

const addressOf = (path: string) => `${world.url}/c/${cohortId}/${path}`;

async function open(person: TestPerson, path = `chat/${room.id}`, expected: number[] = []): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected });
  opened.push(problems);
  await page.goto(addressOf(path));
  await page.locator('h1').waitFor();
  return page;
}

const log = (page: Page) => page.getByRole('log');
const button = (page: Page | Locator, name: string | RegExp) => page.getByRole('button', { name });

/** The dialog that is open, once it was looked at; Escape gives the focus back to what opened it. */
async function looked(page: Page, opener: Locator, open = () => opener.click()): Promise<Locator> {
  await open();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await expectNoAxeViolations(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await opener.and(page.locator(':focus')).waitFor();
  await open();
  return dialog;
}

it('given messages of days ago, then the calendar leads to the first of a day', async () => {
  const now = world.clock.now();
  const then = new Date(now.getTime() - 3 * DAY);
  world.clock.set(then.toISOString());
  await say(leo, room.id, 'News of that day');
  world.clock.set(now.toISOString());
  await say(leo, room.id, 'News of today');
  const page = await open(ines);
  const calendar = await looked(page, button(page, 'Go to a day').first());
  const inParis = (options: Intl.DateTimeFormatOptions, at: Date) =>
    at.toLocaleDateString('en-GB', { timeZone: 'Europe/Paris', ...options });
  if (inParis({ month: 'long' }, then) !== inParis({ month: 'long' }, now))
    await button(calendar, 'Previous month').click();
  const day = inParis({ day: 'numeric', month: 'long', year: 'numeric' }, then);
  // In full: the first of a month is a part of the 21st.
  await calendar.getByRole('button', { name: day, exact: true }).click();
  await page.locator('[data-linked="true"]').getByText('News of that day').waitFor();
});

it('given links to messages, then who may read them sees a card that leads there, and no word of the others', async () => {
  const hidden = await aPrivateChannel(leo, cohortId, []);
  const secret = await say(leo, hidden, 'The names of the jury');
  const shown = await say(leo, room.id, 'The minutes are there');
  await say(leo, room.id, `See ${addressOf(`chat/${hidden}?message=${secret.id}`)}`);
  await say(leo, room.id, `And ${addressOf(`chat/${room.id}?message=${shown.id}`)}`);
  const page = await open(ines);
  await page.locator(`a[href*="${secret.id}"]`).waitFor();
  const card = page.getByRole('link', { name: /Léo Fabre.*The minutes are there/ });
  await card.waitFor();
  await expectNoAxeViolations(page);
  await card.click();
  await page.locator('[data-linked="true"]').getByText('The minutes are there').waitFor();
  expect(await page.getByText('The names of the jury').count()).toBe(0);
});

it('given a channel of their own, then they set where it calls, and a call is said to the others once', async () => {
  const channelId = await aPrivateChannel(ines, cohortId, [leo]);
  const [page, theirs] = await Promise.all([open(ines, `chat/${channelId}`, [422]), open(leo, `chat/${channelId}`)]);
  const call = button(page, 'Call');
  const dialog = await looked(page, call, async () => {
    await call.click();
    await page.getByRole('menuitem', { name: 'Set call link' }).click();
  });
  await dialog.getByRole('textbox', { name: 'Call link' }).fill('ftp://somewhere');
  await button(dialog, 'Save').click();
  await dialog.locator('[aria-invalid="true"]').waitFor();
  await dialog.getByRole('textbox', { name: 'Call link' }).fill('https://meet.example/us');
  await button(dialog, 'Save').click();
  await dialog.waitFor({ state: 'detached' });
  await call.click();
  await expectNoAxeViolations(page);
  const link = page.getByRole('menuitem', { name: 'Open call' });
  expect(await link.getAttribute('href')).toBe('https://meet.example/us');
  await ines.client.post(`/api/channels/${channelId}/calls`);
  const join = theirs.getByRole('link', { name: 'Join call' });
  await join.waitFor();
  expect(await join.getAttribute('href')).toBe('https://meet.example/us');
});

it('given staff, then how long messages are kept is set by a button, said to everybody, and to be seen', async () => {
  const everybody = await channelOf(ines, 'cohort');
  const [page, theirs] = await Promise.all([
    open(staff, `chat/${everybody.id}?side=members`),
    open(ines, `chat/${everybody.id}?side=members`),
  ]);
  const choice = page.getByRole('combobox', { name: 'Message retention' });
  await choice.selectOption('30 days');
  await choice.selectOption('90 days');
  await expectNoAxeViolations(page);
  const save = button(page, 'Save').and(page.locator('[type="submit"]'));
  await save.press('Enter');
  await log(theirs).getByText('Messages older than 90 days will be deleted here.').waitFor();
  await theirs.getByText(/^Messages older than 90 days are deleted, from/).waitFor();
  await save.and(page.locator(':focus')).waitFor();
  expect(await theirs.getByText(/older than 30 days/).count()).toBe(0);
  expect(await theirs.getByRole('combobox', { name: 'Message retention' }).count()).toBe(0);
});

it('given a status and "do not disturb", then others see both, and each ends by one press', async () => {
  const [page, theirs] = await Promise.all([open(ines, 'people'), open(leo, `chat/${room.id}?side=members`)]);
  const seen = theirs.getByRole('complementary', { name: 'Members' }).getByRole('listitem').filter({ hasText: 'Inès' });
  const me = button(page, /^Inès Carpentier, my account/);
  const choose = (name: string) => async () => {
    await me.click();
    await page.getByRole('menuitem', { name }).click();
  };
  const status = await looked(page, me, choose('Set status…'));
  await button(status, 'At lunch').click();
  await button(status, 'Set status').click();
  await seen.getByText('At lunch').waitFor();
  const quiet = await looked(page, me, choose('Until a date and time…'));
  await button(quiet, 'Turn on').click();
  await button(page, 'Inès Carpentier, my account, do not disturb').waitFor();
  await seen.getByText('Do not disturb').waitFor();
  await choose('Clear status')();
  await seen.getByText('At lunch').waitFor({ state: 'detached' });
  await me.click();
  await page.getByRole('menuitem', { name: /^Turn off Do not disturb/ }).click();
  await seen.getByText('Do not disturb').waitFor({ state: 'detached' });
});

it('given a dialog of a menu that is there before the menu has given the focus back, then Escape gives it to the button of the menu', async () => {
  const { page, problems } = await signedInPage(browser, ines, world.url);
  opened.push(problems);
  // The library gives it back so late. On a busy machine the dialog is there before.
  await page.addInitScript(`{
    const later = globalThis.setTimeout;
    globalThis.setTimeout = (work, ms, ...values) => later(work, ms === 10 ? 400 : ms, ...values);
  }`);
  await page.goto(addressOf('people'));
  // The page stands, so that nothing of it comes later and takes the menu away.
  await page.getByRole('link', { name: 'Léo Fabre' }).first().waitFor();
  const me = button(page, /^Inès Carpentier, my account/);
  await me.click();
  await page.getByRole('menuitem', { name: 'Set status…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await me.and(page.locator(':focus')).waitFor();
});

it('given a press on my face before its menu came, then the menu opens as soon as it is there', async () => {
  const { page, problems } = await signedInPage(browser, ines, world.url);
  opened.push(problems);
  let bring = () => {};
  const brought = new Promise<void>((resolve) => (bring = resolve));
  await page.route('**/assets/*.js', async (route) => {
    const response = await route.fetch();
    // The script of the menu, which has a name of its bytes.
    if ((await response.text()).includes('status.quietFor')) await brought;
    await route.fulfill({ response });
  });
  await page.goto(addressOf('people'));
  const me = button(page, /^Inès Carpentier, my account/);
  await me.click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('menuitem').count()).toBe(0);
  bring();
  await page.getByRole('menuitem', { name: 'Set status…' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem', { name: 'Set status…' }).waitFor({ state: 'detached' });
  await me.and(page.locator(':focus')).waitFor();
});

it('given somebody unwelcome, then blocking closes the conversation to both, and the settings open it again', async () => {
  const { id } = (await ines.client.post('/api/direct', { userIds: [leo.id] })).body as { id: string };
  const page = await open(ines, 'people');
  await page.goto(`${world.url}/chat/${id}?side=members`);
  const dialog = await looked(page, button(page, 'Block direct messages'));
  await button(dialog, 'Block').click();
  await page.getByText('You blocked Léo Fabre. Neither of you can write here.').waitFor();
  const refused = await leo.client.post(`/api/channels/${id}/messages`, { clientId: crypto.randomUUID(), body: 'Hey' });
  expect([refused.status, refused.body.code]).toEqual([403, 'blocked']);
  await page.goto(`${world.url}/settings/privacy`);
  await button(page, 'Unblock Léo Fabre').click();
  await page.getByText('Everyone in your cohorts can send you direct messages.').waitFor();
  expect((await say(leo, id, 'Sorry.')).body).toBe('Sorry.');
});

it('given a message that harms, then it is reported, and staff take it down and answer', async () => {
  await say(leo, room.id, 'Nobody wants you here');
  const page = await open(ines);
  const row = page.locator('[data-seq]', { hasText: 'Nobody wants you here' });
  const report = await looked(page, row.locator('[tabindex="-1"]').first(), async () => {
    await takeTool(page, 'Nobody wants you here', 'More actions');
    await page.getByRole('menuitem', { name: 'Report to the programme team' }).click();
  });
  await report.getByRole('radio', { name: 'Harassment' }).check();
  await report.getByRole('textbox', { name: 'Details' }).fill('Since Monday');
  await button(report, 'Report message').click();
  await page.getByText(/^Reported\./).waitFor();

  const theirs = await open(staff, 'reports');
  await theirs.getByText('Since Monday').waitFor();
  const decision = await looked(theirs, button(theirs, 'Remove the message…'));
  await decision.getByRole('textbox').fill('Thank you for telling us.');
  await button(decision, 'Remove the message').click();
  await theirs.getByText('Nothing to decide').waitFor();
  await theirs.locator('h1:focus').waitFor();
  await row.waitFor({ state: 'detached' });
  await theirs.getByText('Decided', { exact: true }).click();
  await theirs.getByText('The message was removed').waitFor();
  await expectNoAxeViolations(theirs);
});

it('given a channel I go to most, then it stands among my favourites on both of my pages, and goes back to its place', async () => {
  const [page, phone] = [await open(leo), await open(leo, 'chat')];
  await phone.setViewportSize({ width: 390, height: 844 });
  const rail = page.getByRole('navigation', { name: 'Favourites' });
  expect(await rail.count()).toBe(0);
  await button(page, 'Add to favourites').click();
  await rail.getByRole('link', { name: /craft-data/ }).waitFor();
  expect(await page.getByRole('navigation', { name: 'Channels' }).getByText('craft-data').count()).toBe(0);
  await expectNoAxeViolations(page);
  const theirs = phone.getByRole('group', { name: 'Favourites' });
  await theirs.getByText('craft-data').waitFor();
  await expectNoAxeViolations(phone);
  await button(page, 'Remove from favourites').click();
  await rail.waitFor({ state: 'detached' });
  await page.getByRole('navigation', { name: 'Channels' }).getByText('craft-data').waitFor();
  await theirs.waitFor({ state: 'detached' });
});

it('given a message to come back to, then one press plans it, and the list leads to it, moves it and lets go of it', async () => {
  await say(leo, room.id, 'Which licence do we choose for the map?');
  const page = await open(ines);
  await takeTool(page, 'Which licence', 'More actions');
  await page.getByRole('menuitem', { name: 'Remind me…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remind me of this message' });
  await button(dialog, /^In an hour/).waitFor();
  await expectNoAxeViolations(page);
  await button(dialog, /^In an hour/).press('Enter');
  await page.getByText(/^Reminder set: /).waitFor();
  await dialog.waitFor({ state: 'detached' });

  await page.goto(`${world.url}/catch-up?tab=later`);
  const waits = page.getByRole('listitem').filter({ hasText: 'Which licence do we choose for the map?' });
  await waits.getByText('reminder of this message').waitFor();
  await button(waits, /^Change: Which licence/).click();
  const change = page.getByRole('dialog', { name: 'Edit reminder' });
  await change.getByLabel('Day').waitFor();
  expect(await change.getByRole('textbox', { name: 'Text' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await change.waitFor({ state: 'detached' });
  await waits.getByRole('link').first().click();
  await log(page).getByText('Which licence').waitFor();
  await page.goBack();
  await button(waits, /^Do not remind me: Which licence/).click();
  await page.getByText('Reminder cancelled.').waitFor();
  await waits.waitFor({ state: 'detached' });
});

it('given a long channel, then it opens at its foot, also for who wants no motion, and comes back to it with the focus', async () => {
  const channelId = await aPrivateChannel(ines, cohortId, [leo]);
  for (let at = 1; at <= 90; at += 1)
    await say(at % 3 ? leo : ines, channelId, `Message ${at}\n${'\nline'.repeat((at * 7) % 13)}`);
  await ines.client.put(`/api/channels/${channelId}/read`, { seq: 90 });
  const page = await open(ines, `chat/${channelId}`);
  const gap = () =>
    page.evaluate<number>(`(() => {
      const list = document.querySelector('[role="log"]');
      return list ? list.scrollHeight - list.scrollTop - list.clientHeight : Infinity;
    })()`);
  const atFoot = async () => {
    await log(page).getByText('Message 90').waitFor();
    await eventually(async () => expect(await gap()).toBeLessThanOrEqual(1));
    await button(page, 'Jump to latest').waitFor({ state: 'detached' });
    expect(await gap()).toBeLessThanOrEqual(1);
  };
  await atFoot();
  await log(page).hover();
  await eventually(async () => {
    await page.mouse.wheel(0, -3_000);
    expect(await log(page).locator('[data-seq="1"]').count()).toBe(1);
  });
  await button(page, 'Jump to latest').waitFor();
  for (const text of ['One more', 'And another']) await say(leo, channelId, text);
  await button(page, 'Jump to latest, 2 new').click();
  await atFoot();
  await log(page).getByText('And another').waitFor();
  await log(page).and(page.locator(':focus')).waitFor();
});

it('given a dialog over a thread, then Escape closes the dialog and leaves the thread', async () => {
  const root = await say(ines, room.id, 'How do **you** count?');
  const page = await open(ines, `chat/${room.id}?thread=${root.id}`);
  const dialog = await looked(page, button(page, 'Continue in the forum'));
  await page.getByRole('complementary', { name: 'Thread' }).waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Question' }).inputValue()).toBe('How do you count?');
});

it('given a newer version on the server, then a part that does not come any more says so, and nothing is loaded by itself', async () => {
  // What the browser says of the script that is gone is meant to be there.
  const { page } = await signedInPage(browser, ines, world.url);
  await page.goto(addressOf(`chat/${room.id}`));
  await log(page).waitFor();
  await page.route(`**/${readChunks()['src/features/chat/channels/PinsPanel.tsx']!.file}`, (route) =>
    route.fulfill({ status: 404, body: '' }),
  );
  await page.route(`${world.url}/`, (route) => route.fulfill({ contentType: 'text/html', body: '<title>New</title>' }));
  let loads = 0;
  page.on('load', () => (loads += 1));
  await button(page, 'Pinned messages').click();
  await page.getByText('This part did not load.').waitFor();
  expect(await log(page).isVisible()).toBe(true);
  const line = page.getByRole('status').filter({ hasText: 'Cordée has been updated' });
  await line.waitFor();
  await expectNoAxeViolations(page);
  expect(loads).toBe(0);
  await page.unrouteAll();
  await button(line, 'Reload').click();
  await log(page).waitFor();
  await page.getByRole('complementary', { name: 'Pinned messages' }).waitFor();
});

it('given a cohort that is closed, then no channel is offered to be made', async () => {
  const here = await aCohort(world, { name: 'Ended' });
  const guide = await aMember(world, here, 'staff', { name: 'Bruno Marty' });
  const { page, problems } = await signedInPage(browser, guide, world.url);
  opened.push(problems);
  await page.goto(world.url);
  const plus = button(page.getByRole('complementary').first(), 'New channel').or(button(page, 'New channel'));
  await plus.first().waitFor();
  expect((await guide.client.post(`/api/cohorts/${here}/close`)).status).toBeLessThan(300);
  await page.reload();
  await page.getByRole('link', { name: 'Browse channels' }).first().waitFor();
  await plus.first().waitFor({ state: 'detached' });
  const made = await guide.client.post(`/api/cohorts/${here}/channels`, { name: 'late', memberIds: [] });
  expect([made.status, made.body.code]).toEqual([409, 'cohort_closed']);
});
