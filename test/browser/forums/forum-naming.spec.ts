import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { channelOf, say } from '../../support/rooms/chat.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let ines: TestPerson;
let leo: TestPerson;
let aurore: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
beforeEach(async () => {
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  await aMember(world, cohortId, 'fellow', { name: 'Maud Perrin' });
  aurore = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(opened.splice(0).flat()).toEqual([]);
});

const aTopic = async (body = 'No answer for 40 days.') =>
  (await ines.client.post(`${C}/topics`, { title: 'Which letter was answered?', body })).body;

async function open(path: string, { as = ines, ...options }: { as?: TestPerson; expected?: number[] } = {}) {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/${path}`);
  return page;
}
const box = (page: Page, name = 'Your reply') => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const offered = (page: Page) => page.getByRole('listbox', { name: 'Members of the cohort' }).getByRole('option');

/** Types a beginning of Léo's name at the end of a field and takes the name from the list, by keyboard. */
async function nameLeo(page: Page, field: ReturnType<typeof box>, then: string): Promise<void> {
  await field.press('Control+End');
  await field.pressSequentially(' @lé');
  const option = offered(page);
  await option.getByText('Léo Fabre').waitFor();
  expect(await option.count()).toBe(1);
  await field.press('Enter');
  await field.pressSequentially(then);
}
/** Léo is told that he was named in a topic, and the post shows him as a link. */
async function expectNamed(page: Page, topicId: string, number: number): Promise<void> {
  const link = page.locator(`#post-${number}`).getByRole('link', { name: '@Léo Fabre' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe(`/c/${cohortId}/people/${leo.id}`);
  await eventually(async () => {
    const { items } = (await leo.client.get('/api/me/inbox')).body;
    expect(items.filter((one: any) => one.params.topicId === topicId)).toMatchObject([{ kind: 'forum.mentioned' }]);
  });
}

it('given a beginning of a name in a reply, then the name is offered as in chat, is kept in the draft, and who bears it is told', async () => {
  const { id } = await aTopic();
  const page = await open(`forum/${id}`);
  const field = box(page);
  await field.pressSequentially('Hello @');
  await offered(page).nth(3).waitFor();
  await expectNoAxeViolations(page);
  expect(await field.getAttribute('aria-haspopup')).toBe('listbox');
  await field.press('ArrowDown');
  const chosen = page.getByRole('listbox').getByRole('option', { selected: true });
  expect(await field.getAttribute('aria-activedescendant')).toBe(await chosen.getAttribute('id'));
  await field.press('Escape');
  expect(await offered(page).count()).toBe(0);
  await field.fill('First.\n\nLast.');
  await field.press('Control+Home');
  await field.press('End');
  await field.pressSequentially(' Ask @Léo Fab');
  await offered(page).getByText('Léo Fabre').click();
  expect(await field.inputValue()).toBe('First. Ask @Léo Fabre \n\nLast.');
  // The caret is behind the name, and a name that stands there in full needs no help: Enter is a new line.
  await field.press('Backspace');
  await field.press('Enter');
  await field.pressSequentially('now');
  expect(await field.inputValue()).toBe('First. Ask @Léo Fabre\nnow\n\nLast.');
  await page.getByText(/^Draft saved, /).waitFor();
  await page.reload();
  expect(await box(page).inputValue()).toBe('First. Ask @Léo Fabre\nnow\n\nLast.');
  await button(page, 'Send reply').click();
  await expectNamed(page, id, 2);
});

it('given a name typed in full in a new topic, then who bears it is told; one in code and in a quotation calls nobody', async () => {
  const page = await open('forum/new');
  await page.getByRole('textbox', { name: 'Your question', exact: true }).fill('Who counts the letters?');
  await box(page, 'What you already know').fill(
    '> @Maud Perrin said so\n\nPerhaps @Léo Fabre, as in `@Aurore Tessier`?',
  );
  await button(page, 'Ask question').click();
  await page.locator('#post-1').getByText('Perhaps').waitFor();
  await expectNamed(page, /forum\/(\w{24})/.exec(page.url())![1]!, 1);
  expect(await page.locator('#post-1').getByRole('link', { name: /^@/ }).count()).toBe(1);
});

it('given a name that an edit of a post and of a wiki adds, then who bears it is told, also where two edits are settled', async () => {
  const first = await aTopic();
  const page = await open(`forum/${first.id}`, { expected: [409] });
  await button(page, 'Edit').click();
  await nameLeo(page, box(page, 'Your post'), 'may know');
  await button(page, 'Save changes').click();
  await expectNamed(page, first.id, 1);

  const { id, question } = await aTopic('First.');
  await ines.client.put(`${C}/posts/${question.id}/wiki`);
  await page.goto(`${world.url}/c/${cohortId}/forum/${id}`);
  await button(page, 'Edit').click();
  await nameLeo(page, box(page, 'Your post'), 'may know');
  await aurore.client.patch(`${C}/posts/${question.id}`, { seen: 'First.', body: `First, <@${aurore.id}>.` });
  await button(page, 'Save changes').click();
  const settling = page.getByRole('region', { name: 'Conflicting edits' });
  await settling.getByText('First, @Aurore Tessier.').waitFor();
  await settling.getByText('First. @Léo Fabre may know').waitFor();
  await button(page, 'Merge').click();
  await button(page, 'Save changes').click();
  await expectNamed(page, id, 1);
});

it('given staff change a flagged post, then names are offered in the drawer, and Escape closes their list alone', async () => {
  const { id, question } = await aTopic('The fools of the town hall.');
  await leo.client.post(`${C}/posts/${question.id}/flag`, { kind: 'unkind' });
  const page = await open('forum/flags', { as: aurore });
  await page.getByRole('button', { name: 'Inès Carpentier in Which letter was answered?' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: 'Edit the post' }).click();
  const field = drawer.getByRole('textbox', { name: 'New text' });
  await field.fill('Ask ');
  await field.pressSequentially('@');
  await offered(page).nth(3).waitFor();
  await expectNoAxeViolations(page);
  await field.press('Escape');
  expect(await offered(page).count()).toBe(0);
  expect(await drawer.count()).toBe(1);
  await field.press('Backspace');
  await nameLeo(page, field, 'instead');
  await drawer.getByRole('button', { name: 'Save and show' }).click();
  await page.getByText('Nothing to look at').waitFor();
  await page.goto(`${world.url}/c/${cohortId}/forum/${id}`);
  await page.locator('#post-1').getByRole('link', { name: '@Léo Fabre' }).waitFor();
});

it('given a thread of chat that goes on in the forum, then its introduction may name members', async () => {
  const channel = await channelOf(ines, 'cohort');
  const root = await say(ines, channel.id, 'How do you count?');
  const page = await open(`chat/${channel.id}?thread=${root.id}`);
  await button(page, 'Continue in the forum').click();
  const dialog = page.getByRole('dialog');
  await nameLeo(page, dialog.getByRole('textbox', { name: 'Context' }), 'counts');
  await dialog.getByRole('button', { name: 'Create topic' }).click();
  await page.locator('#post-1').waitFor();
  await expectNamed(page, /forum\/(\w{24})/.exec(page.url())![1]!, 1);
});
