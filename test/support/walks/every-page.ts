import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../app.js';
import { openBrowser, openPage, signIn } from '../browser.js';
import { expectAWholePage, expectNoAxeViolations, expectOnlyWords, inColours, settledPage } from '../pages.js';
import { isLong } from '../size.js';
import { type SmallCohort, aSmallCohort } from '../small-cohort.js';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

export type Role = 'fellow' | 'coach' | 'host' | 'staff' | 'admin';
export type Address = (cohort: SmallCohort) => string;

/** What a page shows only when it is asked for, in whatever language. */
type Opening = (page: Page) => Promise<void>;

/** An address inside the cohort. */
const inside =
  (path: string | Address): Address =>
  (cohort) =>
    `/c/${cohort.id}${typeof path === 'string' ? path : path(cohort)}`;

/** Every page of web/src/router.tsx behind the sign-in, once for each role to which it shows something of its own. */
const PAGES: [string, Role[], Address, Opening?][] = [
  ['my week', ['fellow', 'coach', 'host', 'staff'], inside('/week')],
  ['calendar', ['fellow'], inside('/calendar')],
  ['workshops', ['fellow', 'staff'], inside('/workshops')],
  ['wishes', ['fellow', 'host', 'staff'], inside('/workshops/wishes')],
  ['a workshop', ['fellow', 'staff'], inside(({ workshopId }) => `/workshops/${workshopId}`)],
  ['the settings of a page for everybody', ['staff'], inside(({ publicId }) => `/workshops/${publicId}`), publicPage],
  ['a workshop with guests', ['staff', 'fellow'], inside(({ publicId }) => `/workshops/${publicId}`)],
  ['a workshop that is over', ['fellow', 'coach'], inside(({ pastWorkshopId }) => `/workshops/${pastWorkshopId}`)],
  ['a question about a workshop', ['fellow'], inside(({ pastWorkshopId }) => `/forum/new?workshop=${pastWorkshopId}`)],
  ['a new workshop', ['staff'], inside('/workshops/new')],
  ['a date of a series', ['fellow', 'staff'], inside(({ seriesDateId }) => `/workshops/${seriesDateId}`)],
  ['a programme to be copied', ['staff'], inside('/workshops/copy')],
  ['a new series', ['staff'], inside('/workshops/new'), repeated],
  ['a draft being edited', ['staff'], inside(({ draftId }) => `/workshops/${draftId}/edit`)],
  ['coaching', ['fellow', 'coach', 'staff'], inside('/coaching')],
  ['load of coaches', ['staff'], inside('/coaching?tab=load')],
  ['a session to come', ['fellow', 'coach'], inside(({ sessionId }) => `/coaching/sessions/${sessionId}`)],
  ['a session held', ['coach', 'fellow'], inside(({ heldSessionId }) => `/coaching/sessions/${heldSessionId}`)],
  ['availability', ['coach'], inside('/coaching/availability')],
  ['my fellows', ['coach'], inside('/coaching/fellows')],
  ['requests for help', ['fellow', 'coach', 'staff'], inside('/coaching/requests')],
  ['a new request', ['fellow'], inside('/coaching/requests/new')],
  ['a request', ['fellow', 'coach', 'staff'], inside(({ requestId }) => `/coaching/requests/${requestId}`)],
  ['a declined request', ['fellow'], inside(({ declinedRequestId }) => `/coaching/requests/${declinedRequestId}`)],
  ['goals', ['fellow', 'coach', 'staff'], inside('/coaching/goals')],
  ['a goal', ['fellow', 'coach'], inside(({ goalId }) => `/coaching/goals/${goalId}`)],
  ['cycles', ['fellow', 'coach', 'staff'], inside('/coaching/cycles')],
  ['ended cycles', ['fellow'], inside('/coaching/cycles?state=ended')],
  ['a cycle', ['fellow', 'coach', 'staff'], inside(({ cycleId }) => `/coaching/cycles/${cycleId}`)],
  ['a cycle that ended', ['fellow', 'coach'], inside(({ endedCycleId }) => `/coaching/cycles/${endedCycleId}`)],
  ['forum', ['fellow'], inside('/forum')],
  ['a new topic', ['fellow'], inside('/forum/new')],
  ['a topic', ['fellow', 'staff'], inside(({ topicId }) => `/forum/${topicId}`)],
  ['deleted topics', ['fellow', 'staff'], inside('/forum/deleted')],
  ['rules of the forum', ['fellow', 'staff'], inside('/forum/rules')],
  ['handbook', ['fellow', 'staff'], inside('/handbook')],
  ['a page of the handbook', ['fellow', 'staff'], inside(({ pageId }) => `/handbook/${pageId}`)],
  ['a new page of the handbook', ['fellow'], inside('/handbook/new')],
  ['deleted pages of the handbook', ['staff'], inside('/handbook/deleted')],
  ['commons', ['fellow', 'staff'], () => '/commons'],
  ['a topic of the commons', ['fellow', 'staff'], ({ commonsTopicId }) => `/commons/${commonsTopicId}`],
  ['flags in the commons', ['staff'], () => '/commons/flags'],
  ['handbook of the commons', ['fellow', 'staff'], () => '/commons/handbook'],
  [
    'a page of the handbook of the commons',
    ['fellow', 'staff'],
    ({ commonsPageId }) => `/commons/handbook/${commonsPageId}`,
  ],
  ['a new page of the handbook of the commons', ['staff'], () => '/commons/handbook/new'],
  ['deleted pages of the handbook of the commons', ['staff'], () => '/commons/handbook/deleted'],
  ['a page that may go to the commons', ['staff'], inside(({ pageId }) => `/handbook/${pageId}/commons`)],
  ['a topic that may go to the commons', ['fellow', 'staff'], inside(({ topicId }) => `/forum/${topicId}/commons`)],
  ['people', ['fellow', 'staff'], inside('/people')],
  ['a person', ['fellow', 'staff'], inside(({ teammate }) => `/people/${teammate.id}`)],
  ['import', ['staff'], inside('/people/import')],
  ['projects', ['fellow', 'staff'], inside('/projects')],
  ['a project', ['host', 'staff'], inside(({ projectId }) => `/projects/${projectId}`)],
  ['calls', ['staff'], inside('/calls')],
  ['a call', ['staff'], inside(({ callId }) => `/calls/${callId}`)],
  ['the form of a call', ['staff'], inside(({ callId }) => `/calls/${callId}?tab=form`)],
  ['the criteria of a call', ['staff'], inside(({ callId }) => `/calls/${callId}?tab=criteria`)],
  ['the figures of a call', ['staff'], inside(({ callId }) => `/calls/${callId}?tab=figures`)],
  ['what was handed in', ['staff'], inside(({ callId }) => `/calls/${callId}?tab=applications`)],
  ['the steps of a jury', ['staff'], inside(({ juryCallId }) => `/calls/${juryCallId}?tab=reviews&part=step`)],
  ['jurors', ['staff'], inside(({ juryCallId }) => `/calls/${juryCallId}?tab=reviews&part=jurors`)],
  ['who reads what', ['staff'], inside(({ juryCallId }) => `/calls/${juryCallId}?tab=reviews&part=reading`)],
  ['a jury that is not there yet', ['staff'], inside(({ callId }) => `/calls/${callId}?tab=reviews`)],
  ['results', ['staff'], inside(({ juryCallId }) => `/calls/${juryCallId}?tab=results&line=1`)],
  ['results of nothing', ['staff'], inside(({ callId }) => `/calls/${callId}?tab=results`)],
  ['interviews of nothing', ['staff'], inside(({ callId }) => `/calls/${callId}?tab=interviews`)],
  ['interviews', ['staff'], inside(({ juryCallId }) => `/calls/${juryCallId}?tab=interviews`)],
  ['a day of a panel', ['staff'], inside(({ juryCallId, panelId }) => `/calls/${juryCallId}/interviews/${panelId}`)],
  ['my interviews', ['host', 'fellow'], () => '/reviews/interviews'],
  ['a day of mine', ['host'], ({ panelId }) => `/reviews/interviews/panels/${panelId}`],
  ['a day that is not mine', ['fellow'], ({ panelId }) => `/reviews/interviews/panels/${panelId}`],
  ['an interview', ['host'], ({ interviewId }) => `/reviews/interviews/${interviewId}`],
  ['an interview that is not mine', ['fellow'], ({ interviewId }) => `/reviews/interviews/${interviewId}`],
  ['files to read', ['host', 'fellow'], () => '/reviews'],
  ['a review', ['host'], ({ reviewId }) => `/reviews/${reviewId}`],
  ['a review that is not mine', ['fellow'], ({ reviewId }) => `/reviews/${reviewId}`],
  ['matching', ['staff'], inside('/calls/matching')],
  ['teams', ['staff'], inside('/calls/matching?tab=teams')],
  ['board', ['staff'], inside('/board')],
  ['reminders', ['staff'], inside('/reminders')],
  ['reminder rules', ['staff'], inside('/reminders/ladder')],
  ['flags', ['staff'], inside('/forum/flags')],
  ['settings of the forum', ['staff'], inside('/forum/settings')],
  ['all channels', ['fellow'], inside('/chat')],
  ['reports', ['staff'], inside('/reports')],
  ['settings of the cohort', ['staff'], inside('/settings/closed-days')],
  ['the forum as files', ['staff'], inside('/settings/forum')],
  ['webhooks of the cohort', ['staff'], inside('/settings/webhooks')],
  ['all channels', ['fellow', 'host'], inside('/channels')],
  ['a channel', ['fellow'], inside(({ channelId }) => `/chat/${channelId}`)],
  ['a direct conversation', ['fellow'], ({ directId }) => `/chat/${directId}`],
  ['catching up', ['fellow'], () => '/catch-up'],
  ['inbox', ['fellow'], () => '/inbox'],
  ['what is coming to me', ['fellow'], () => '/inbox?show=coming'],
  ['what I snoozed', ['fellow'], () => '/inbox?show=snoozed'],
  ['what I am done with', ['fellow'], () => '/inbox?show=done&about=mentions'],
  ['search', ['fellow'], () => '/search?q=the'],
  ['settings', ['fellow'], () => '/settings/profile'],
  ['notifications', ['fellow'], () => '/settings/notifications'],
  ['my applications', ['fellow'], () => '/applications'],
  ['installation', ['admin'], () => '/admin'],
  ['accounts', ['admin'], () => '/admin/people'],
  ['a page of a cohort from outside', ['admin'], inside('/workshops')],
  ['a page that is not there', ['fellow'], inside('/workshops/0123456789abcdef01234567')],
  ['the door of a workshop', ['staff', 'fellow'], inside(({ workshopId }) => `/workshops/${workshopId}/check-in`)],
];

/** Where a page of the list is. */
export function addressOf(name: string): Address {
  const page = PAGES.find(([one]) => one === name);
  if (!page) throw new Error(`no page is called ${name}`);
  return page[2];
}

/** What the tests of all pages stand on: one small cohort and one browser. */
export interface Stage {
  world: TestWorld;
  browser: Browser;
  cohort: SmallCohort;
}

/** Starts the stage before the tests of a file and ends it after them; ask for it from within a test. */
export function aStage(): () => Stage {
  let stage: Stage;
  beforeAll(async () => {
    const world = await startWorld({ now: new Date().toISOString() });
    stage = { world, cohort: await aSmallCohort(world), browser: await openBrowser() };
  });
  afterAll(async () => {
    await stage.browser.close();
    await stage.world.stop();
  });
  return () => stage;
}

/** How a page is looked at: at a desk in English, on a phone in the dark and in French, or in every way. */
type Way = 'desk' | 'phone' | 'all';
const SEEN: Record<Way, string> = {
  desk: 'wide',
  phone: 'on a phone, dark and in French',
  all: 'wide, dark, on a phone and in French',
};

/** In full every page is looked at in every way; usually each place of a list takes its turn, and so do the roles that see one page. */
const wayAt = (place: number): Way => (isLong ? 'all' : place % 2 === 0 ? 'desk' : 'phone');

/** The places of a list, each with the way in which it is looked at and the words that say so. */
export const inTurn = <T>(list: readonly T[], placeOf = (_one: T, place: number) => place) =>
  list.map((one, place) => {
    const way = wayAt(placeOf(one, place));
    return { one, way, seen: SEEN[way] };
  });

/** One test for each page that shows something of its own to that role; `names`: for these pages only. */
export function everyPageOf(role: Role, stage: () => Stage, names?: readonly string[]): void {
  describe(role, () => {
    let page: Page;
    let problems: string[];

    beforeAll(async () => {
      const { browser, cohort, world } = stage();
      ({ page, problems } = await openPage(browser, { colorScheme: 'light', expected: [404] }));
      await signIn(page, cohort[role], world.url);
    });
    afterAll(() => page.context().close());
    afterEach(() => expect(problems.splice(0)).toEqual([]));

    const pages = PAGES.filter(([name, roles]) => roles.includes(role) && (names?.includes(name) ?? true)).map(
      ([name, roles, address, open]) => ({
        ...{ name, address, open },
        place: PAGES.findIndex(([other]) => other === name) + roles.indexOf(role),
      }),
    );
    it.each(inTurn(pages, ({ place }) => place).map((turn) => ({ ...turn, name: turn.one.name })))(
      'sees $name whole: $seen',
      async ({ way, one: { address, open } }) => {
        const { cohort, world } = stage();
        const speak = (locale: 'en' | 'fr') => cohort[role].client.patch('/api/me', { locale });
        await look(page, `${world.url}${address(cohort)}`, speak, { way, open });
      },
    );
  });
}

type Speak = (locale: 'en' | 'fr') => Promise<unknown>;

/** What axe finds on a page, what runs over, which words slipped through. */
export async function look(
  page: Page,
  address: string,
  speak: Speak,
  { way = 'all', open }: { way?: Way; open?: Opening } = {},
): Promise<void> {
  const see = async () => {
    await page.goto(address);
    await settledPage(page);
    await open?.(page);
    await expectAWholePage(page);
    await expectOnlyWords(page);
    await expectNoAxeViolations(page);
  };
  if (way !== 'phone') {
    await page.setViewportSize(WIDE);
    await see();
  }
  if (way === 'all') await turned(page);
  if (way !== 'desk') {
    await page.emulateMedia({ colorScheme: way === 'phone' ? 'dark' : 'light' });
    await page.setViewportSize(PHONE);
    await speak('fr');
    await see();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await speak('en');
    await page.emulateMedia({ colorScheme: 'light' });
  }
}

/** The page as it stands turns dark and light again, and narrow. */
async function turned(page: Page): Promise<void> {
  await inColours(page, 'dark');
  await expectNoAxeViolations(page, ['color-contrast']);
  await inColours(page, 'light');
  await page.setViewportSize(PHONE);
  await settledPage(page);
  await expectAWholePage(page);
}

/** Its settings: the second of what is done less often, in whatever language. */
async function publicPage(page: Page): Promise<void> {
  await page.locator('button[aria-haspopup="menu"]:has(.tabler-icon-dots)').first().click();
  await page.locator('[role="menuitem"]:has(.tabler-icon-world)').click();
  await page.locator('[role="dialog"] fieldset').waitFor();
}

/** A weekly workshop with its dates, as it is being planned. */
async function repeated(page: Page): Promise<void> {
  const inThreeWeeks = new Date(Date.now() + 21 * 86_400_000).toISOString().slice(0, 10);
  await page.locator('[data-path="date"]').fill(inThreeWeeks);
  await page.locator('select:has(option[value="never"])').selectOption('week');
  await page.locator('fieldset li input[type="checkbox"]').first().waitFor();
}
