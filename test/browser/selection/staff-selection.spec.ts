import type { Browser, Page } from 'playwright-core';
import type { Results } from '../../../src/contracts/selection/results.js';
import type { Step } from '../../../src/contracts/selection/steps.js';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import {
  expectAWholePage,
  expectNoAxeViolations,
  expectOnlyWords,
  inColours,
  settledPage,
} from '../../support/pages.js';
import { handsInReview } from '../../support/rooms/juries.js';
import { type Reader, type TestCall, aClosedCall, anOpenStep, aReader, draw, queueOf } from './stage.js';

let world: TestWorld;
let browser: Browser;
let staff: TestPerson;
let cohortId: string;
let call: TestCall;
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
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(search: string, options: Parameters<typeof signedInPage>[3] = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, staff, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/calls/${call.id}?${search}`);
  await settledPage(page);
  return page;
}
const get = async <T>(path: string): Promise<T> => (await staff.client.get(`${call.path}${path}`)).body as T;
const steps = async () => (await get<{ items: Step[] }>('/steps')).items;
/** Presses a button by its key, once it can be pressed: a key would be sent to a disabled one too. */
const press = async (page: Page, name: string | RegExp) =>
  await page.getByRole('button', { name, disabled: false }).press('Enter');
/** Gives every file of a juror a score, from the lowest on. */
async function readsAll(juror: Reader, scores: (place: number) => number, comment = ''): Promise<void> {
  for (const [place, { id }] of (await queueOf(juror)).entries()) {
    const score = scores(place);
    const verdict = score >= 3 ? 'yes' : score === 2 ? 'maybe' : 'no';
    await handsInReview(juror, id, { craft: score, judgement: score }, { verdict, comment });
  }
}

it('given a call that is over, then staff make a step, are told what it lacks, invite a jury, share the files out and open it', async () => {
  ({ call } = await aClosedCall(world, staff, 6));
  const page = await open('tab=reviews', { expected: [409] });
  await page.getByText('Jurors read what was handed in, in steps').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'selection-none');
  await press(page, 'Begin the first step');
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByRole('textbox', { name: 'Name in French' }).inputValue()).toBe('Première lecture');
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Make the step' }).press('Enter');
  await page.getByRole('heading', { name: 'Step 1, First reading' }).waitFor();
  // The name is hidden by itself; weights of 99 are said, with the way there.
  expect(await page.getByRole('checkbox', { name: 'First and last name' }).isChecked()).toBe(true);
  await page.getByRole('checkbox', { name: 'What are you good at?' }).press('Space');
  await page.getByRole('textbox', { name: 'Weight' }).first().fill('59');
  await page.getByText('One thing is lacking before the step can be opened.').waitFor();
  await page.getByRole('textbox', { name: 'Word 4 in French' }).fill('');
  await page.getByRole('button', { name: 'Word 4 of the scale' }).press('Enter');
  await page.keyboard.type('Exceptionnel');
  // What is written on while it is being saved stays, and is not saved yet.
  let bring = () => {};
  const brought = new Promise<void>((resolve) => (bring = resolve));
  await page.route('**/steps/*', async (route) => {
    const answer = await route.fetch();
    await brought;
    await route.fulfill({ response: answer });
  });
  await press(page, 'Save the step');
  await page.getByRole('textbox', { name: 'Weight' }).first().fill('60');
  bring();
  await page.getByText('The step is saved.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Weight' }).first().inputValue()).toBe('60');
  await eventually(async () => {
    const [step] = await steps();
    expect(step!.criteria[0]!.weight).toBe(59);
    expect(step!.scale[3]).toEqual({ en: 'Rare', fr: 'Exceptionnel' });
    expect(step!.hidden).toHaveLength(6);
  });
  await expectNoAxeViolations(page);
  await draw(page, 'selection-step');
  await page.getByLabel('Reviews are asked for until').fill(new Date(Date.now() + 9 * DAY).toISOString().slice(0, 10));
  await press(page, 'Save the step');
  await eventually(async () => expect((await steps())[0]!.dueAt).not.toBeNull());
  await page.getByRole('button', { name: 'Leave it as it was' }).waitFor({ state: 'detached' });
  expect(await page.getByText('is lacking before the step').count()).toBe(0);

  await press(page, 'Who reads what');
  await page.getByText('Nobody is on the jury yet.').waitFor();
  await page.getByRole('complementary').getByRole('button', { name: 'Invite jurors' }).press('Enter');
  await page.getByText('Invite jurors by email: they see their files and nothing else of the cohort.').waitFor();
  await expectNoAxeViolations(page);
  await press(page, 'Invite jurors');
  await dialog
    .getByRole('textbox', { name: 'Paste several lines' })
    .fill(
      [
        'Rosalie Brémond, rosalie@agence.test, Designer, Agence du numérique',
        'Gilles Sauvan\tgilles@dinum.test\t\tDINUM',
        'Mina Dahmani, mina@',
      ].join('\n'),
    );
  await dialog.getByRole('button', { name: 'Take these lines' }).press('Enter');
  await dialog.getByText('This is not an address.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'selection-invite');
  await dialog.getByRole('button', { name: 'Invite 3 jurors' }).press('Enter');
  await eventually(async () => expect(await page.evaluate('document.activeElement?.id')).toBe('juror-2-email'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('mina@asso.test');
  await dialog.getByRole('button', { name: 'Invite 3 jurors' }).press('Enter');
  await page.getByText('3 jurors are invited.').waitFor();
  await page.getByText('3 jurors, of whom 3 have not come yet').waitFor();
  const jurors = (await get<{ items: Record<string, unknown>[] }>('/jurors')).items;
  expect(jurors.map(({ name, email, craft, organisation }) => [name, email, craft, organisation])).toEqual([
    ['Gilles Sauvan', 'gilles@dinum.test', null, 'DINUM'],
    ['Mina Dahmani', 'mina@asso.test', null, ''],
    ['Rosalie Brémond', 'rosalie@agence.test', 'designer', 'Agence du numérique'],
  ]);

  await press(page, 'Who reads what');
  const most = page.getByRole('textbox', { name: 'Files a juror, at most' });
  await most.fill('3');
  await press(page, 'Share out');
  await page.getByText('All jurors together have 3 places too few.').waitFor();
  await most.fill('5');
  await press(page, 'Share out');
  await page.getByText('12 reviews are asked for, 12 more than before.').waitFor();
  await page.getByText('Each juror reads 4 files.').waitFor();
  await page.getByText('No conflict of interest was found.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'selection-shared');
  // One more by hand, and one less.
  await page
    .getByRole('button', { name: /^Add a juror to 8-\d+$/ })
    .first()
    .press('Enter');
  await dialog.getByRole('button', { name: 'Add a juror' }).press('Enter');
  await page.getByText('0 of 13 reviews in').waitFor();
  await page
    .getByRole('button', { name: /reads 8-\d+: to read$/ })
    .last()
    .press('Enter');
  await page.getByRole('menuitem', { name: 'Not any more' }).press('Enter');
  await page.getByText('0 of 12 reviews in').waitFor();
  await press(page, 'Open the step');
  await dialog.getByText('Its scale and criteria stay as they are then.').waitFor();
  await dialog.getByRole('button', { name: 'Open the step' }).press('Enter');
  await page.getByText('The step is open: its jurors can read.').waitFor();
  await eventually(async () => expect((await steps())[0]!.state).toBe('open'));
  await press(page, 'What is read and scored');
  await page.getByText('Scale and criteria stay as they are once the step is open.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Weight' }).first().isDisabled()).toBe(true);
});

it('given a jury that reads, then who is behind stands first, is written to, changed, let go and asked again; a review is opened again', async () => {
  ({ call } = await aClosedCall(world, staff, 4));
  const names = ['Gilles Sauvan', 'Mina Dahmani', 'Rosalie Brémond'];
  const [gilles, mina] = await Promise.all(names.map(async (name) => await aReader(world, staff, call, { name })));
  const step = await anOpenStep(staff, call, { perFile: 3 });
  await readsAll(gilles!, () => 3);
  const [first] = await queueOf(mina!);
  await handsInReview(mina!, first!.id, { craft: 1, judgement: 1 });
  const page = await open('tab=reviews');
  const rows = page.getByRole('row').filter({ has: page.getByRole('checkbox', { name: /^Choose [A-Z]/ }) });
  await eventually(async () =>
    expect((await rows.getByRole('rowheader').allInnerTexts()).map((text) => text.split('\n').at(-2))).toEqual([
      ...['Rosalie Brémond', 'Mina Dahmani', 'Gilles Sauvan'],
    ]),
  );
  await page.getByText('4 of 4').waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('checkbox', { name: 'Choose all jurors' }).press('Space');
  await press(page, 'Write to 3 jurors');
  await page.getByText(/2 jurors were written to\. One was left out/).waitFor();
  await press(page, 'More about Mina Dahmani');
  await page.getByRole('menuitem', { name: 'Change' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Organisation' }).fill('Ville de Lyon');
  await dialog.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByRole('cell', { name: 'Ville de Lyon' }).waitFor();
  await press(page, 'More about Mina Dahmani');
  await page.getByRole('menuitem', { name: 'Let leave' }).press('Enter');
  await dialog.getByText('The review that they handed in stays and counts.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'selection-leave');
  await dialog.getByRole('button', { name: 'Let leave' }).press('Enter');
  await page.getByText('Mina Dahmani is no longer on the jury.').waitFor();
  await page.getByRole('row').last().getByText('Left').waitFor();
  await press(page, 'More about Mina Dahmani');
  await page.getByRole('menuitem', { name: 'Invite again' }).press('Enter');
  await dialog.getByRole('button', { name: 'Invite 1 juror' }).press('Enter');
  await page.getByText('One juror is invited.').waitFor();
  await draw(page, 'selection-jurors');
  // What was handed in is opened again.
  await press(page, 'Who reads what');
  await page.getByRole('searchbox', { name: 'Search the files and who reads them' }).fill('gilles');
  await page
    .getByRole('button', { name: /^Gilles Sauvan reads .+: handed in$/ })
    .first()
    .press('Enter');
  await page.getByRole('menuitem', { name: 'Let write again' }).press('Enter');
  await page
    .getByRole('button', { name: /^Gilles Sauvan reads .+: begun$/ })
    .first()
    .waitFor();
  await expectNoAxeViolations(page);
  expect((await queueOf(gilles!)).filter(({ state }) => state === 'begun')).toHaveLength(1);
  // It is closed, and can be opened again.
  await press(page, 'Close the step');
  await dialog.getByRole('button', { name: 'Close the step' }).press('Enter');
  await eventually(async () => expect((await steps()).find(({ id }) => id === step.id)!.state).toBe('closed'));
  await page.getByRole('button', { name: 'Open again' }).waitFor();
});

it('given reviews that are in, then results rank, level, try weights, offer one more juror, and lead to a decision and to the next step', async () => {
  ({ call } = await aClosedCall(world, staff, 6));
  const names = ['Gilles Sauvan', 'Mina Dahmani', 'Rosalie Brémond'];
  const [gilles, mina] = await Promise.all(names.map(async (name) => await aReader(world, staff, call, { name })));
  const step = await anOpenStep(staff, call, { perFile: 2 });
  const none = await open('tab=results');
  await none.getByText('No review is in yet.').waitFor();
  await expectNoAxeViolations(none);
  await readsAll(gilles!, (place) => (place % 4) + 1, 'Counts before drawing.');
  await readsAll(mina!, (place) => ((place + 2) % 4) + 1);
  const asked = async (more = '') => await get<Results>(`/results?stepId=${step.id}&scores=raw${more}`);
  const page = await open('tab=results&scores=raw');
  const { items, counts } = await asked();
  await page.getByRole('button', { name: `Wide spread ${counts.wide}` }).waitFor();
  const ranked = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
    .filter({ has: page.getByRole('img') });
  expect((await ranked.getByRole('rowheader').getByRole('link').allInnerTexts()).slice(0, 3)).toEqual(
    items.slice(0, 3).map(({ number }) => number),
  );
  await page
    .getByRole('img', { name: /^Scores \d\.\d.*; mean \d\.\d\d; spread \d\.\d$/ })
    .first()
    .waitFor();
  await page.getByRole('heading', { name: 'How strict each juror is' }).waitFor();
  await page.getByText('Nobody moves by more than 0.5.').waitFor();
  // What each gave and wrote.
  await page
    .getByRole('button', { expanded: false, name: /\d (yes|maybe|no)/ })
    .first()
    .press('Enter');
  await page
    .getByText(/^\d\.\d\d raw, \d\.\d\d levelled$/)
    .first()
    .waitFor();
  await expectNoAxeViolations(page);
  // Weights that nobody keeps.
  await press(page, 'Try other weights');
  await page.getByText('Nothing of it is kept').waitFor();
  await page.getByRole('textbox', { name: 'So many are taken' }).fill('2');
  await page.getByText(/^The line is here, after 2 files\./).waitFor();
  await page.getByRole('textbox', { name: 'Craft' }).fill('0');
  await page.getByText('Nobody moves across the line.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'selection-results');
  expect((await steps())[0]!.criteria.map(({ weight }) => weight)).toEqual([60, 40]);
  await press(page, 'Leave the weights');
  // A wide spread is read once more.
  await press(page, /^Wide spread/);
  const wide = (await asked('&only=wide')).items.find(({ open: out }) => out === 0);
  if (wide) {
    await press(page, `One more juror for ${wide.number}`);
    await page.getByText(new RegExp(`reads ${wide.number}, too\\.$`)).waitFor();
  }
  await press(page, /^Wide spread/);
  // A next step reads what is chosen here.
  expect((await staff.client.post(`${call.path}/steps`, { name: { en: 'Jury', fr: 'Jury' } })).status).toBe(201);
  await page.reload();
  await press(page, 'Choose the 2 above the line');
  await press(page, 'Read in step 2');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It reads nothing yet.').waitFor();
  await dialog.getByRole('button', { name: 'Choose them' }).press('Enter');
  await page.getByText('2 files are read in step 2.').waitFor();
  expect((await steps())[1]!.counts.files).toBe(2);
  // And they are decided.
  await page.getByRole('checkbox', { name: `Choose ${items.at(-1)!.number}` }).press('Space');
  await press(page, 'Decline');
  await dialog.getByText('Each gets a letter in their language').waitFor();
  await draw(page, 'selection-decide');
  await dialog.getByRole('button', { name: 'Decline' }).press('Enter');
  await page
    .getByRole('row')
    .filter({ hasText: items.at(-1)!.number })
    .getByText('Declined')
    .waitFor();
  const saved = page.waitForEvent('download');
  await press(page, 'As a table (CSV)');
  expect((await saved).suggestedFilename()).toMatch(/-1\.csv$/);
});

it('given twelve files and eighteen jurors, then each page is whole: wide, in the dark, on a phone and in French', async () => {
  ({ call } = await aClosedCall(world, staff, 12));
  const crafts = ['designer', 'developer', 'data'];
  const items = Array.from({ length: 16 }, (_, at) => ({
    ...{ name: `Membre ${at + 1}`, email: `membre-${at + 1}@jury.test`, locale: 'fr', craft: crafts[at % 3] },
    organisation: ['DINUM', 'Agence du numérique', 'Ville de Lyon'][at % 3],
  }));
  expect((await staff.client.post(`${call.path}/jurors`, { items })).status).toBe(201);
  const rosalie = await aReader(world, staff, call, { name: 'Rosalie Brémond' });
  const gilles = await aReader(world, staff, call, { name: 'Gilles Sauvan' });
  const step = await anOpenStep(staff, call, { perFile: 3 });
  for (const [at, { applicationId }] of (
    await get<{ files: { applicationId: string }[] }>(`/reviews?stepId=${step.id}`)
  ).files.entries())
    for (const juror of at % 5 === 0 ? [rosalie] : [rosalie, gilles])
      await staff.client.post(`${call.path}/reviews`, { stepId: step.id, applicationId, jurorId: juror.id });
  await readsAll(rosalie, (place) => (place % 3) + 2, 'Counts before drawing.');
  await readsAll(gilles, (place) => (place % 4) + 1);
  const page = await open('tab=reviews');
  const pages = {
    jurors: 'tab=reviews&part=jurors',
    reading: 'tab=reviews&part=reading',
    step: 'tab=reviews&part=step',
    results: 'tab=results&line=6',
  };
  const go = async (search: string) => {
    await page.goto(`${world.url}/c/${cohortId}/calls/${call.id}?${search}`);
    await settledPage(page);
  };
  for (const [name, search] of Object.entries(pages)) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await go(search);
    await expectAWholePage(page);
    await expectNoAxeViolations(page);
    await draw(page, `full-${name}`);
    await inColours(page, 'dark');
    await expectNoAxeViolations(page, ['color-contrast']);
    await draw(page, `full-${name}.dark`);
    await inColours(page, 'light');
    await staff.client.patch('/api/me', { locale: 'fr' });
    await page.setViewportSize({ width: 390, height: 844 });
    await go(search);
    await expectAWholePage(page);
    await expectOnlyWords(page);
    await expectNoAxeViolations(page);
    await draw(page, `full-${name}.fr.390`);
    await page.setViewportSize({ width: 1440, height: 900 });
    await settledPage(page);
    await draw(page, `full-${name}.fr`);
    await staff.client.patch('/api/me', { locale: 'en' });
  }
});
