import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import {
  expectAWholePage,
  expectNoAxeViolations,
  expectOnlyWords,
  inColours,
  settledPage,
} from '../../support/pages.js';
import type { TestApplicant } from '../../support/rooms/calls.js';
import { aProject, accepted } from '../../support/rooms/teams.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let staff: TestPerson;
let M: string;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
beforeEach(async () => {
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  M = `/api/cohorts/${cohortId}/matching`;
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const draw = async (page: Page, name: string) => {
  if (process.env.LOOK) await page.screenshot({ path: join(process.env.LOOK, `${name}.png`), fullPage: true });
};
async function open(options: Parameters<typeof signedInPage>[3] = {}, path = '/calls/matching'): Promise<Page> {
  const { page, problems } = await signedInPage(browser, staff, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}${path}`);
  await settledPage(page);
  return page;
}
const overview = async () => (await staff.client.get(M)).body;
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

const NAMES: [string, string, string][] = [
  ['Rayan Aubert', 'developer', 'Maps, open data'],
  ['Faïza Guerroudj', 'designer', 'Field research, sketching'],
  ['Pia Werner', 'data', 'Time series, French'],
  ['Yao Tchalla', 'developer', 'Legal text'],
  ['Anouk Lescure', 'designer', 'Service design'],
  ['Bilal Saïdi', 'designer', 'Counters'],
];

/** Three projects and six people, one of whom has no place; most of them have wished. */
async function everybody(): Promise<{ people: TestApplicant[]; projects: { id: string; name: string }[] }> {
  const people = await accepted(
    world,
    staff,
    'fellows',
    NAMES.map(([name, craft, skills]) => ({ name, craft, skills })),
  );
  const projects = [
    await aProject(staff, 'QuaiLibre', ['developer', 'designer', 'data'], 'Harbour Office'),
    await aProject(staff, 'BailSûr', ['developer', 'designer'], 'Housing Agency'),
  ];
  const places = [
    { craft: 'developer', must: ['maps'], nice: [] },
    { craft: 'designer', must: ['field research'], nice: [] },
    { craft: 'data', must: [], nice: ['time series'] },
  ];
  await staff.client.patch(`/api/cohorts/${cohortId}/projects/${projects[0]!.id}`, { places });
  await staff.client.put(`${M}/wishes`, { until: '2026-11-20' });
  for (const one of [0, 1, 3, 5])
    await people[one]!.client.put(`${people[one]!.path}/wishes`, { projectIds: projects.map(({ id }) => id) });
  return { people, projects };
}

it('given nobody is accepted, then both steps say what is to be done first', async () => {
  const page = await open();
  await page.getByText('Accepted proposals become projects here').waitFor();
  await page.getByRole('tab', { name: /^Teams/ }).click();
  await page.getByText('Teams are made of people who are accepted').waitFor();
  await expectNoAxeViolations(page);
  await expectAWholePage(page);
  await draw(page, 'matching-none');
});

it('given accepted proposals, then staff see what each becomes, change one, and make them, by keyboard', async () => {
  await accepted(world, staff, 'projects', [
    {},
    { title: 'SolSain', agency: 'Soil Register', name: 'Ousmane Ba', crafts: ['data', 'designer'] },
  ]);
  const page = await open();
  await page.getByText('Host: Ines Roux').waitFor();
  await button(page, 'Change QuaiLibre before it is made').press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Quai Libre');
  await dialog.getByLabel('Must have these skills').first().fill('maps');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Remove place 3' }).press('Enter');
  await expectNoAxeViolations(page);
  await draw(page, 'matching-change');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByRole('checkbox', { name: 'Choose all that are complete' }).check();
  await button(page, 'Make 2 projects').press('Enter');
  const asking = page.getByRole('dialog');
  await asking.getByText('Quai Libre').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'matching-make');
  await asking.getByRole('button', { name: 'Make 2 projects' }).press('Enter');
  await page.getByRole('list', { name: 'Projects and their places' }).getByText('Quai Libre').waitFor();
  const { projects } = await overview();
  expect(projects.map(({ name, places }: any) => [name, places.map(({ must }: any) => must)])).toEqual([
    ['Quai Libre', [['maps'], []]],
    ['SolSain', [[], []]],
  ]);
  // A project that staff made themselves takes part once it has places.
  await aProject(staff, 'Bare', []);
  await page.reload();
  await button(page, 'Change the places of Bare').press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Add a place' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).press('Enter');
  await eventually(async () => expect((await overview()).projects).toHaveLength(3));
  // The day of the wishes, and a place of a project that is there.
  await page.getByLabel('Open until the end of').fill('2026-11-20');
  await button(page, 'Open to wishes').press('Enter');
  await page.getByText(/^Who is accepted can rank three projects until the end of/).waitFor();
  await button(page, 'Change the places of SolSain').press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Add a place' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).press('Enter');
  await eventually(async () => expect((await overview()).projects[2].places).toHaveLength(3));
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'matching-projects');
});

it('given people and projects, then teams are made, looked at, tried otherwise by keyboard, kept, and published', async () => {
  await everybody();
  const page = await open({ width: 1440, height: 1000 });
  await button(page, 'Make teams').press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Solve' }).press('Enter');
  await page.getByRole('list', { name: 'Projects and who is where' }).waitFor();
  const [first] = (await overview()).versions;
  expect(first).toMatchObject({ number: 1, seed: 1, shares: { unplaced: 1 } });
  await page.getByText('Without a place', { exact: true }).first().waitFor();
  await settledPage(page);
  await expectNoAxeViolations(page);
  await expectAWholePage(page);
  await draw(page, 'matching-board');
  // Somebody is taken by Enter, goes on by the arrows, and is put down by Enter.
  const faiza = page.locator(`#seat-${String(await idOf('Faïza Guerroudj'))}`);
  await faiza.focus();
  await page.keyboard.press('ArrowLeft');
  await eventually(async () => expect(await focusedText(page)).toContain('Rayan Aubert'));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Faïza Guerroudj at QuaiLibre' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await expectNoAxeViolations(page);
  await draw(page, 'matching-picked');
  await page.getByRole('button', { name: /^Place at BailSûr/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'What if' }).waitFor();
  await page.getByText('Faïza Guerroudj locked at BailSûr').waitFor();
  await page.getByText(/^Faïza Guerroudj: QuaiLibre → BailSûr$/).waitFor();
  expect((await overview()).versions).toHaveLength(1);
  await expectNoAxeViolations(page);
  await draw(page, 'matching-what-if');
  await button(page, 'Keep as a version').press('Enter');
  await eventually(async () => expect((await overview()).versions).toHaveLength(2));
  await page.getByText('1 pair locked, 0 forbidden.').waitFor();
  await page.getByText('Locked 1', { exact: true }).click();
  await inColours(page, 'dark');
  await expectNoAxeViolations(page);
  await draw(page, 'matching-board.dark');
  await inColours(page, 'light');
  await button(page, 'Publish version 2').press('Enter');
  await page.getByText('5 are invited').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'matching-publish');
  await button(page, 'Publish and invite').press('Enter');
  await page.getByText('Published', { exact: true }).waitFor();
  expect(await button(page, 'Solve again').count()).toBe(0);
  const invited = await eventually(async () => {
    const { items } = (await staff.client.get(`/api/cohorts/${cohortId}/invitations`)).body;
    expect(items).toHaveLength(5);
    return items;
  });
  expect(invited.every(({ role }: any) => role === 'fellow')).toBe(true);
});

it('given a person is drawn to another project, then it is tried; a rule that cannot hold is refused in words', async () => {
  const { people, projects } = await everybody();
  const lock = { applicationId: people[1]!.id, projectId: projects[0]!.id };
  await staff.client.post(M, { seed: 3, locks: [lock] });
  const page = await open({ width: 1440, height: 1000, expected: [422] });
  const bilal = page.locator(`#seat-${people[5]!.id}`);
  const anouk = page.locator(`#seat-${people[4]!.id}`);
  const [held, place] = (await bilal.isVisible()) ? [bilal, anouk] : [anouk, bilal];
  const out = (await overview()).people.length;
  expect(out).toBe(6);
  await held.dragTo(page.locator(`#seat-${people[1]!.id}`));
  await page.getByText(/^This cannot be/).waitFor();
  await place.waitFor();
  await draw(page, 'matching-refused');
  await button(page, 'Solve again').press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Faïza Guerroudj at QuaiLibre').waitFor();
  await dialog.getByRole('combobox', { name: 'One person' }).selectOption('Rayan Aubert');
  await dialog.getByRole('combobox', { name: 'Another person' }).selectOption('Pia Werner');
  await dialog.getByRole('button', { name: 'Apart' }).press('Enter');
  await dialog.getByText('Rayan Aubert and Pia Werner apart').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'matching-solve');
  await dialog.getByRole('button', { name: 'Solve', exact: true }).press('Enter');
  await eventually(async () => expect((await overview()).versions).toHaveLength(2));
});

it('given a move is tried, then no other is until it is shown; what changed meanwhile is not kept, and teams without places are not published', async () => {
  const { people, projects } = await everybody();
  await staff.client.post(M, { seed: 3 });
  const page = await open({ width: 1440, height: 1000, expected: [409] });
  const seat = (at: number) => page.locator(`#seat-${people[at]!.id}`);
  let asked = 0;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/matching', async (route) => {
    if (route.request().method() === 'POST') {
      asked += 1;
      await answered;
    }
    await route.continue();
  });
  await seat(0).click();
  await button(page, 'Lock here').press('Enter');
  await eventually(() => expect(asked).toBe(1));
  await seat(1).dragTo(seat(4));
  await seat(3).click();
  expect(await page.getByRole('button', { name: /^Place at/ }).count()).toBe(0);
  answer();
  await page.getByRole('heading', { name: 'What if' }).waitFor();
  expect(asked).toBe(1);
  await people[2]!.client.put(`${people[2]!.path}/wishes`, { projectIds: [projects[0]!.id] });
  await button(page, 'Keep as a version').press('Enter');
  await page.getByText(/changed since this was tried/).waitFor();
  expect((await overview()).versions).toHaveLength(1);
  await draw(page, 'matching-changed');
  await staff.client.patch(`/api/cohorts/${cohortId}/projects/${projects[0]!.id}`, { places: [] });
  await page.reload();
  await page.getByText('No place any more for 1 of them').first().waitFor();
  await settledPage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'matching-without-places');
  await button(page, 'Publish version 1').press('Enter');
  await page.getByText(/places were taken away or changed: QuaiLibre/).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'matching-not-published');
});

it('given a phone in French, then the board is a list, and somebody is placed elsewhere by a choice', async () => {
  const { people } = await everybody();
  await staff.client.post(M, { seed: 3 });
  await staff.client.patch('/api/me', { locale: 'fr' });
  const page = await open({ width: 390, height: 844 });
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'matching.fr.390');
  await page.locator(`#seat-${people[0]!.id}`).click();
  await page.getByRole('heading', { name: /^Rayan Aubert à/ }).waitFor();
  await button(page, 'Et si').click();
  await page.getByRole('columnheader', { name: 'Avant' }).waitFor();
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'matching-what-if.fr.390');
  await page.goto(`${world.url}/c/${cohortId}/calls/matching?tab=projects`);
  await settledPage(page);
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await draw(page, 'matching-projects.fr.390');
});

it('given who is accepted, then they rank projects on their page, on a phone in French, and by keyboard; after the day they stand', async () => {
  const { people, projects } = await everybody();
  await aProject(staff, 'TriPapier', ['developer'], 'Archive Service');
  const one = people[4]!;
  const { page, problems } = await openPage(browser, {
    viewport: { width: 390, height: 844 },
    ...{ locale: 'fr-FR', expected: [409] },
  });
  opened.push(problems);
  await page.goto(`${world.url}/application/${one.token}`);
  await settledPage(page);
  await page.evaluate(`localStorage.clear()`);
  await page.getByRole('heading', { name: /^(Your wishes|Vos vœux)$/ }).waitFor();
  const add = (name: string) => page.getByRole('button', { name: new RegExp(`^(Make|Faire de) ${name}`) });
  await add('QuaiLibre').press('Enter');
  await add('BailSûr').press('Enter');
  await page.getByRole('button', { name: /^(Move BailSûr up|Monter BailSûr)$/ }).press('Enter');
  const kept = async () => (await one.client.get(`${one.path}/wishes`)).body.projectIds;
  await eventually(async () => expect(await kept()).toEqual([projects[1]!.id, projects[0]!.id]));
  await settledPage(page);
  await expectAWholePage(page);
  await expectNoAxeViolations(page);
  await draw(page, 'wishes.390');
  await page.getByRole('button', { name: /^(Take BailSûr off|Retirer BailSûr)/ }).press('Enter');
  await eventually(async () => expect(await kept()).toEqual([projects[0]!.id]));
  // What is being saved has its answer before the day is over, so that the page does not know of that yet.
  await settledPage(page);
  world.clock.set('2026-11-21T10:00:00.000Z');
  await add('TriPapier').press('Enter');
  await page.getByText(/(Wishes are taken no more|Les vœux ne sont plus recueillis)/).waitFor();
  await page.getByText(/(Wishes were taken until|Les vœux étaient recueillis)/).waitFor();
  expect(await kept()).toEqual([projects[0]!.id]);
  await draw(page, 'wishes-closed.390');
});

const idOf = async (name: string) => (await overview()).people.find((one: any) => one.name === name).applicationId;
const focusedText = (page: Page) => page.evaluate<string>('document.activeElement?.textContent ?? ""');
