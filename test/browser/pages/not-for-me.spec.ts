import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import { expectAWholePage } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let people: Record<'fellow' | 'coach' | 'host' | 'staff' | 'admin', TestPerson>;

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  people = {
    fellow: await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' }),
    coach: await aMember(world, cohortId, 'coach', { name: 'Hanna Lindqvist' }),
    host: await aMember(world, cohortId, 'host', { name: 'Marc Delorme' }),
    staff: await aMember(world, cohortId, 'staff', { name: 'Nora Haddad' }),
    admin: await aPerson(world, { name: 'Odile Marchal', isAdmin: true }),
  };
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});

const TEAM = [
  '/calls',
  '/calls/matching',
  '/reminders',
  '/reminders/ladder',
  '/reports',
  '/forum/flags',
  '/forum/settings',
  '/settings/imports',
  '/settings/forum',
  '/settings/webhooks',
  '/workshops/copy',
];
/** Those that admins see from outside, too. */
const BOTH = ['/board', '/settings', '/people/import'];
const inside = (path: string) => `/c/${cohortId}${path}`;

/** There is a heading, and it is that of a page that is not there, or not. */
async function expectThere(page: Page, path: string, isThere: boolean): Promise<void> {
  await page.goto(`${world.url}${path}`);
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  // What would be refused has been by then.
  await page.waitForLoadState('networkidle');
  expect([path, (await heading.textContent()) !== 'Page not found']).toEqual([path, isThere]);
}

describe('a page for others', () => {
  it.each(['fellow', 'coach', 'host'] as const)(
    'given a %s who comes by address to what the programme team does, then there is nothing, and nothing is refused',
    async (role) => {
      const { page, problems } = await signedInPage(browser, people[role], world.url);
      for (const path of [...TEAM, ...BOTH]) await expectThere(page, inside(path), false);
      await expectThere(page, '/admin', false);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectThere(page, inside('/reminders'), false);
      await expectAWholePage(page);
      expect(problems).toEqual([]);
    },
  );

  it('given a member of the programme team, then all of it is there', async () => {
    const { page, problems } = await signedInPage(browser, people.staff, world.url);
    for (const path of [...TEAM, ...BOTH]) await expectThere(page, inside(path), true);
    await expectThere(page, '/admin', false);
    expect(problems).toEqual([]);
  });

  it('given an admin from outside, then what the API lets them see is there, and all else says how to come in', async () => {
    const { page, problems } = await signedInPage(browser, people.admin, world.url);
    for (const path of TEAM) {
      await page.goto(`${world.url}${inside(path)}`);
      await page.getByRole('heading', { level: 1, name: 'Only members can see this page' }).waitFor();
      await page.getByRole('button', { name: 'Join the team' }).waitFor();
    }
    for (const path of ['/board', '/people/import', '/settings']) await expectThere(page, inside(path), true);
    expect(await page.locator(`a[href$="/settings/imports"], a[href$="/settings/webhooks"]`).count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('given an admin who joins the team there, then they are in where they stand', async () => {
    const admin = await aPerson(world, { name: 'Claire Lefèvre', isAdmin: true });
    const { page, problems } = await signedInPage(browser, admin, world.url);
    await page.goto(`${world.url}${inside('/week')}`);
    await page.getByRole('button', { name: 'Join the team' }).click();
    await page.getByRole('navigation').first().getByRole('link', { name: 'Reminders' }).waitFor();
    await page.getByRole('button', { name: 'Join the team' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe(inside('/week'));
    expect(problems).toEqual([]);
  });

  it('given a form for others, then there is nothing to be filled in for nothing', async () => {
    const host = await signedInPage(browser, people.host, world.url);
    await expectThere(host.page, inside('/workshops/new'), false);
    await expectThere(host.page, inside('/coaching/requests/new'), false);
    expect(host.problems).toEqual([]);
    const fellow = await signedInPage(browser, people.fellow, world.url);
    await expectThere(fellow.page, inside('/workshops/new'), true);
    await expectThere(fellow.page, inside('/coaching/requests/new'), true);
    expect(fellow.problems).toEqual([]);
  });
});

describe('the link of a mail that leads nowhere', () => {
  const LINK = 'a-token-that-nobody-was-given';
  it.each([
    [`/place/${LINK}`, 'This link is no longer valid', 'Ce lien n’est plus valable'],
    [`/session/${LINK}`, 'This link is no longer valid', 'Ce lien n’est plus valable'],
    [`/guest/${LINK}`, 'This link is no longer valid', 'Ce lien n’est plus valable'],
    ['/certificates/7KQ2-9M4X-B0TD-W5HA', 'Certificate not found', 'Attestation introuvable'],
    ['/w/none', 'Workshop not found', 'Atelier introuvable'],
  ])('given %s, then the page says so and what to do, in the language of its reader', async (path, english, french) => {
    for (const [locale, title] of [
      ['en-GB', english],
      ['fr-FR', french],
    ] as const) {
      const { page, problems } = await openPage(browser, { locale, expected: [404] });
      await page.goto(`${world.url}${path}`);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      expect(await page.getByRole('main').count()).toBe(1);
      expect(await page.title()).toContain(title);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectAWholePage(page);
      expect(problems).toEqual([]);
      await page.context().close();
    }
  });

  it('given who is signed in, then the way out leads into the app; given nobody, then to the sign-in', async () => {
    const nobody = await openPage(browser, { expected: [404] });
    await nobody.page.goto(`${world.url}/session/${LINK}`);
    await nobody.page.getByRole('link', { name: 'Sign in' }).click();
    await nobody.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    const { page, problems } = await signedInPage(browser, people.fellow, world.url, { expected: [404] });
    await page.goto(`${world.url}/place/${LINK}`);
    await page.getByRole('link', { name: 'Continue' }).click();
    await page.waitForURL(/\/week$/);
    expect([...nobody.problems, ...problems]).toEqual([]);
  });

  it('given a link to stop mails that is none, then a page says where else one does it', async () => {
    const { page, problems } = await openPage(browser, { locale: 'fr-FR', expected: [404] });
    await page.goto(`${world.url}/api/unsubscribe/${LINK}`);
    await page.getByRole('heading', { level: 1, name: 'Ce lien ne fonctionne pas' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await page.getByRole('link').click();
    await page.waitForURL(/\/sign-in/);
    expect(problems).toEqual([]);
  });
});

/** A link that somebody else made up: read as a path, it would lead out of the way that it is for, to where it says. */
describe('the link of a mail that is no token but a path', () => {
  const [MADE_UP, ID] = ['..%2F..%2Fadmin%3Fx', '64b000000000000000000000'];
  const at = { startsAt: '2030-01-01T09:00:00.000Z', endsAt: '2030-01-01T10:00:00.000Z', timeZone: 'Europe/Paris' };
  const mine = { status: 'going' };
  const place = { ...at, cohortId: ID, workshopId: ID, title: 'Ours', mine, abilities: { leave: true } };
  const session = {
    ...{ ...at, cohortId: ID, sessionId: ID, with: 'Hanna', status: 'scheduled', cancelBy: at.startsAt, late: false },
    ...{ revision: 1, slots: [], abilities: { cancel: true } },
  };
  const press = async (page: Page, name: string) => await page.getByRole('button', { name }).last().click();

  it.each<[string, string, object, string, (page: Page) => Promise<void>]>([
    ['/place/', '/places/', place, '/leave', (page) => press(page, 'Give up my place')],
    ['/guest/', '/guests/', { ...place, status: 'published' }, '/leave', (page) => press(page, 'Give up my place')],
    [
      '/session/',
      '/session-links/',
      session,
      '/cancel',
      async (page) => {
        await press(page, 'Cancel session');
        await page.getByLabel('Reason').fill('I cannot come');
        await press(page, 'Cancel session');
      },
    ],
  ])('given %s, then what the page reads and does goes to %s and nowhere else', async (path, api, shown, act, doIt) => {
    const { page } = await openPage(browser);
    const asked: string[] = [];
    await page.route('**/*', async (route) => {
      const { pathname, search } = new URL(route.request().url());
      const isIts = route.request().resourceType() === 'fetch' && !pathname.startsWith('/api/auth/');
      if (isIts) asked.push(`${route.request().method()} ${pathname}${search}`);
      await (isIts ? route.fulfill({ json: shown }) : route.continue());
    });
    await page.goto(`${world.url}${path}${MADE_UP}`);
    await doIt(page);
    const to = `/api${api}${MADE_UP}`;
    await eventually(() => expect(asked).toEqual([`GET ${to}`, `POST ${to}${act}`]));
    await page.context().close();
  });
});
