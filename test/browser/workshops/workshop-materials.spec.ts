import type { Browser, Page } from 'playwright-core';
import { DAY, HOUR } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { readChunks } from '../../support/servers/built-web.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aWorkshop } from '../../support/rooms/workshops.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let coach: TestPerson;
let staff: TestPerson;
let fellow: TestPerson;
let path: string;
let id: string;
const opened: string[][] = [];

beforeAll(async () => {
  const now = new Date();
  const at = (ms: number) => `${new Date(now.getTime() + ms).toISOString().slice(0, 13)}:00:00.000Z`;
  world = await startWorld({ now: new Date(now.getTime() - 3 * DAY).toISOString() });
  cohortId = await aCohort(world);
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  coach = await aMember(world, cohortId, 'coach', { name: 'Hanna Lindqvist' });
  fellow = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  ({ path, id } = await aWorkshop(staff, cohortId, {
    ...{ title: 'Reading a budget', startsAt: at(-5 * HOUR), endsAt: at(-3 * HOUR), tags: ['Public law'] },
    hosts: [coach.id],
  }));
  world.clock.set(now);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.flat()).toEqual([]));

async function open(person: TestPerson): Promise<Page> {
  const { page, problems } = await signedInPage(browser, person, world.url, { expected: [409] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/workshops/${id}`);
  return page;
}

it('given a host adds a file and the recording, then a member sees them come, opens the file, and sees them go', async () => {
  const theirs = await open(fellow);
  await theirs.getByRole('heading', { name: 'Follow-up questions' }).waitFor();
  const mine = await open(coach);
  await mine.getByText('No materials yet. Add slides, a link or the recording.').waitFor();
  await mine.getByRole('button', { name: 'Add', exact: true }).click();
  const dialog = mine.getByRole('dialog');
  const content = { name: 'Slides of today.txt', mimeType: 'text/plain', buffer: Buffer.from('One line.') };
  await dialog.locator('input[type="file"]').setInputFiles(content);
  await dialog.getByRole('button', { name: 'Add material' }).click();
  await mine.getByRole('link', { name: 'Slides of today' }).waitFor();

  await mine.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByText('Link', { exact: true }).click();
  await dialog.getByLabel('Address').fill('https://video.example/hour');
  await dialog.getByLabel('Title').fill('The hour itself');
  await dialog.getByLabel('This is the recording').check();
  await dialog.getByRole('button', { name: 'Add material' }).click();
  await mine.getByText('Recording', { exact: true }).waitFor();

  const file = theirs.getByRole('link', { name: 'Slides of today' });
  await file.waitFor();
  const [download] = await Promise.all([theirs.waitForEvent('download'), file.click()]);
  expect(download.suggestedFilename()).toBe('Slides of today.txt');

  await mine.getByRole('button', { name: 'Remove Slides of today' }).click();
  await mine.getByRole('dialog').getByRole('button', { name: 'Remove material' }).click();
  await file.waitFor({ state: 'detached' });
});

it('given two write the minutes, then who was slower keeps their words, sees the others, and decides', async () => {
  const mine = await open(coach);
  await mine.getByRole('button', { name: 'Write minutes' }).click();
  await mine.getByRole('textbox', { name: 'Minutes' }).fill('We read **one line**.');
  await staff.client.put(`${path}/minutes`, { body: 'We read all of it.', revision: 0 });
  await mine.getByRole('button', { name: 'Save minutes' }).click();
  await mine.getByText('Aurore Tessier saved this version:').waitFor();
  await mine.getByText('We read all of it.').waitFor();
  await mine.getByRole('button', { name: 'Replace with mine' }).click();
  await eventually(async () => expect((await staff.client.get(`${path}/minutes`)).body.body).toContain('one line'));
  const theirs = await open(fellow);
  await theirs.getByText('one line').waitFor();
  expect(await theirs.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0);
});

it('given a member asks a follow-up question, then it begins with the workshop, leads back, and stands on its page', async () => {
  const page = await open(fellow);
  await page.getByRole('link', { name: 'Ask a question' }).click();
  const question = page.getByLabel('Your question', { exact: false }).first();
  await page.getByText('About the workshop').waitFor();
  await eventually(async () => expect(await question.inputValue()).toBe('“Reading a budget”: '));
  await page.getByText('public-law', { exact: true }).first().waitFor();
  await question.fill('“Reading a budget”: where is the rent?');
  await page.getByRole('textbox', { name: 'What you already know' }).fill('Nobody found it.');
  await page.getByRole('button', { name: 'Ask', exact: false }).last().click();
  await page.getByRole('link', { name: 'Follows up “Reading a budget”' }).click();
  await page.getByRole('link', { name: '“Reading a budget”: where is the rent?' }).waitFor();
});

const scriptOf = (name: string) => `/${readChunks()[`src/features/materials/${name}.tsx`]!.file}`;

/**
 * The script of the materials and its style sheet; the rest of the page needs neither. Not those of the parts beside it: React does not begin
 * one part before the other has come, and so would not ask for the style sheet.
 */
const isOfMaterials = ({ pathname }: URL): boolean =>
  pathname === scriptOf('Materials') || /\/materials-[^/]*\.css$/.test(pathname);

it('given the script of a part does not come, then the page stays, says so, and brings them when it is asked to', async () => {
  const { page } = await signedInPage(browser, fellow, world.url);
  const asked = new Set<string>();
  await page.route(isOfMaterials, (route) => {
    asked.add(new URL(route.request().url()).pathname);
    return route.abort();
  });
  await page.goto(`${world.url}/c/${cohortId}/workshops/${id}`);
  const box = page.getByRole('status').filter({ hasText: 'This part could not be loaded.' });
  await box.waitFor();
  await page.getByRole('heading', { name: 'Reading a budget', level: 1 }).waitFor();
  await expectNoAxeViolations(page);

  expect([...asked].filter((path) => path.endsWith('.css'))).toHaveLength(1);
  asked.clear();
  await box.getByRole('button', { name: 'Try again' }).click();
  await box.getByRole('button', { name: 'Reload' }).waitFor();
  expect(asked.size).toBeGreaterThan(0);
  await box.getByRole('button', { name: 'Try again' }).and(page.locator(':focus')).waitFor();

  await page.unrouteAll();
  await box.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Follow-up questions' }).waitFor();
  expect(await box.count()).toBe(0);
  await eventually(async () => {
    const sheets = await page
      .locator('link[rel="stylesheet"]')
      .evaluateAll((links: any[]) => links.map(({ href, sheet }) => ({ href, came: sheet !== null })));
    expect(sheets.filter(({ came }) => !came)).toEqual([]);
  });
});

it('given a part fails in another way, then that is no matter of its script, and the page says it as before', async () => {
  const { page } = await signedInPage(browser, fellow, world.url);
  await page.route(`**${scriptOf('FollowUps')}`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'export default () => { throw new Error("broken"); };' }),
  );
  await page.goto(`${world.url}/c/${cohortId}/workshops/${id}`);
  await page.getByRole('heading', { name: 'Something went wrong' }).waitFor();
});
