import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { clientOf } from '../../support/client.js';
import { PASSWORD, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, inColours, settledPage } from '../../support/pages.js';

const MINE = [
  'profile',
  'email',
  'password',
  'devices',
  'notifications',
  'quiet-hours',
  'digest',
  'this-device',
].concat(['privacy', 'forum', 'calendar', 'files']);
const OF_COHORT = ['general', 'meeting', 'link-previews', 'files', 'phases', 'closed-days', 'milestones'].concat([
  'forum',
  'imports',
  'webhooks',
]);
/** Where a phone shows the first thing of a section at the latest, in pixels from the top. */
const FIRST_THING = 320;

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { locale: 'fr' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const shot = async (page: Page, name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
};
const pathOf = (page: Page) => new URL(page.url()).pathname;

/** How many filled buttons a section has: its main acts. */
const mainActs = (page: Page) => page.locator('main .mantine-Button-root[data-variant="filled"]').count();

/** Where the first thing under the head of the section begins. */
async function firstThing(page: Page): Promise<number> {
  return await page.evaluate<number>(
    "document.querySelector('main .page-head').nextElementSibling.getBoundingClientRect().top",
  );
}

async function expectASection(page: Page, address: string): Promise<void> {
  await page.goto(`${world.url}${address}`);
  await page.locator('main h1:not(:empty)').waitFor();
  await settledPage(page);
  const here = page.locator('main nav [aria-current="page"]');
  expect(await here.count()).toBe(1);
  expect(await page.locator('h1').innerText()).toBe(await here.textContent());
  expect(await mainActs(page)).toBeLessThanOrEqual(1);
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
}

it.each([
  ['my settings', () => fellow, () => MINE.map((section) => `/settings/${section}`)],
  ['the settings of a cohort', () => staff, () => OF_COHORT.map((one) => `/c/${cohortId}/settings/${one}`)],
])('given %s, then each section has its own address, one main act, and stands high on a phone', async (...of) => {
  const [name, whose, addresses] = of;
  const { page, problems } = await signedInPage(browser, whose(), world.url);
  for (const address of addresses()) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await expectASection(page, address);
    await shot(page, `${name}-${address.split('/').at(-1)}`);
    const [list, head] = await Promise.all(
      ['main nav', 'main .page-head'].map((one) => page.locator(one).boundingBox()),
    );
    expect(list!.x + list!.width).toBeLessThan(head!.x);
    for (const width of [390, 360]) {
      await page.setViewportSize({ width, height: 844 });
      await settledPage(page);
      await expectAWholePage(page);
      expect(await page.locator('main nav').isVisible()).toBe(false);
      expect(await firstThing(page)).toBeLessThan(FIRST_THING);
    }
    await inColours(page, 'dark');
    await shot(page, `${name}-${address.split('/').at(-1)}.390.dark`);
    await inColours(page, 'light');
  }
  expect(problems).toEqual([]);
  await page.context().close();
});

it('given the list, then a section opens in place, back leads to the one before, and a phone chooses in one field', async () => {
  const { page, problems } = await signedInPage(browser, fellow, world.url);
  await page.goto(`${world.url}/settings`);
  await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
  const list = page.getByRole('navigation', { name: 'Settings' });
  const before = await list.boundingBox();
  await list.getByRole('link', { name: 'Password' }).click();
  await page.getByRole('heading', { name: 'Password', level: 1 }).and(page.locator(':focus')).waitFor();
  expect(await list.boundingBox()).toEqual(before);
  await page.goBack();
  await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
  expect(pathOf(page)).toBe('/settings/profile');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('combobox', { name: 'Settings' }).selectOption({ label: 'Quiet hours' });
  await page.getByRole('heading', { name: 'Quiet hours', level: 1 }).waitFor();
  expect(pathOf(page)).toBe('/settings/quiet-hours');
  await page.goto(`${world.url}/settings/nonsense`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByRole('combobox', { name: 'Settings' }).count()).toBe(0);
  expect(problems).toEqual([]);
  await page.context().close();
});

it('given addresses of before, then they lead to the section that they meant', async () => {
  const { page } = await signedInPage(browser, staff, world.url);
  for (const [before, now] of [
    ['/settings', '/settings/profile'],
    ['/settings/notifications#digest', '/settings/digest'],
    ['/settings/notifications#forum', '/settings/notifications'],
    [`/c/${cohortId}/settings`, `/c/${cohortId}/settings/general`],
    [`/c/${cohortId}/settings#dates`, `/c/${cohortId}/settings/phases`],
    [`/c/${cohortId}/settings#closed-days`, `/c/${cohortId}/settings/closed-days`],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`${world.url}${before}`);
    await page.waitForURL((url) => url.pathname === now);
    await page.locator('main nav [aria-current="page"]').waitFor();
  }
  await page.context().close();
});

it('given five devices, then three are shown, this one first, and the rest by one press', async () => {
  const { page } = await signedInPage(browser, fellow, world.url);
  for (let device = 0; device < 4; device += 1)
    await clientOf(world.url).post('/api/auth/login', { email: fellow.email, password: PASSWORD });
  await page.goto(`${world.url}/settings/devices`);
  const devices = page.getByRole('region', { name: 'Signed-in devices' });
  await devices.getByRole('listitem').first().getByText('This device').waitFor();
  expect(await devices.getByRole('listitem').count()).toBe(3);
  await devices.getByRole('button', { name: /^Show all \d+$/ }).click();
  expect(await devices.getByRole('listitem').count()).toBeGreaterThanOrEqual(5);
  await devices.getByRole('button', { name: 'Show fewer' }).click();
  expect(await devices.getByRole('listitem').count()).toBe(3);
  await page.context().close();
});
