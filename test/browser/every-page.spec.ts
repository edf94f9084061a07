import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../support/app.js';
import { openBrowser, openPage, signIn } from '../support/browser.js';
import { expectAWholePage, expectNoAxeViolations, expectOnlyWords, inColours, settledPage } from '../support/pages.js';
import { type SmallCohort, aSmallCohort } from '../support/small-cohort.js';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

type Role = 'fellow' | 'coach' | 'host' | 'staff' | 'admin';
type Address = (cohort: SmallCohort) => string;

/** An address inside the cohort. */
const inside =
  (path: string | Address): Address =>
  (cohort) =>
    `/c/${cohort.id}${typeof path === 'string' ? path : path(cohort)}`;

/** Every page of web/src/router.tsx behind the sign-in, once for each role to which it shows something of its own. */
const PAGES: [string, Role[], Address][] = [
  ['my week', ['fellow', 'coach', 'host', 'staff'], inside('/week')],
  ['calendar', ['fellow'], inside('/calendar')],
  ['workshops', ['fellow', 'staff'], inside('/workshops')],
  ['a workshop', ['fellow', 'staff'], inside(({ workshopId }) => `/workshops/${workshopId}`)],
  ['a new workshop', ['staff'], inside('/workshops/new')],
  ['a draft being edited', ['staff'], inside(({ draftId }) => `/workshops/${draftId}/edit`)],
  ['coaching', ['fellow', 'coach', 'staff'], inside('/coaching')],
  ['a session to come', ['fellow', 'coach'], inside(({ sessionId }) => `/coaching/sessions/${sessionId}`)],
  ['a session held', ['coach'], inside(({ heldSessionId }) => `/coaching/sessions/${heldSessionId}`)],
  ['availability', ['coach'], inside('/coaching/availability')],
  ['my fellows', ['coach'], inside('/coaching/fellows')],
  ['forum', ['fellow'], inside('/forum')],
  ['a new topic', ['fellow'], inside('/forum/new')],
  ['a topic', ['fellow', 'staff'], inside(({ topicId }) => `/forum/${topicId}`)],
  ['people', ['fellow', 'staff'], inside('/people')],
  ['a person', ['fellow', 'staff'], inside(({ teammate }) => `/people/${teammate.id}`)],
  ['import', ['staff'], inside('/people/import')],
  ['projects', ['fellow', 'staff'], inside('/projects')],
  ['a project', ['host', 'staff'], inside(({ projectId }) => `/projects/${projectId}`)],
  ['board', ['staff'], inside('/board')],
  ['reminders', ['staff'], inside('/reminders')],
  ['reports', ['staff'], inside('/reports')],
  ['settings of the cohort', ['staff'], inside('/settings')],
  ['all channels', ['fellow', 'host'], inside('/channels')],
  ['a channel', ['fellow'], inside(({ channelId }) => `/chat/${channelId}`)],
  ['a direct conversation', ['fellow'], ({ directId }) => `/chat/${directId}`],
  ['catching up', ['fellow'], () => '/catch-up'],
  ['inbox', ['fellow'], () => '/inbox'],
  ['search', ['fellow'], () => '/search?q=the'],
  ['settings', ['fellow'], () => '/settings'],
  ['notifications', ['fellow'], () => '/settings/notifications'],
  ['installation', ['admin'], () => '/admin'],
  ['a page that is not there', ['fellow'], inside('/workshops/0123456789abcdef01234567')],
];

let world: TestWorld;
let browser: Browser;
let cohort: SmallCohort;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohort = await aSmallCohort(world);
  browser = await openBrowser();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** Wide in light and dark, then a phone in French: what axe finds, what runs over, which words slipped through. */
async function look(page: Page, address: string, speak: (locale: 'en' | 'fr') => Promise<unknown>): Promise<void> {
  await page.setViewportSize(WIDE);
  await page.goto(address);
  await settledPage(page);
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await inColours(page, 'dark');
  await expectNoAxeViolations(page, ['color-contrast']);
  await inColours(page, 'light');
  await page.setViewportSize(PHONE);
  await settledPage(page);
  await expectAWholePage(page);

  await speak('fr');
  await page.goto(address);
  await settledPage(page);
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await speak('en');
}

describe.each<Role>(['fellow', 'coach', 'host', 'staff', 'admin'])('%s', (role) => {
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    ({ page, problems } = await openPage(browser, { colorScheme: 'light', expected: [404] }));
    await signIn(page, cohort[role], world.url);
  });
  afterAll(() => page.context().close());
  afterEach(() => expect(problems.splice(0)).toEqual([]));

  const pages = PAGES.filter(([, roles]) => roles.includes(role)).map(([name, , address]) => [name, address] as const);
  it.each(pages)('sees %s whole: wide, dark, on a phone and in French', async (_name, address) => {
    await look(page, `${world.url}${address(cohort)}`, (locale) => cohort[role].client.patch('/api/me', { locale }));
  });
});

describe('nobody', () => {
  const LINK = 'a-token-that-nobody-was-given';
  const pages: [string, () => Promise<string> | string][] = [
    ['the sign-in', () => '/sign-in'],
    ['a forgotten password', () => '/forgot'],
    ['a new password', () => `/reset/${LINK}`],
    ['a new address', () => `/confirm-address/${LINK}`],
    ['an invitation', invitationPath],
    ['an invitation that is over', () => `/invitation/${LINK}`],
    ['an address that leads nowhere', () => '/nowhere'],
  ];

  it.each(pages)('sees %s whole: wide, dark, on a phone and in French', async (_name, path) => {
    const { page, problems } = await openPage(browser, { colorScheme: 'light', expected: [401, 404] });
    const address = `${world.url}${await path()}`;
    await page.goto(`${world.url}/sign-in`);
    await look(page, address, (locale) => page.evaluate(`localStorage.setItem('cordee-locale', '${locale}')`));
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

async function invitationPath(): Promise<string> {
  const invitations = await cohort.staff.client.get(`/api/cohorts/${cohort.id}/invitations`);
  return new URL(invitations.body.items[0].url as string).pathname;
}
