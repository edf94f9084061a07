import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Message } from '../../../src/contracts/chat/chat.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signIn } from '../../support/browser.js';
import { channelOf, say } from '../../support/rooms/chat.js';
import { eventually } from '../../support/eventually.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';

let world: TestWorld;
let browser: Browser;
let context: BrowserContext;
let ines: TestPerson;
let leo: TestPerson;
let cohortId: string;
let tabs: [Page, Page];

/**
 * The browser's own notifications, each noted as it is shown and closed. The driver keeps every page focused, so whether a tab is in
 * front is said by the test.
 */
const NOTE = `
  window.inFront = false;
  document.hasFocus = () => window.inFront;
  window.told = [];
  const Real = window.Notification;
  window.Notification = class extends Real {
    constructor(title, options) {
      super(title, options);
      window.told.push({ title, body: options.body, tag: options.tag, closed: false, click: () => this.onclick?.() });
    }
    close() {
      super.close();
      const own = window.told.find((one) => one.tag === this.tag);
      if (own) own.closed = true;
    }
  };
`;

interface Told {
  title: string;
  body: string;
  tag: string;
  closed: boolean;
}

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  browser = await openBrowser([], { whole: true });
  context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Europe/Paris', permissions: ['notifications'] });
  await context.addInitScript(NOTE);
  const first = await context.newPage();
  await signIn(first, ines, world.url);
  await first.goto(`${world.url}/settings/this-device`);
  tabs = [first, await context.newPage()];
  await tabs[1].goto(`${world.url}/c/${cohortId}/week`);
  await tabs[1].locator('h1').waitFor();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const told = async () => {
  const each = await Promise.all(tabs.map((tab) => tab.evaluate<Told[]>('window.told')));
  return each.flat().map(({ title, body, tag, closed }) => ({ title, body, tag, closed }));
};
const direct = async () => (await leo.client.post('/api/direct', { userIds: [ines.id] })).body.id as string;

/** What a tab goes by (the choice, what is muted) reaches it a moment after it was said: what came before that is not told. */
async function sayUntilTold(channelId: string, body: string): Promise<Message> {
  for (let tries = 1; ; tries += 1) {
    const message = await say(leo, channelId, body);
    try {
      await eventually(async () => expect((await told()).map(({ tag }) => tag)).toContain(message.id));
      return message;
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

it('given it is off, then nothing; switched on, then one of two tabs tells, without the words until they are chosen', async () => {
  const channelId = await direct();
  await say(leo, channelId, 'before');
  await tabs[0].getByLabel('Desktop notifications').click();
  await tabs[0].waitForLoadState('networkidle');
  const first = await sayUntilTold(channelId, 'A secret word');
  expect(await told()).toHaveLength(1);
  expect((await told())[0]).toEqual({ title: 'Léo Fabre', body: 'New message', tag: first.id, closed: false });

  await tabs[0].getByLabel('Show message text').click();
  const cohort = await channelOf(ines, 'cohort');
  const named = await say(leo, cohort.id, `<@${ines.id}> look`);
  await eventually(async () => expect(await told()).toHaveLength(2));
  expect((await told()).find(({ tag }) => tag === named.id)).toMatchObject({ body: '@Inès Carpentier look' });

  // A reply in a thread that I follow; what is nobody's business stays quiet.
  const mine = await say(ines, cohort.id, 'Who has a template?');
  await say(leo, cohort.id, 'said to all and nobody');
  const reply = await say(leo, cohort.id, 'I do', mine.id);
  await eventually(async () => expect(await told()).toHaveLength(3));
  expect((await told()).map(({ tag }) => tag)).toContain(reply.id);

  // Read elsewhere, it goes.
  await ines.client.put(`/api/channels/${channelId}/read`, { seq: first.seq });
  await eventually(async () => expect((await told()).find(({ tag }) => tag === first.id)?.closed).toBe(true));
});

it('given a tab in front, a quiet channel, or “do not disturb”, then nothing is told', async () => {
  const channelId = await direct();
  const before = (await told()).length;
  await tabs[1].evaluate('window.inFront = true');
  const seen = await say(leo, channelId, 'seen anyway');
  // The tab in front has taken it.
  const taken = `navigator.locks.query().then(({ held }) => held.some(({ name }) => name.endsWith('${seen.id}')))`;
  await eventually(async () => expect(await tabs[1].evaluate(taken)).toBe(true));
  await tabs[1].evaluate('window.inFront = false');
  await ines.client.put(`/api/channels/${channelId}/muted`, { muted: true });
  for (const tab of tabs) await tab.getByText('muted', { exact: true }).waitFor({ state: 'attached' });
  await say(leo, channelId, 'muted');
  await ines.client.put(`/api/channels/${channelId}/muted`, { muted: false });
  await ines.client.put('/api/me/quiet', { until: new Date(Date.now() + 3_600_000).toISOString() });
  // Each tab goes by what it has heard itself.
  for (const tab of tabs) await tab.getByRole('button', { name: 'do not disturb' }).waitFor();
  await say(leo, channelId, 'not now');
  await ines.client.put('/api/me/quiet', { until: null });
  for (const tab of tabs) await tab.getByRole('button', { name: 'do not disturb' }).waitFor({ state: 'detached' });
  const last = await sayUntilTold(channelId, 'now');
  expect((await told()).length - before).toBe(1);

  // Opened from the notification, the message is there.
  const tab = (await tabs[0].evaluate<Told[]>('window.told')).some(({ tag }) => tag === last.id) ? tabs[0] : tabs[1];
  await tab.evaluate(`window.told.find((one) => one.tag === '${last.id}').click()`);
  await tab.waitForURL((url) => url.pathname.endsWith(channelId) && url.searchParams.get('message') === last.id);
});
