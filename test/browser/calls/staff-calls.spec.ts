import type { Browser, Page } from 'playwright-core';
import type { FormField } from '../../../src/contracts/calls/forms.js';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectAWholePage, expectNoAxeViolations, expectOnlyWords, settledPage } from '../../support/pages.js';
import { aCall, anApplicant, ANSWERS, handsIn } from '../../support/rooms/calls.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let [aurore, karim]: TestPerson[] = [];
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
  cohortId = await aCohort(world, { name: 'Cohort 8' });
  C = `/api/cohorts/${cohortId}/calls`;
  aurore = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  karim = await aMember(world, cohortId, 'staff', { name: 'Karim Haddad' });
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(
  path = '',
  { as = aurore!, ...options }: { as?: TestPerson; width?: number; height?: number; expected?: number[] } = {},
): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/calls${path}`);
  await settledPage(page);
  return page;
}
/** Draws a page for who looks at it, where that is asked for. */
const draw = async (page: Page, name: string) => {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};
const in9Days = () => new Date(world.clock.now().getTime() + 9 * DAY).toISOString();
const times = () => ({ opensAt: new Date(world.clock.now().getTime() - DAY).toISOString(), closesAt: in9Days() });
const aDraft = async (kind = 'fellows') =>
  (await aurore!.client.post(C, { kind, title: { en: 'Fellows, cohort 8', fr: 'Appel à candidatures' } })).body;
const stored = async (id: string) => (await aurore!.client.get(`${C}/${id}`)).body;
const keysOf = async (id: string): Promise<string[]> => (await stored(id)).fields.map(({ key }: FormField) => key);
const focused = (page: Page) => page.evaluate<string>('document.activeElement?.id ?? ""');
const isSaved = (page: Page) => page.getByText(/^Saved \d\d:\d\d$/).waitFor();

it('given no call, then it says what one is, and staff begin one that has words and questions in both languages', async () => {
  const page = await open();
  await page.getByText('A call asks for projects or for fellows').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'calls-none');
  await page.getByRole('button', { name: 'Begin a call for fellows' }).press('Enter');
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('textbox', { name: 'Title in French' }).inputValue()).toBe('Appel à fellows, Cohort 8');
  await expectNoAxeViolations(page);
  await dialog.getByRole('textbox', { name: 'Title in English' }).fill('Ten months inside a public service');
  // What was changed stays with the other kind.
  await dialog.getByRole('radio', { name: 'Call for projects' }).check();
  expect(await dialog.getByRole('textbox', { name: 'Title in English' }).inputValue()).toMatch(/^Ten months/);
  await dialog.getByRole('radio', { name: 'Call for fellows' }).check();
  await draw(page, 'calls-new');
  await dialog.getByRole('button', { name: 'Begin the call' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Ten months inside a public service' }).waitFor();
  await page.getByText('Nobody but the programme team sees it.').waitFor();
  await page.getByRole('tab', { name: /^Form \d/ }).click();
  await page.getByRole('button', { name: /^First and last name/ }).waitFor();
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Calls' }).click();
  await page.getByRole('link', { name: 'Ten months inside a public service' }).waitFor();
  await page.getByText('Draft', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Calls', exact: true }).first().waitFor();
});

it('given a draft, then its form is written by keyboard: a field, its options, what it depends on, where it stands', async () => {
  const { id } = await aDraft();
  const page = await open(`/${id}?tab=form`);
  await page.getByRole('button', { name: 'Add a field' }).press('Enter');
  await page.getByRole('menuitem', { name: 'One of several' }).press('Enter');
  await eventually(async () => expect(await focused(page)).toMatch(/-label-en$/));
  await page.keyboard.type('Do you come to Paris?');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Venez-vous à Paris ?');
  await page.getByRole('textbox', { name: 'Option 1 in English' }).focus();
  await page.keyboard.type('Yes');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Oui');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Twice a week');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Deux fois par semaine');
  await isSaved(page);
  await eventually(async () =>
    expect((await stored(id)).fields.at(-1).options[1]?.label.fr).toBe('Deux fois par semaine'),
  );
  const question = (await keysOf(id)).at(-1)!;
  // The next stands behind the one that is open.
  await page.getByRole('button', { name: 'Add a field' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Short text' }).press('Enter');
  await eventually(async () => expect(await focused(page)).toMatch(/-label-en$/));
  await page.keyboard.type('On which days?');
  await page.getByText('1 field has no French').waitFor();
  await page.getByRole('button', { name: 'Add a condition' }).press('Enter');
  await page.getByRole('combobox', { name: 'Answer of condition 1' }).selectOption('Twice a week');
  await expectNoAxeViolations(page);
  // The preview asks it once it was answered so.
  const preview = page.getByRole('region', { name: 'As an applicant sees it' });
  expect(await preview.getByRole('textbox', { name: 'On which days?' }).count()).toBe(0);
  await preview.getByRole('button', { name: 'Answer so that it is' }).press('Enter');
  expect(await preview.getByRole('radio', { name: 'Twice a week' }).isChecked()).toBe(true);
  await preview.getByRole('textbox', { name: 'On which days?' }).fill('Mondays');
  await preview.getByText('7 of 160 characters').waitFor();
  await draw(page, 'calls-form');
  await page.getByRole('button', { name: 'Go there' }).press('Enter');
  await eventually(async () => expect(await focused(page)).toMatch(/-label-fr$/));
  await page.keyboard.type('Quels jours ?');
  await preview.getByText('Nothing is lacking').waitFor();
  // It is saved a moment after it was typed.
  const days = await eventually(async () => {
    const last = (await stored(id)).fields.at(-1);
    expect(last.label.fr).toBe('Quels jours ?');
    return last.key as string;
  });
  // One place up, above what it asks: said, and back again.
  await page.keyboard.press('Alt+ArrowUp');
  expect(await focused(page)).toMatch(/-label-fr$/);
  await page.getByText('It depends on a question that stands below it.').waitFor();
  await eventually(async () => expect((await keysOf(id)).slice(-2)).toEqual([days, question]));
  await page.getByRole('button', { name: 'Move “On which days?” down' }).press('Enter');
  await eventually(async () => expect((await keysOf(id)).slice(-2)).toEqual([question, days]));
  // What others hang on is deleted with their conditions, and comes back with them.
  await page.getByRole('button', { name: 'Do you come to Paris?', expanded: false }).press('Enter');
  await page.getByRole('button', { name: 'Delete “Do you come to Paris?”' }).press('Enter');
  await page.getByText('One question hung on it').waitFor();
  await eventually(async () => expect((await stored(id)).fields.at(-1)).toMatchObject({ key: days, shownIf: [] }));
  await page.getByRole('button', { name: /^Undo/ }).press('Enter');
  await eventually(async () => expect((await stored(id)).fields.at(-1).shownIf).toMatchObject([{ field: question }]));
  expect((await keysOf(id)).slice(-2)).toEqual([question, days]);
});

it('given a field that asks for a file, then staff say what it may be and how large, and the preview asks for it', async () => {
  const { id } = await aDraft();
  const page = await open(`/${id}?tab=form`);
  await page.getByRole('button', { name: 'Add a field' }).press('Enter');
  await page.getByRole('menuitem', { name: 'File', exact: true }).press('Enter');
  await eventually(async () => expect(await focused(page)).toMatch(/-label-en$/));
  await page.keyboard.type('A drawing');
  await page.getByRole('combobox', { name: 'What it may be' }).selectOption('Image');
  await page.getByRole('textbox', { name: 'At most, in MB' }).fill('2');
  const preview = page.getByRole('region', { name: 'As an applicant sees it' });
  await preview.getByRole('group', { name: 'A drawing' }).waitFor();
  await preview.getByText('An image, 2 MB at most.').waitFor();
  await expectNoAxeViolations(page);
  await eventually(async () =>
    expect((await stored(id)).fields.at(-1)).toMatchObject({ kind: 'file', accept: 'image', max: 2 }),
  );
});

it('given who applies writes, then staff see that it waits, answer it, and the answer stands on the page of who applies', async () => {
  const call = await aCall(aurore!, cohortId, times());
  const applicant = await anApplicant(world, call.slug);
  await handsIn(applicant);
  const theirs = await openPage(browser, { viewport: { width: 390, height: 844 } });
  opened.push(theirs.problems);
  await theirs.page.goto(`${world.url}/application/${applicant.token}`);
  await theirs.page.getByLabel('Write to the programme team').fill('I move to Lyon.\nDoes that count?');
  await theirs.page.getByRole('button', { name: 'Send' }).click();
  await theirs.page.getByText('Does that count?').waitFor();
  await expectNoAxeViolations(theirs.page);
  await draw(theirs.page, 'messages-mine.390');
  const page = await open(`/${call.id}?tab=applications&state=waiting`, { width: 1440, height: 1000 });
  await page.getByText('1 to answer', { exact: true }).waitFor();
  await page.getByRole('link', { name: ANSWERS.name }).press('Enter');
  const file = page.getByRole('region', { name: 'File' });
  await file.getByText('Does that count?').waitFor();
  await file.getByRole('button', { name: 'Nothing to answer' }).waitFor();
  await file.getByLabel('Write to who applies').fill('It does not weigh on the reading.');
  await file.getByRole('button', { name: 'Send' }).press('Enter');
  await file.getByText('It does not weigh on the reading.').waitFor();
  await file.getByRole('button', { name: 'Nothing to answer' }).waitFor({ state: 'detached' });
  await expectNoAxeViolations(page);
  await draw(page, 'messages-staff');
  await theirs.page.reload();
  await theirs.page.getByText('It does not weigh on the reading.').waitFor();
  await theirs.page.getByText('Aurore Tessier').waitFor();
});

it('given a closed call, then staff decide several at once, undo one, and who applies reads it an hour later', async () => {
  const call = await aCall(aurore!, cohortId, times());
  const applicants = [];
  for (const name of ['Anouk Lescure', 'Matteo Vidal', 'Salomé Payet']) {
    const applicant = await anApplicant(world, call.slug);
    await handsIn(applicant, { ...ANSWERS, name });
    applicants.push(applicant);
  }
  await aurore!.client.post(`${C}/${call.id}/close`);
  const page = await open(`/${call.id}?tab=applications`, { width: 1440, height: 1000 });
  await page.getByRole('checkbox', { name: 'Choose Anouk Lescure' }).check();
  await page.getByRole('checkbox', { name: 'Choose Salomé Payet' }).check();
  await page.getByText('2 chosen').waitFor();
  await page.getByRole('button', { name: 'Accept' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Hello Anouk Lescure,').waitFor();
  await dialog.getByRole('textbox', { name: 'The letter in English' }).fill('Dear {name}, welcome to the cohort!');
  await dialog.getByText('Dear Anouk Lescure, welcome to the cohort!').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'calls-decide');
  await dialog.getByRole('button', { name: 'Accept' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await eventually(async () => expect(await page.getByRole('row').filter({ hasText: 'held' }).count()).toBe(2));
  await expectNoAxeViolations(page);
  await draw(page, 'calls-decided');
  await page.getByRole('link', { name: 'Salomé Payet' }).press('Enter');
  const file = page.getByRole('region', { name: 'File' });
  await file.getByRole('button', { name: 'Undo the decision' }).press('Enter');
  await file.getByRole('button', { name: 'Undo the decision' }).waitFor({ state: 'detached' });
  await eventually(async () => expect(await page.getByRole('row').filter({ hasText: 'held' }).count()).toBe(1));
  await page.getByRole('combobox', { name: 'Decision' }).selectOption('To decide (2)');
  await page.getByRole('link', { name: 'Anouk Lescure' }).waitFor({ state: 'detached' });
  const theirs = await openPage(browser, { viewport: { width: 390, height: 844 } });
  opened.push(theirs.problems);
  const address = `${world.url}/application/${applicants[0]!.token}`;
  await theirs.page.goto(address);
  await theirs.page.getByText('Handed in', { exact: true }).first().waitFor();
  expect(await theirs.page.getByText('welcome to the cohort').count()).toBe(0);
  world.clock.advance(61 * 60_000);
  await theirs.page.reload();
  await theirs.page.getByText('Dear Anouk Lescure, welcome to the cohort!').waitFor();
  await theirs.page.getByText('Accepted', { exact: true }).first().waitFor();
  await expectNoAxeViolations(theirs.page);
  await draw(theirs.page, 'mine-accepted.390');
});

it('given a call that is over, then staff say what became of it, and everybody reads it on its page', async () => {
  const call = await aCall(aurore!, cohortId, times());
  await aurore!.client.post(`${C}/${call.id}/close`);
  const page = await open(`/${call.id}`);
  await page.getByLabel('What became of it in English').fill('210 applied, 24 were taken.');
  await page.getByText('Not saved yet').waitFor();
  await page.getByLabel('What became of it in French').fill('210 candidatures, 24 personnes retenues.');
  await isSaved(page);
  expect(await page.getByLabel('Title in English', { exact: true }).isDisabled()).toBe(true);
  await expectNoAxeViolations(page);
  await draw(page, 'calls-outcome');
  const theirs = await openPage(browser, { viewport: { width: 390, height: 844 }, locale: 'fr-FR' });
  opened.push(theirs.problems);
  await theirs.page.goto(`${world.url}/calls/${call.slug}`);
  await theirs.page.getByRole('heading', { name: 'Ce qu’il en est advenu' }).waitFor();
  await theirs.page.getByText('210 candidatures, 24 personnes retenues.').waitFor();
  await expectNoAxeViolations(theirs.page);
  await draw(theirs.page, 'call-outcome.390.fr');
});

it('given a form as a file, then it is kept, brought into another call, and taken back', async () => {
  const [from, to] = [await aDraft(), await aDraft('projects')];
  const page = await open(`/${from.id}?tab=form`);
  await page.getByRole('button', { name: 'More about this call' }).press('Enter');
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Form as a file' }).press('Enter');
  const file = await (await saved).path();
  const other = await open(`/${to.id}?tab=form`);
  await other.getByRole('button', { name: 'More about this call' }).press('Enter');
  const chosen = other.waitForEvent('filechooser');
  await other.getByRole('menuitem', { name: 'Form from a file' }).press('Enter');
  await (await chosen).setFiles(file);
  await eventually(async () => expect(await keysOf(to.id)).toEqual(from.fields.map(({ key }: FormField) => key)));
  await other.getByRole('button', { name: 'Undo' }).press('Enter');
  await eventually(async () => expect(await keysOf(to.id)).toEqual(to.fields.map(({ key }: FormField) => key)));
});

it('given a field that is dragged, then it stands where it was put', async () => {
  const { id } = await aDraft();
  const [, first = '', second = ''] = await keysOf(id);
  const page = await open(`/${id}?tab=form`);
  const grip = (key: string) => page.locator(`#grip-${key}`);
  await grip(second).dragTo(grip(first), { targetPosition: { x: 8, y: 1 } });
  await eventually(async () => expect((await keysOf(id)).slice(1, 3)).toEqual([second, first]));
});

it('given a call that lacks something, then publishing says what, each leads to its place, and then it goes out', async () => {
  const { id, slug, fields } = await aDraft();
  const half = fields.map((field: FormField, at: number) =>
    at === 1 ? { ...field, label: { en: 'Your name', fr: '' } } : field,
  );
  await aurore!.client.patch(`${C}/${id}`, { revision: 0, fields: half });
  const page = await open(`/${id}`, { expected: [422] });
  await page.getByRole('button', { name: 'Publish' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: 'It was not published' });
  await alert.getByRole('button', { name: 'Closing' }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'calls-lacks');
  await alert.getByRole('button', { name: 'Form, “Your name”' }).press('Enter');
  await eventually(async () => expect(await focused(page)).toBe(`f-${fields[1].key}-label-fr`));
  await page.keyboard.type('Votre nom');
  await alert.getByRole('button', { name: 'Form, “Your name”' }).waitFor({ state: 'detached' });
  await alert.getByRole('button', { name: 'Opening' }).press('Enter');
  await eventually(async () => expect(await focused(page)).toBe('call-opensAt'));
  await page.getByLabel('Opening', { exact: true }).fill(times().opensAt.slice(0, 10));
  await page.getByLabel('Closing', { exact: true }).fill(in9Days().slice(0, 10));
  await alert.waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: 'Until', exact: true }).fill('18:30');
  await page.getByRole('textbox', { name: 'Until', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Publish' }).press('Enter');
  await page.getByRole('dialog').getByText('Everybody can read it at once').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).press('Enter');
  await page.getByText(/^Open, closes .*, 18:30 \(Europe\/Paris\)\. Version 1 of the form\./).waitFor();
  expect(await page.getByRole('link', { name: 'Public page' }).getAttribute('href')).toBe(`/calls/${slug}`);
  expect(await page.getByRole('button', { name: /^Publish/ }).count()).toBe(0);
  // A change of the form waits for its version.
  await page.getByRole('tab', { name: /^Form/ }).click();
  await page.getByRole('button', { name: 'Add a section' }).press('Enter');
  await eventually(async () => expect(await focused(page)).toMatch(/-label-en$/));
  await page.keyboard.type('At the end');
  await page.keyboard.press('Tab');
  await page.keyboard.type('À la fin');
  await page.getByRole('button', { name: 'Publish version 2' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 2' }).press('Enter');
  await page.getByText('Version 2 of the form.').waitFor();
  expect((await stored(id)).form).toMatchObject({ version: 2 });
});

it('given two who write at once, then each part stands, and of what both changed nothing goes in silence', async () => {
  const { id } = await aDraft();
  const page = await open(`/${id}`, { expected: [409] });
  await karim!.client.patch(`${C}/${id}`, { revision: 0, keepRefusedMonths: 9 });
  const title = page.getByRole('textbox', { name: 'Title in English', exact: true });
  await title.fill('Mine');
  await isSaved(page);
  expect(await stored(id)).toMatchObject({ title: { en: 'Mine' }, keepRefusedMonths: 9 });
  const { revision } = await stored(id);
  await karim!.client.patch(`${C}/${id}`, { revision, title: { en: 'Theirs', fr: 'La leur' } });
  await title.fill('Mine again');
  await page.getByText('Somebody else changed the same meanwhile: Title.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'calls-meanwhile');
  // It is kept on this device until one chooses.
  await page.reload();
  await page.getByText('Somebody else changed the same meanwhile: Title.').waitFor();
  expect(await title.inputValue()).toBe('Mine again');
  await page.getByRole('button', { name: 'Take theirs' }).press('Enter');
  expect(await title.inputValue()).toBe('Theirs');
  await page.getByRole('button', { name: /^Undo/ }).press('Enter');
  await eventually(async () => expect((await stored(id)).title.en).toBe('Mine again'));
});

it('given a call that everybody reads, then what is not whole waits, and the closing only moves on', async () => {
  const { id } = await aCall(aurore!, cohortId, times());
  const page = await open(`/${id}`);
  const french = page.getByRole('textbox', { name: 'Title in French', exact: true });
  await french.fill('');
  await page.getByRole('textbox', { name: 'One line under the title in French' }).fill('');
  await page.getByText('2 things are lacking').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('textbox', { name: 'One line under the title in French' }).fill('62 places');
  await eventually(async () => expect((await stored(id)).lead.fr).toBe('62 places'));
  expect((await stored(id)).title.fr).toBe('Appel à candidatures');
  await french.fill('Dix mois');
  await eventually(async () => expect((await stored(id)).title.fr).toBe('Dix mois'));
  expect(await page.getByLabel('Closing', { exact: true }).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'More about this call' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Extend the call' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Extend' }).press('Enter');
  await dialog.getByText('Choose a time that lies ahead, after').waitFor();
  const later = new Date(world.clock.now().getTime() + 12 * DAY).toISOString().slice(0, 10);
  await dialog.getByLabel('Closing').fill(later);
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Extend' }).press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect((await stored(id)).closesAt.slice(0, 10)).toBe(later);
  await page.getByRole('button', { name: 'More about this call' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Close it now' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Close it now' }).press('Enter');
  await page.getByText(/^Closed since /).waitFor();
  expect(await french.isDisabled()).toBe(true);
  await expectNoAxeViolations(page);
});

it('given what was handed in, then staff find a file, read it beside the table, and go on to the next', async () => {
  const call = await aCall(aurore!, cohortId, times());
  const page = await open(`/${call.id}?tab=applications`, { width: 1440, height: 1000 });
  await page.getByText('Nothing handed in yet, and nobody has begun.').waitFor();
  for (const name of ['Anouk Lescure', 'Matteo Vidal', 'Salomé Payet'])
    await handsIn(await anApplicant(world, call.slug), {
      ...ANSWERS,
      name,
      town: name === 'Matteo Vidal' ? 'Lyon' : 'Brest',
    });
  await anApplicant(world, call.slug);
  await page.reload();
  await page.getByText('1 draft', { exact: true }).waitFor();
  await page.getByRole('button', { name: '3 handed in' }).press('Enter');
  await page.getByRole('searchbox').fill('pay');
  await page.getByText('1 of 3').waitFor();
  await page.getByRole('link', { name: 'Salomé Payet' }).waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By name');
  await page.getByText('3 of 3').waitFor();
  await page.getByRole('link', { name: 'Matteo Vidal' }).press('Enter');
  const file = page.getByRole('region', { name: 'File' });
  await file.getByText('Lyon', { exact: true }).waitFor();
  await file.getByText('The counter kept no trace of why people came.').waitFor();
  await file.getByText('2 of 3').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'calls-file');
  await file.getByRole('button', { name: 'Next file' }).press('Enter');
  await file.getByText('Salomé Payet').first().waitFor();
  await page.keyboard.press('Escape');
  await file.waitFor({ state: 'detached' });
  await eventually(async () => expect(await page.evaluate('document.activeElement?.textContent')).toBe('Salomé Payet'));
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'As a table (CSV)' }).click();
  expect((await download).suggestedFilename()).toBe(`${call.slug}.csv`);

  await aurore!.client.patch('/api/me', { locale: 'fr' });
  const phone = await open(`/${call.id}?tab=applications`, { width: 390, height: 844 });
  await expectNoAxeViolations(phone);
  await expectAWholePage(phone);
  await draw(phone, 'calls-files.fr.390');
  await phone.getByRole('link', { name: 'Anouk Lescure' }).press('Enter');
  await phone.getByRole('dialog').getByText('Brest', { exact: true }).waitFor();
  await expectNoAxeViolations(phone);
  await expectOnlyWords(phone);
  await draw(phone, 'calls-file.fr.390');
  await phone.keyboard.press('Escape');
  await phone.getByRole('dialog').waitFor({ state: 'detached' });
});
