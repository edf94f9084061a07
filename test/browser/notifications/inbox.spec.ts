import type { Browser, Page } from 'playwright-core';
import { Notifier } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, inColours, settledPage } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

const DAY = 86_400_000;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

const shot = (name: string) => (process.env.SHOTS ? { path: `${process.env.SHOTS}/${name}.png`, fullPage: true } : {});

async function inboxOf(person: TestPerson): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/inbox`);
  return page;
}

/** A workshop, and how its hosts write to who goes. */
async function aTalkative(person: TestPerson): Promise<{ path: string; tell: (text: string) => Promise<void> }> {
  const startsAt = `${new Date(Date.now() + 9 * DAY).toISOString().slice(0, 10)}T10:00:00.000Z`;
  const workshop = await aWorkshop(staff, cohortId, {
    ...{ title: 'Data walk', startsAt, endsAt: startsAt.replace('T10', 'T11') },
  });
  const path = `/c/${cohortId}/workshops/${workshop.id}`;
  const tell = (text: string) =>
    world.app.get(Notifier).notify({
      ...{ userIds: [person.id], cohortId, kind: 'workshop.message', why: 'registered', key: `k-${Math.random()}` },
      ...{ params: { by: 'Aurore Tessier', title: 'Data walk', text }, link: path },
    });
  return { path, tell };
}

const tellOfTheCohort = (person: TestPerson) =>
  world.app.get(Notifier).notify({
    ...{ userIds: [person.id], cohortId, kind: 'chat.mentioned', why: 'mentioned', key: `k-${Math.random()}` },
    ...{ params: { by: 'Claire', channel: 'General', excerpt: 'Look' }, link: `/c/${cohortId}/people` },
  });

const unreadOf = async (person: TestPerson) => (await person.client.get('/api/me/inbox')).body.unread;

it('given several notices of one thing on one day, then they are one entry that unfolds, grows live where it is open, and is read together', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  const { path, tell } = await aTalkative(fellow);
  const today = world.clock.now();
  world.clock.set(new Date(today.getTime() - 2 * DAY).toISOString());
  await tell('Days ago');
  world.clock.set(today.toISOString());
  for (const text of ['Bring shoes', 'Bring water', 'Bring a hat']) await tell(text);
  await tellOfTheCohort(fellow);

  const page = await inboxOf(fellow);
  await page.getByText('5 unread').waitFor();
  const more = page.getByRole('button', { name: 'and 2 more, 2 unread (Aurore Tessier on “Data walk”)' });
  // What is told of another day stands under its own day.
  await page.getByText('Days ago').waitFor();
  expect(await page.getByText('Bring water').isVisible()).toBe(false);
  await expectNoAxeViolations(page);
  await page.screenshot(shot('inbox-folded-1440'));
  await more.press('Enter');
  expect(await more.getAttribute('aria-expanded')).toBe('true');
  await page.getByText('Bring water').waitFor();
  await page.getByText('Bring shoes').waitFor();
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await page.screenshot(shot('inbox-open-1440'));

  await tell('Bring lunch');
  const grown = page.getByRole('button', { name: 'and 3 more, 3 unread' });
  await grown.waitFor();
  // It has come up to the first place, open as it was, and the keyboard is where it was.
  await page.locator('main section').first().getByRole('listitem').first().getByText('Bring lunch').waitFor();
  expect(await grown.getAttribute('aria-expanded')).toBe('true');
  await grown.and(page.locator(':focus')).waitFor();
  await page.getByText('6 unread').waitFor();

  await page.getByRole('link', { name: 'Aurore Tessier on “Data walk”' }).nth(2).click();
  await page.waitForURL(`**${path}`);
  await eventually(async () => expect(await unreadOf(fellow)).toBe(2));
  await page.goBack();
  await page.getByText('2 unread').waitFor();
  await page.getByRole('button', { name: /^and 3 more \(/ }).waitFor();
});

it('given French, a phone and the dark, then the entry fits and says so in French', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Lou Marchetti', locale: 'fr' });
  const { tell } = await aTalkative(fellow);
  for (const text of ['Prenez des chaussures', 'Prenez de l’eau']) await tell(text);
  await tellOfTheCohort(fellow);
  const page = await inboxOf(fellow);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: /^et 1 autre, 1 non lue/ }).click();
  await page.getByText('Prenez des chaussures').waitFor();
  for (const colours of ['light', 'dark'] as const) {
    await inColours(page, colours);
    await settledPage(page);
    await expectAWholePage(page);
    await expectNoAxeViolations(page);
    await page.screenshot(shot(`inbox-390-${colours}-fr`));
  }
});

it('given a notice of a topic or a channel that I watch, then one tap in it ends the watch, and one takes that back', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Noor Haddad' });
  const topic = (
    await staff.client.post(`/api/cohorts/${cohortId}/topics`, { title: 'Old codes?', body: 'Where?', tags: [] })
  ).body;
  const path = `/api/cohorts/${cohortId}/topics/${topic.id}`;
  await fellow.client.put(`${path}/subscription`, { level: 'watching' });
  await staff.client.post(`${path}/posts`, { body: 'I looked for it.' });
  const page = await inboxOf(fellow);
  const acts = page.getByRole('button', { name: /^Actions: / }).first();
  const choose = async (name: string) => {
    await acts.click();
    await page.getByRole('menuitem', { name }).click();
  };
  await acts.click();
  await page.getByRole('menuitem', { name: 'Stop following this topic' }).waitFor();
  await expectNoAxeViolations(page);
  await page.screenshot(shot('inbox-watch-1440'));
  await page.keyboard.press('Escape');
  const level = async () => (await fellow.client.get(path)).body.subscription;
  // Its page was open just before: what it keeps of the topic must not outlive the watch.
  const follow = page.getByRole('combobox', { name: 'Notifications for this topic' });
  await page.getByRole('link', { name: 'Old codes?' }).first().click();
  await follow.waitFor();
  expect(await follow.inputValue()).toBe('watching');
  await page.goBack();
  await choose('Stop following this topic');
  await page.getByText('You are notified only when you are mentioned.').waitFor();
  await eventually(async () => expect(await level()).toBe('normal'));
  await page.goForward();
  await eventually(async () => expect(await follow.inputValue()).toBe('normal'));
  await page.goBack();
  await choose('Stop following this topic');
  await page.getByText('You are notified only when you are mentioned.').waitFor();
  await expectNoAxeViolations(page);
  await choose('Follow again');
  await eventually(async () => expect(await level()).toBe('watching'));

  const channels = async () =>
    (await fellow.client.get('/api/channels')).body.items as { id: string; kind: string; watched: boolean }[];
  const { id } = (await channels()).find(({ kind }) => kind !== 'direct')!;
  await fellow.client.put(`/api/channels/${id}/watched`, { watched: true });
  await world.app.get(Notifier).notify({
    ...{
      userIds: [fellow.id],
      cohortId,
      kind: 'chat.watched',
      why: 'watching',
      key: 'watched',
      link: `/c/${cohortId}/chat/${id}`,
    },
    params: { channelId: id, by: 'Claire', channel: 'General', channelKey: null, count: 1, excerpt: 'Look' },
  });
  await page.getByText('#General').first().waitFor();
  await choose('Stop following this channel');
  await eventually(async () => expect((await channels()).find((one) => one.id === id)?.watched).toBe(false));
});

it('given what nobody can switch off, then it says why it is always on', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Sam Okafor' });
  await world.app.get(Notifier).notify({
    ...{ userIds: [fellow.id], cohortId, kind: 'workshop.cancelled', why: 'registered', key: 'cancelled' },
    params: {
      title: 'Data walk',
      startsAt: world.clock.now().toISOString(),
      several: 'false',
      count: 1,
      reason: 'none',
    },
    link: `/c/${cohortId}/workshops`,
  });
  const page = await inboxOf(fellow);
  await page.getByRole('button', { name: /^Actions: / }).click();
  await page.getByText('Always on, so that no one comes for nothing.').waitFor();
  expect(await page.getByRole('menuitem', { name: /^Setting/ }).count()).toBe(0);
});

it('given a topic in a tab that nobody looks at, then its notices stay unread until it is looked at', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Yann Kerbrat' });
  const asked = { title: 'Which register?', body: 'I found two.', tags: [] };
  const { id } = (await fellow.client.post(`/api/cohorts/${cohortId}/topics`, asked)).body;
  const { page, problems } = await signedInPage(browser, fellow, world.url);
  opened.push(problems);
  // The driver keeps every page focused, so whether a tab is in front is said by the test.
  await page.addInitScript({ content: 'window.inFront = false; document.hasFocus = () => window.inFront;' });
  await page.goto(`${world.url}/c/${cohortId}/forum/${id}`);
  await page.getByText('I found two.').waitFor();
  await staff.client.post(`/api/cohorts/${cohortId}/topics/${id}/posts`, { body: 'The one of the post office.' });
  await page
    .getByRole('link', { name: 'Inbox, 1 unread' })
    .or(page.getByRole('button', { name: 'Inbox, 1 unread' }))
    .first()
    .waitFor();
  await page.waitForLoadState('networkidle');
  expect(await unreadOf(fellow)).toBe(1);
  await page.evaluate('window.inFront = true; window.dispatchEvent(new Event("focus"))');
  await eventually(async () => expect(await unreadOf(fellow)).toBe(0));
});

it('given an answer that is accepted while its reader looks at the topic they had read, then that is read, and what they were told on a later page', async () => {
  const [fellow, other] = [await aMember(world, cohortId, 'fellow'), await aMember(world, cohortId, 'fellow')];
  const [C, asked] = [`/api/cohorts/${cohortId}`, { title: 'Whose stamp?', body: 'Red or blue?', tags: [] }];
  const { id } = (await other.client.post(`${C}/topics`, asked)).body;
  await fellow.client.put(`${C}/topics/${id}/subscription`, { level: 'watching' });
  const post = (await staff.client.post(`${C}/topics/${id}/posts`, { body: 'Blue.' })).body;
  await eventually(async () => expect(await unreadOf(fellow)).toBe(1));
  await fellow.client.put(`${C}/topics/${id}/read`, { number: 2 });
  await eventually(async () => expect(await unreadOf(fellow)).toBe(0));
  const accept = (body: object) => other.client.put(`${C}/topics/${id}/answer`, body);
  expect((await accept({ postId: post.id })).status).toBe(200);
  await eventually(async () => expect(await unreadOf(fellow)).toBe(1));
  for (let index = 0; index < 60; index += 1)
    await world.app.get(Notifier).notify({
      ...{ userIds: [fellow.id], cohortId, kind: 'request.told', why: 'author', key: `later-${index}`, link: '/' },
      params: { by: 'Claire', title: 'Maps', excerpt: '' },
    });
  const { page, problems } = await signedInPage(browser, fellow, world.url);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/${id}`);
  await page.getByText('Red or blue?').waitFor();
  await eventually(async () => expect(await unreadOf(fellow)).toBe(60));
  const second = (await other.client.post(`${C}/topics/${id}/posts`, { body: 'Or none.' })).body;
  await page.getByText('Or none.').waitFor();
  await eventually(async () => expect(await unreadOf(fellow)).toBe(60));
  expect((await accept({ postId: second.id })).status).toBe(200);
  await eventually(async () => {
    const { items } = (await fellow.client.get('/api/me/inbox')).body;
    expect(items.filter(({ kind }: { kind: string }) => kind === 'topic.answered')).toMatchObject([
      { readAt: expect.any(String) },
    ]);
    expect(await unreadOf(fellow)).toBe(60);
  });
});

it('given a word in the address that means nothing, then the page is as without it', async () => {
  const { page, problems } = await signedInPage(browser, staff, world.url);
  opened.push(problems);
  for (const address of [
    '/inbox?show=foo',
    ...['forum?tab=foo&sort=foo', 'workshops?show=foo&kind=foo'].map((path) => `/c/${cohortId}/${path}`),
  ]) {
    await page.goto(world.url + address);
    await page.getByRole('tabpanel').waitFor();
    expect([address, await page.getByRole('tab').first().getAttribute('aria-selected')]).toEqual([address, 'true']);
  }
  for (const [path, group] of [
    ['people?role=foo&craft=foo', 'Role'],
    ['reminders?state=foo&by=foo', 'State'],
  ]) {
    await page.goto(`${world.url}/c/${cohortId}/${path}`);
    const first = page.getByRole('radiogroup', { name: group }).getByRole('radio').first();
    await first.waitFor({ state: 'attached' });
    expect([path, await first.isChecked()]).toEqual([path, true]);
    await page.waitForLoadState('networkidle');
    expect([path, await page.getByRole('alert').count()]).toEqual([path, 0]);
  }
});

it('given the keyboard alone, then j, k and e go through the unread, and the focus stays in the list', async () => {
  const fellow = await aMember(world, cohortId, 'fellow', { name: 'Ali Ben' });
  const tell = (channel: string) =>
    world.app.get(Notifier).notify({
      ...{ userIds: [fellow.id], cohortId, kind: 'chat.mentioned', why: 'mentioned', key: `k-${channel}` },
      ...{ params: { by: 'Claire', channel, excerpt: 'Look' }, link: `/c/${cohortId}/${channel}` },
    });
  for (const channel of ['people', 'projects', 'workshops']) await tell(channel);
  const page = await inboxOf(fellow);
  await page.getByText('3 unread').waitFor();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Filter by topic' }).hover();
  await page.getByRole('menuitem', { name: 'Unread' }).click();
  await page.getByRole('button', { name: 'Remove filter: Unread' }).waitFor();
  await page.locator('[data-entry]').nth(2).waitFor();
  const focused = (path: string) => page.locator(`a[href="/c/${cohortId}/${path}"]:focus`).waitFor();
  await page.getByRole('button', { name: 'Remove filter: Unread' }).blur();
  await page.keyboard.press('j');
  await focused('workshops');
  await page.keyboard.press('j');
  await focused('projects');
  await page.keyboard.press('k');
  await focused('workshops');
  await page.keyboard.press('j');
  await focused('projects');
  // A page that asks anew leaves out what is read, so nothing goes back to it here.
  await page.keyboard.press('e');
  await page.getByText('2 unread').waitFor();
  await focused('people');
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await keys.getByText('Snooze').waitFor();
  await expectNoAxeViolations(page);
  await page.keyboard.press('Escape');
  await eventually(async () => expect(await unreadOf(fellow)).toBe(2));
});
