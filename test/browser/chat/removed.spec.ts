import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { aPrivateChannel, channelOf, say } from '../../support/rooms/chat.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { type TestPerson, aCohort, aMember, join } from '../../support/factories.js';
import { expectNoAxeViolations, watchQuestions } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

/** A page that asks nothing more has drawn so many frames: they take longer than the second after which it tells what was read. */
const STILL_FRAMES = 90;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let ines: TestPerson;
let leo: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
});
beforeEach(async () => {
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** All that a page asks of the server from now on: requests of the API and what goes up the socket. */
function askedBy(page: Page, sockets: Set<(frame: string) => void>): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/')) asked.push(new URL(request.url()).pathname);
  });
  sockets.add((frame) => asked.push(frame));
  return asked;
}

/** Waits until a page of Léo has all that it asks for by itself, and has said that the channel is read. */
async function hasAsked(still: () => Promise<void>, room: string): Promise<void> {
  await still();
  await eventually(async () => {
    const { items } = (await leo.client.get('/api/channels')).body as { items: { id: string; unread: number }[] };
    expect(items.find(({ id }) => id === room)?.unread).toBe(0);
  });
}

/** A page with a listener for what goes up its socket: sockets are watched from their opening on. */
async function opened(person: TestPerson, path: string) {
  const { page, problems } = await signedInPage(browser, person, world.url);
  const sockets = new Set<(frame: string) => void>();
  const asksNothing = watchQuestions(page);
  const still = () => asksNothing(STILL_FRAMES);
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      // One letter or two are beats of the line.
      if (String(payload).length > 2) for (const tell of sockets) tell(String(payload));
    }),
  );
  await page.goto(`${world.url}${path}`);
  return { page, problems, sockets, still };
}

it('given the channel on screen, then who is taken out is told so, copies what they typed, and asks nothing more of it', async () => {
  const room = await aPrivateChannel(ines, cohortId, [leo]);
  await say(ines, room, 'A confidence');
  const { page, problems, sockets, still } = await opened(leo, `/c/${cohortId}/chat/${room}?side=members`);
  await page.getByText('A confidence').waitFor();
  await page.getByRole('textbox').last().fill('What I wanted to say');
  const other = await channelOf(leo, 'help');
  await page.getByRole('link', { name: 'general-help' }).waitFor();
  await hasAsked(still, room);
  const asked = askedBy(page, sockets);
  await ines.client.delete(`/api/channels/${room}/members/${leo.id}`);
  await page.getByRole('heading', { name: 'You are no longer in #private' }).waitFor();
  expect(await page.getByText('A confidence').count()).toBe(0);
  expect(await page.getByRole('textbox').all()).toHaveLength(1);
  expect(await page.getByLabel(/^# private/).inputValue()).toBe('What I wanted to say');
  expect(await page.getByRole('link', { name: /^private/ }).count()).toBe(0);
  await expectNoAxeViolations(page);
  // What comes after it has come: so all that the page would ask by itself was asked.
  await say(ines, other.id, 'Later');
  await page.getByRole('link', { name: /general-help.*1/ }).waitFor();
  expect(asked).toEqual([]);
  // Whoever comes back to the window has their lists refreshed, and nothing of what they are out of.
  const listed = page.waitForResponse((answer) => answer.url().endsWith('/api/channels'));
  await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`);
  await listed;
  expect(asked.filter((one) => one.includes(room))).toEqual([]);
  await page.getByRole('link', { name: 'Browse channels' }).click();
  await page.getByRole('heading', { name: 'Channels' }).first().waitFor();
  // Let in again, it is there as before.
  await ines.client.put(`/api/channels/${room}/members/${leo.id}`);
  await page
    .getByRole('navigation', { name: 'Channels' })
    .getByRole('link', { name: /^private/ })
    .click();
  await page.getByText('A confidence').waitFor();
  expect(problems).toEqual([]);
});

it('given a page of the cohort on screen, then who is taken out of it is told so at once, its menus go, and nothing of it is asked', async () => {
  const next = await aCohort(world, { name: 'Cohort 8' });
  await join(world, next, leo.id, 'fellow');
  const room = await aPrivateChannel(ines, cohortId, [leo]);
  const { page, problems, sockets, still } = await opened(leo, `/c/${cohortId}/chat/${room}`);
  await page.getByRole('textbox').last().fill('Half a thought');
  await page.getByRole('link', { name: 'general-help' }).waitFor();
  await hasAsked(still, room);
  const asked = askedBy(page, sockets);
  expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${leo.id}`)).status).toBe(204);
  await page.getByRole('heading', { name: 'You are no longer in Cohort 7' }).waitFor();
  await page.getByLabel(/^# private/).waitFor();
  expect(await page.getByLabel(/^# private/).inputValue()).toBe('Half a thought');
  expect(await page.getByRole('link', { name: 'Workshops' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'general-help' }).count()).toBe(0);
  await expectNoAxeViolations(page);
  expect(asked).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('link', { name: 'Go to Cohort 8' }).click();
  await page.waitForURL((address) => address.pathname === `/c/${next}/week`);
  expect(asked.filter((one) => one.includes(cohortId) || one.includes(room))).toEqual([]);
  expect(problems).toEqual([]);
});

const HOUR = 3_600_000;
/** The full hour that lies so many hours from now. */
const hour = (hours: number) =>
  `${new Date(world.clock.now().getTime() + hours * HOUR).toISOString().slice(0, 13)}:00:00.000Z`;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));
const TOPIC = { title: 'Which codes are old?', body: 'I look for them.', tags: [] };

/** Pages of the cohort with something of it on them: where each is, and what stands on it. */
const PAGES: [name: string, make: () => Promise<[path: string, words: string]>][] = [
  [
    'a topic',
    async () => [`/forum/${(await ines.client.post(`/api/cohorts/${cohortId}/topics`, TOPIC)).body.id}`, TOPIC.body],
  ],
  [
    'a workshop',
    async () => {
      const times = { startsAt: hour(50), endsAt: hour(52) };
      const { id } = await aWorkshop(staff, cohortId, { title: 'By hand', ...times });
      return [`/workshops/${id}`, 'By hand'];
    },
  ],
  [
    'a session',
    async () => {
      const coach = await aCoach(world, cohortId, { weekly: EVERY_DAY });
      const session = await aSession(cohortId, leo, coach.id, hour(30), { despite: true });
      return [`/coaching/sessions/${session.id}`, session.need];
    },
  ],
  [
    'the week',
    async () => {
      await aWorkshop(staff, cohortId, { title: 'This week', startsAt: hour(2), endsAt: hour(3) });
      return ['/week', 'This week'];
    },
  ],
];

it.each(PAGES)(
  'given %s on screen, then who is taken out of the cohort is told so, sees it no more, and the page asks nothing of it',
  async (_, make) => {
    const [path, words] = await make();
    await world.settled();
    const { page, problems, sockets, still } = await opened(leo, `/c/${cohortId}${path}`);
    await page.getByText(words).first().waitFor();
    await still();
    // What is seen of a topic is told a second later: until then the page has still to ask for something.
    const topic = `/api/cohorts/${cohortId}/topics/${path.split('/').at(-1)}`;
    if (path.startsWith('/forum/'))
      await eventually(async () => expect((await leo.client.get(topic)).body.readNumber).toBe(1));
    const asked = askedBy(page, sockets);
    expect((await staff.client.delete(`/api/cohorts/${cohortId}/members/${leo.id}`)).status).toBe(204);
    await page.getByRole('heading', { name: 'You are no longer in Cohort 7' }).waitFor();
    expect(await page.getByText(words).count()).toBe(0);
    // What happens in the cohort from now on, and whoever comes back to the window, makes it ask nothing of it either.
    await ines.client.post(`/api/cohorts/${cohortId}/topics`, { ...TOPIC, title: 'And another one?' });
    await world.settled();
    await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`);
    await still();
    expect(asked.filter((one) => one.includes(cohortId))).toEqual([]);
    expect(problems).toEqual([]);
  },
);
