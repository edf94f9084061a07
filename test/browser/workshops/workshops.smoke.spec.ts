import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { NO_HOLIDAYS, type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let fellow: TestPerson;
let other: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ nodes: 2, now: new Date().toISOString() });
  cohortId = await aCohort(world, { country: NO_HOLIDAYS });
  [staff, fellow, other] = await Promise.all([
    aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' }),
    aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' }),
    aMember(world, cohortId, 'fellow', { name: 'Karim Haddad' }),
  ]);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

/** The hour that begins about so many hours from now. */
function hourIn(hours: number): string {
  const instant = new Date(Date.now() + hours * 3_600_000);
  instant.setUTCMinutes(0, 0, 0);
  return instant.toISOString();
}

async function open(person: TestPerson, node: 0 | 1, path = ''): Promise<Page> {
  const { url } = world.nodes[node]!;
  const { page, problems } = await signedInPage(browser, person, url, { expected: [409, 422] });
  opened.push(problems);
  await page.goto(`${url}/c/${cohortId}/workshops${path}`);
  return page;
}

const plannedIn = (hours: number) => ({ startsAt: hourIn(hours), endsAt: hourIn(hours + 1) });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

it('given one place, then joining, waiting and promotion are on all screens at once, on two nodes', async () => {
  const { id } = await aWorkshop(staff, cohortId, { title: 'Plain words', capacity: 1, ...plannedIn(30) });
  const [mine, theirs, watching] = await Promise.all([open(fellow, 0), open(other, 1), open(staff, 1, `/${id}`)]);

  // Who watches sees it live from here on: their page is there.
  await watching.getByText('0 of 1 places taken').waitFor();
  await button(theirs, 'Join “Plain words”').waitFor();
  await button(mine, 'Join “Plain words”').click();
  await mine.getByText('Registered', { exact: true }).waitFor();
  await watching.getByText('1 of 1 places taken').waitFor();
  await button(theirs, 'Join the waiting list of “Plain words”').click();
  await theirs.getByText('1st on the waiting list').waitFor();
  await watching.getByRole('heading', { name: 'Waiting list' }).waitFor();

  await mine.getByRole('link', { name: 'Plain words' }).click();
  await button(mine, 'Leave').click();
  await mine.getByRole('dialog', { name: 'Leave “Plain words”?' }).getByRole('button', { name: 'Leave' }).click();
  await theirs.getByText('Registered', { exact: true }).waitFor();
  await button(mine, 'Join waiting list').waitFor();
});

it('given a double click on the join button, then one has joined: its second half leaves nothing', async () => {
  const { id } = await aWorkshop(staff, cohortId, { title: 'Twice', capacity: 2, ...plannedIn(30) });
  const page = await open(fellow, 0, `/${id}`);
  await button(page, 'Join').dblclick();
  await page.getByText('1 of 2 places taken').waitFor();
  await page.waitForLoadState('networkidle');
  await button(page, 'Leave').waitFor();
  expect(await page.getByText('You left').count()).toBe(0);
  await button(page, 'Leave').click();
  await button(page, 'Join').waitFor();
});

it('given the server refuses, then the screen goes back and says why', async () => {
  const startsAt = hourIn(2);
  const { id } = await aWorkshop(staff, cohortId, { title: 'Too late', startsAt, endsAt: hourIn(3) });
  const page = await open(fellow, 0, `/${id}`);
  // It starts while the request is on its way: the page could not know.
  await page.route(
    (url) => url.pathname.endsWith(`/workshops/${id}/registration`),
    (route) => {
      world.clock.set(startsAt);
      return route.continue();
    },
  );
  const refused = page.waitForResponse((response) => response.url().endsWith(`/workshops/${id}/registration`));
  await button(page, 'Join').click();
  expect(await (await refused).json()).toMatchObject({ status: 409, code: 'started' });
  await page.getByText('This workshop has started. You can no longer join.').waitFor();
  await page.getByText('0 of 20 places taken').waitFor();
  expect(await page.getByText('You are registered').count()).toBe(0);
  world.clock.set(new Date());
});

it('given fewer places than people who go, then one is asked before it is saved, and it can be left', async () => {
  const { id, path } = await aWorkshop(staff, cohortId, { title: 'Smaller', capacity: 5, ...plannedIn(32) });
  for (const one of [fellow, other]) await one.client.put(`${path}/registration`, {});
  const page = await open(staff, 0, `/${id}/edit`);
  await page.getByLabel('Places', { exact: true }).fill('1');
  await button(page, 'Save').click();
  const asked = page.getByRole('dialog', { name: '2 people are registered: reduce to 1 place?' });
  await asked.getByRole('button', { name: 'Change places' }).click();
  await page.getByText('Nothing was saved: there would be fewer places than registered people.').waitFor();
  expect((await staff.client.get(path)).body.capacity).toBe(5);
  await button(page, 'Save').click();
  await asked.getByRole('button', { name: 'Reduce places' }).click();
  await page.getByText('2 registered, 1 place').waitFor();
});

it('given a level is chosen in the form, then the list is filtered by it, and its row and page say it', async () => {
  await aWorkshop(staff, cohortId, { title: 'For whoever comes', ...plannedIn(31) });
  const page = await open(staff, 0, '/new');
  await page.getByLabel('Title').fill('First steps');
  await page.getByLabel('Level', { exact: true }).selectOption('Beginner');
  await page.getByLabel('Date', { exact: true }).fill(hourIn(72).slice(0, 10));
  await button(page, 'Save draft').click();
  await page.getByText('Draft: visible to its hosts and the programme team.').waitFor();
  await button(page, 'Publish').click();

  const list = await open(fellow, 1);
  const row = list.getByRole('listitem').filter({ hasText: 'First steps' });
  await row.getByText('Level Beginner').waitFor();
  await list.getByRole('link', { name: 'For whoever comes' }).waitFor();
  await list.getByLabel('Level', { exact: true }).selectOption('Beginner');
  await list.getByRole('link', { name: 'For whoever comes' }).waitFor({ state: 'detached' });
  expect(new URL(list.url()).searchParams.get('level')).toBe('beginner');
  await list.reload();
  await row.getByRole('link', { name: 'First steps' }).waitFor();
  expect(await list.getByRole('link', { name: 'For whoever comes' }).count()).toBe(0);
  await list.getByLabel('Level', { exact: true }).selectOption('Advanced');
  await list.getByRole('button', { name: 'Show all' }).click();
  await row.getByRole('link', { name: 'First steps' }).click();
  await list.getByRole('heading', { name: 'First steps', level: 1 }).waitFor();
  await list.getByText('Level Beginner').waitFor();
});

it('given staff proposes, publishes, edits and cancels, then a fellow sees each step', async () => {
  const [page, list] = await Promise.all([open(staff, 0), open(fellow, 1)]);
  await page.getByRole('link', { name: 'New workshop' }).first().click();
  await page.getByLabel('Title').fill('Field notes');
  await page.getByLabel('Date', { exact: true }).fill(hourIn(72).slice(0, 10));
  await page.getByLabel('From').fill('22:00');
  await page.getByLabel('To', { exact: true }).fill('00:30');
  await page.getByText('Ends the next day').waitFor();
  await page.getByRole('combobox', { name: 'Hosts' }).pressSequentially('Kar');
  await page.getByRole('option', { name: 'Karim Haddad' }).click();
  await button(page, 'Save draft').click();

  await page.getByText('Draft: visible to its hosts and the programme team.').waitFor();
  expect(await list.getByText('Field notes').count()).toBe(0);
  await button(page, 'Publish').click();
  await list.getByText('Field notes').waitFor();

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Places', { exact: true }).fill('5');
  await button(page, 'Save').click();
  await page.getByText('0 of 5 places taken').waitFor();
  await list.getByText('5 of 5 left').waitFor();

  await button(page, 'Cancel workshop').click();
  const dialog = page.getByRole('dialog', { name: 'Cancel “Field notes”?' });
  await dialog.getByRole('button', { name: 'Cancel workshop' }).click();
  await dialog.getByText('This field is required.').waitFor();
  await dialog.getByLabel('Reason').fill('The room is flooded');
  await dialog.getByRole('button', { name: 'Cancel workshop' }).click();
  await page.getByText('This workshop is cancelled. The room is flooded').waitFor();
  await list.getByText('Cancelled', { exact: true }).waitFor();
});
