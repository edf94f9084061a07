import type { Browser, BrowserContext, Page, Worker } from 'playwright-core';
import { type Notice, Notifier } from '../../../src/notifications/notifier.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signIn } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations } from '../../support/pages.js';
import { type PushDevice, type PushService, startPushService } from '../../support/servers/push-service.js';

let world: TestWorld;
let browser: Browser;
let service: PushService;
let cohort: string;
let publicKey = '';
const opened: string[][] = [];

beforeAll(async () => {
  service = await startPushService(() => publicKey);
  world = await startWorld({ now: new Date().toISOString(), env: { OUTSIDE_ALLOW: '127.0.0.1' } });
  cohort = await aCohort(world);
  const anybody = await aMember(world, cohort, 'fellow');
  publicKey = (await anybody.client.get('/api/me/push-subscription')).body.publicKey;
  browser = await openBrowser([], { whole: true });
});
afterAll(async () => {
  await browser.close();
  await world.stop();
  await service.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

/** Somebody whom nothing keeps quiet, at whatever hour this runs. */
async function aFellow(look: { name?: string } = {}): Promise<TestPerson> {
  const fellow = await aMember(world, cohort, 'fellow', look);
  const { body } = await fellow.client.get('/api/me/preferences');
  await fellow.client.put('/api/me/preferences', { ...body, quietHours: null, quietWeekend: false });
  return fellow;
}

/** A page whose browser lets the app's service worker in; `device` stands for the push service that the browser would use. */
async function open(person: TestPerson, device?: PushDevice, locale = 'en-GB') {
  const { page, problems } = await openPage(browser, { serviceWorkers: 'allow', locale });
  opened.push(problems);
  const context = page.context();
  if (device) {
    await context.grantPermissions(['notifications'], { origin: world.url });
    // As the browser would, if its push service were ours; what it gave out lasts as long as the page.
    await context.addInitScript({
      content: `{
        const subscription = ${JSON.stringify(device.subscription)};
        let current = null;
        const made = { endpoint: subscription.endpoint, toJSON: () => subscription, unsubscribe: async () => !(current = null) };
        PushManager.prototype.getSubscription = async () => current;
        PushManager.prototype.subscribe = async ({ userVisibleOnly }) => {
          if (userVisibleOnly !== true) throw new Error('silent pushes are not allowed');
          return (current = made);
        };
      }`,
    });
  }
  await signIn(page, person, world.url);
  const worker = await workerOf(context, page);
  return { page, context, worker };
}

async function workerOf(context: BrowserContext, page: Page): Promise<Worker> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  return await eventually(() => {
    const [worker] = context.serviceWorkers();
    expect(worker).toBeDefined();
    return worker!;
  });
}

const notify = (person: TestPerson, notice: Partial<Notice> = {}) =>
  world.app.get(Notifier).notify({
    ...{ userIds: [person.id], cohortId: cohort, kind: 'topic.replied', why: 'watching', key: `k-${Math.random()}` },
    ...{ params: { by: 'Claire', title: 'Codes', excerpt: '' }, link: `/c/${cohort}/people` },
    ...notice,
  });
const press = (page: Page) => page.getByRole('switch', { name: 'Notify me when Cordée is closed' }).click();
const turnOn = async (page: Page) => {
  await page.goto(`${world.url}/settings/this-device`);
  await press(page);
};
const isOn = (page: Page) => page.getByRole('switch', { name: 'Notify me when Cordée is closed' }).isChecked();
/** Hands over what the push service took, as the browser would. */
const deliver = (worker: Worker, message: object) =>
  worker.evaluate(`self.dispatchEvent(new PushEvent('push', { data: ${JSON.stringify(JSON.stringify(message))} }))`);
const shown = (worker: Worker) =>
  worker.evaluate<{ title: string; tag: string }[]>(
    'registration.getNotifications().then((all) => all.map(({ title, tag }) => ({ title, tag })))',
  );
const tagsShown = async (worker: Worker) => (await shown(worker)).map(({ tag }) => tag);
/** As when nobody looks at the window. */
const lookAway = (worker: Worker) =>
  worker.evaluate(
    "Object.defineProperty(WindowClient.prototype, 'focused', { get: () => false, configurable: true }), 0",
  );

it('given I switch notices on by a press, then a push shows a sentence, a tap opens the thing in my window and reads it, and off is off', async () => {
  const [fellow, device] = [await aFellow(), service.device()];
  const { page, worker } = await open(fellow, device);
  await page.goto(`${world.url}/settings/this-device`);
  await page.getByText('Notify me when Cordée is closed').waitFor();
  expect(await isOn(page)).toBe(false);
  await turnOn(page);
  await eventually(async () => expect(await isOn(page)).toBe(true));
  await expectNoAxeViolations(page);
  await expectAWholePage(page);
  await notify(fellow);
  const { message } = await eventually(() => {
    expect(device.messages).toHaveLength(1);
    return device.messages[0]!;
  });
  await lookAway(worker);
  await deliver(worker, message);
  await eventually(async () => expect(await shown(worker)).toEqual([{ title: message.title, tag: message.id }]));
  await worker.evaluate(
    "registration.getNotifications().then(([notification]) => self.dispatchEvent(new NotificationEvent('notificationclick', { notification })))",
  );
  await page.waitForURL(`${world.url}/c/${cohort}/people`);
  await eventually(async () => expect((await fellow.client.get('/api/me/inbox')).body.unread).toBe(0));
  expect(await shown(worker)).toEqual([]);
  // The stand-in for the browser's own memory does not outlive a page.
  await turnOn(page);
  await eventually(async () => expect(await isOn(page)).toBe(true));
  await press(page);
  await eventually(async () => expect(await isOn(page)).toBe(false));
  await notify(fellow);
  expect(device.asked()).toBe(1);
});

it('given a notice that I read elsewhere, then it goes away here: live, and with the next push', async () => {
  const fellow = await aFellow();
  const { worker } = await open(fellow, service.device());
  await lookAway(worker);
  await notify(fellow);
  const [{ id }] = (await fellow.client.get('/api/me/inbox')).body.items;
  const message = (tag: string, unread: string[]) => ({
    id: tag,
    title: `Notice ${tag}`,
    link: '/',
    lang: 'en',
    unread,
  });
  await deliver(worker, message(id, [id]));
  await deliver(worker, message('old', [id, 'old']));
  await eventually(async () => expect(await shown(worker)).toHaveLength(2));
  await fellow.client.post('/api/me/inbox/read', { ids: [id] });
  await eventually(async () => expect(await tagsShown(worker)).toEqual(['old']));
  await deliver(worker, message('new', ['new']));
  await eventually(async () => expect(await tagsShown(worker)).toEqual(['new']));
});

it('given notices are refused in the browser, or not known there, then the page says what to do', async () => {
  const fellow = await aFellow();
  const { page } = await open(fellow);
  await page.addInitScript({ content: "Object.defineProperty(Notification, 'permission', { get: () => 'denied' })" });
  await page.goto(`${world.url}/settings/this-device`);
  await page.getByText('Your browser does not let Cordée notify you.').first().waitFor();
  await page.addInitScript({ content: 'delete window.PushManager' });
  await page.reload();
  await page.getByText('This browser cannot notify you while Cordée is closed.').waitFor();
});

it('given a page that was open once, then it opens without a network, keeps me signed in, and goes on when the network is back', async () => {
  const fellow = await aFellow({ name: 'Inès Carpentier' });
  const { page, context, worker } = await open(fellow);
  await page.goto(`${world.url}/c/${cohort}/people`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const cached = await worker.evaluate<string[]>(
    `caches.keys()
      .then((names) => Promise.all(names.map((name) => caches.open(name).then((cache) => cache.keys()))))
      .then((all) => all.flat().map(({ url }) => new URL(url).pathname))`,
  );
  expect(cached).toContain('/');
  expect(cached.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([]);
  await context.setOffline(true);
  await page.reload();
  await page.getByText('You are offline').waitFor();
  await expectNoAxeViolations(page);
  await context.setOffline(false);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Inès Carpentier').first().waitFor();
  expect(new URL(page.url()).pathname).toBe(`/c/${cohort}/people`);
});

it('given a page is loaded again and again before it has its new token, then I stay signed in', async () => {
  const { page } = await open(await aFellow());
  const path = '/settings/notifications';
  for (let turn = 0; turn < 8; turn += 1) await page.goto(`${world.url}${path}`, { waitUntil: 'commit' });
  for (let turn = 0; turn < 4; turn += 1) {
    const asked = page.waitForRequest('**/api/auth/refresh');
    await page.goto(`${world.url}${path}`, { waitUntil: 'commit' });
    await asked;
  }
  await page.getByRole('heading', { name: 'Notifications' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(path);
});

it('given a form of a foreign page that leads where my next token is, then the service worker does not ask for it in my name', async () => {
  const { context } = await open(await aFellow());
  const form = `<form method="post" action="${world.url}/api/auth/refresh"><button>Win a prize</button></form>`;
  const foreign = 'http://elsewhere.example/';
  await context.route(foreign, (route) => route.fulfill({ contentType: 'text/html', body: form }));
  const page = await context.newPage();
  await page.goto(foreign);
  const answered = page.waitForResponse('**/api/auth/refresh');
  await page.getByRole('button').click();
  expect((await answered).status()).toBe(403);
});

describe('the page that is kept for when there is no network', () => {
  const kept = (page: Page) =>
    page.evaluate<string>("caches.open('cordee-page').then((cache) => cache.match('/')).then((page) => page.text())");

  it.each([
    ['the page of the API at an odd address', '/%61pi/docs', 'API'],
    ['a page of one workshop', '/w/made-up', ''],
    ['something that the server has not at an odd address', '/%66iles/none', ''],
  ])('given I open %s, then what is kept is the app, as it was', async (_what, path, title) => {
    const { page, context } = await open(await aFellow());
    const ofInstall = await eventually(async () => {
      const text = await kept(page);
      expect(text).toContain('<div id="root">');
      return text;
    });
    await page.reload();
    // The page is kept after it was shown.
    const before = await eventually(async () => {
      const text = await kept(page);
      expect(text).toContain('<div id="root">');
      expect(text).not.toBe(ofInstall);
      return text;
    });
    const address = await (await context.newPage()).goto(world.url + path);
    expect(address).not.toBeNull();
    if (title) expect(await address!.text()).toContain(title);
    const now = await kept(page);
    expect(now).toContain('<div id="root">');
    // Each answer has nonces of its own: it is the very one of before.
    expect(now).toBe(before);
  });
});
