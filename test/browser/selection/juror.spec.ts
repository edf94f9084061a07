import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import type { Review } from '../../../src/contracts/selection/reviews.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, openPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD, type TestPerson, aCohort, aMember, aPerson } from '../../support/factories.js';
import {
  expectAWholePage,
  expectNoAxeViolations,
  expectOnlyWords,
  inColours,
  settledPage,
} from '../../support/pages.js';
import { handsInReview } from '../../support/rooms/juries.js';
import { type TestCall, aClosedCall, anOpenStep, aReader, draw, invited, pageOf, queueOf } from './stage.js';

let world: TestWorld;
let browser: Browser;
let staff: TestPerson;
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
  const cohortId = await aCohort(world, { name: 'Cohort 8' });
  staff = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const focused = (page: Page) => page.evaluate<string>('document.activeElement?.id ?? ""');
const reader = async (more: Record<string, string> = {}) => await aReader(world, staff, call, more);
/** A page of a juror, at an address. */
async function at(email: string, path: string, options: Parameters<typeof pageOf>[3] = {}): Promise<Page> {
  const { page, problems } = await pageOf(browser, world, email, options);
  opened.push(problems);
  await page.goto(`${world.url}${path}`);
  await settledPage(page);
  return page;
}
/** A page of nobody in particular. */
async function somebody(path: string, expected: number[] = []): Promise<Page> {
  const { page, problems } = await openPage(browser, { expected });
  opened.push(problems);
  await page.goto(`${world.url}${path}`);
  await settledPage(page);
  return page;
}
const isKept = (page: Page) => page.getByText(/^Kept \d\d:\d\d$/).waitFor();

it('given the link of a mail, then a new juror comes in and reads twelve files to the last by keyboard alone', async () => {
  ({ call } = await aClosedCall(world, staff, 12));
  const gilles = await reader({ name: 'Gilles Sauvan' });
  const rosalie = await invited(world, staff, call);
  await anOpenStep(staff, call, { perFile: 2, dueAt: new Date(world.clock.now().getTime() + 3 * DAY).toISOString() });
  const [first] = await queueOf(gilles);
  const scores = { craft: 2, judgement: 3 };
  await handsInReview(gilles, first!.id, scores, { verdict: 'maybe', comment: 'A good story, thin on figures.' });
  const page = await somebody(`/jury/${rosalie.token}`);
  await page.getByText('Cohort 8: you are a juror of “Fellows, cohort 8”. Answer four questions to join.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'jury-link');
  expect(await page.getByLabel('Display name').inputValue()).toBe('Rosalie Brémond');
  await page.getByLabel('Choose a password').focus();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/reviews');
  await page.getByRole('heading', { level: 1, name: 'My files' }).waitFor();
  await page.getByText('0 of 12').first().waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'jury-queue');
  const begin = page.getByRole('link', { name: /^Begin with 8-\d{4}$/ });
  const number = (await begin.innerText()).replace('Begin with ', '');
  await begin.press('Enter');
  await page.getByRole('heading', { level: 1, name: `File ${number}` }).waitFor();
  // What is hidden is named, and stands nowhere.
  await page.getByText('Hidden: First and last name').waitFor();
  expect(await page.getByText(/Payet|Brière|Martin|Bah/).count()).toBe(0);
  // Nothing is handed in that lacks something: that is said, and the focus is there.
  await page.keyboard.press('Control+Enter');
  await page.getByText('Choose a word.').first().waitFor();
  await eventually(async () => expect(await focused(page)).toBe('review-scores-craft'));
  await expectNoAxeViolations(page);
  await draw(page, 'jury-missing');
  // In a text a digit is a digit, and a letter a letter.
  await page.getByRole('textbox', { name: 'To the jury' }).focus();
  await page.keyboard.type('3 yes, 4 no: ask the printer. ');
  await isKept(page);
  await page.keyboard.type('Yes');
  expect(await page.getByRole('textbox', { name: 'To the jury' }).inputValue()).toBe(
    '3 yes, 4 no: ask the printer. Yes',
  );
  expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys of a review' }).waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'jury-keys');
  await page.keyboard.press('Escape');
  // While it is there, though it fades, keys are its own.
  await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
  for (let file = 1; file <= 12; file += 1) {
    await page.getByRole('radiogroup', { name: 'Verdict' }).waitFor();
    const here = await page.getByRole('heading', { level: 1, name: /^File 8-/ }).innerText();
    if (file === 1) await page.getByRole('heading', { level: 1 }).focus();
    for (const key of ['ArrowDown', '4', 'ArrowDown', '3', 'ArrowDown']) await page.keyboard.press(key);
    await page.keyboard.press(file % 3 === 0 ? 'm' : 'y');
    const chosen = page.getByRole('radio', { checked: true });
    await eventually(async () =>
      expect((await chosen.allInnerTexts()).map((text) => text.replace(/^\S\s+/, ''))).toEqual([
        ...['Rare', 'Solid', file % 3 === 0 ? 'Maybe' : 'Yes'],
      ]),
    );
    if (file === 5) {
      await isKept(page);
      await draw(page, 'jury-review');
    }
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 1, name: here }).waitFor({ state: 'hidden' });
  }
  await page.getByText('You have read them all. Thank you.').waitFor();
  await page.getByText('12 of 12').first().waitFor();
  // What the others thought is shown of what was handed in.
  await page.getByRole('main').getByRole('link', { name: first!.number }).press('Enter');
  await page.getByRole('heading', { name: 'What the others thought' }).waitFor();
  await page.getByText('Craft: Thin, Judgement: Solid').waitFor();
  await page.getByText('A good story, thin on figures.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'jury-others');
  const { counts } = (await staff.client.get(`${call.path}/steps`)).body.items[0];
  expect(counts).toMatchObject({ files: 12, submitted: 13 });
});

it('given a link that was used, is made up, is of somebody who left, or of who has an account, then each says what to do', async () => {
  ({ call } = await aClosedCall(world, staff, 1));
  const made = await somebody('/jury/made-up', [404]);
  await made.getByRole('heading', { name: 'This link is no longer valid' }).waitFor();
  await expectNoAxeViolations(made);
  // Used once already: one signs in by it.
  const mina = await reader({ name: 'Mina Dahmani' });
  const used = await somebody(`/jury/${mina.token}`);
  await used.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await used.keyboard.press('Enter');
  await used.waitForURL('**/reviews');
  await used.getByText('Nothing to read yet.').waitFor();
  await expectNoAxeViolations(used);
  await draw(used, 'jury-none');
  // The door of all pages leads there as well.
  await used.goto(`${world.url}/`);
  await used.waitForURL('**/reviews');
  // Signed in as another person.
  const piotr = await invited(world, staff, call, { name: 'Piotr Kowal' });
  await used.goto(`${world.url}/jury/${piotr.token}`);
  await used.getByText('You are signed in as Mina Dahmani, but this invitation was sent to another address.').waitFor();
  const { items } = (await staff.client.get(`${call.path}/jurors`)).body as { items: { id: string; email: string }[] };
  const { id } = items.find(({ email }) => email === piotr.email)!;
  expect((await staff.client.delete(`${call.path}/jurors/${id}`)).status).toBe(204);
  const left = await somebody(`/jury/${piotr.token}`, [404, 409]);
  await left.getByRole('heading', { name: 'This link is no longer valid' }).waitFor();
  // Who belongs nowhere, and reads nothing, is told so.
  const nobody = await aPerson(world);
  const page = await at(nobody.email, '/');
  await page.getByText('You are not in a cohort yet').waitFor();
});

it('given two tabs, then what each wrote in another field stands in both, and of one field both texts are shown', async () => {
  ({ call } = await aClosedCall(world, staff, 1));
  const rosalie = await reader();
  await anOpenStep(staff, call);
  const [file] = await queueOf(rosalie);
  const stored = async () => (await rosalie.client.get(`/api/me/reviews/${file!.id}`)).body as Review;
  const one = await at(rosalie.email, `/reviews/${file!.id}`);
  const other = await one.context().newPage();
  await other.goto(`${world.url}/reviews/${file!.id}`);
  await settledPage(other);
  await other.getByRole('textbox', { name: 'To the jury' }).fill('From the other tab.');
  await isKept(other);
  // Another field: nothing to choose.
  await one.getByRole('radiogroup', { name: 'Craft' }).getByRole('radio', { name: 'Rare' }).click();
  await isKept(one);
  await eventually(async () =>
    expect(await stored()).toMatchObject({ comment: 'From the other tab.', scores: { craft: 4 } }),
  );
  // The same field: both stand there.
  await other.getByRole('textbox', { name: 'To the jury' }).fill('From the other tab, once more.');
  await eventually(async () => expect((await stored()).comment).toBe('From the other tab, once more.'));
  await one.getByRole('textbox', { name: 'To the jury' }).fill('From this one.');
  await one.getByText('This was written in another tab as well. Which one counts?').waitFor();
  await one.getByText('From the other tab, once more.').waitFor();
  await expectNoAxeViolations(one);
  await draw(one, 'jury-both');
  // Neither is lost until one is chosen: handing in leads there, from wherever one is.
  await one.getByRole('radiogroup', { name: 'Craft' }).getByRole('radio', { name: 'Rare' }).focus();
  await one.keyboard.press('Control+Enter');
  await eventually(async () => expect(await focused(one)).toBe('review-comment'));
  await one.getByRole('button', { name: 'Keep what is here' }).press('Enter');
  await eventually(async () => expect((await stored()).comment).toBe('From this one.'));
  expect(await one.getByText('Which one counts?').count()).toBe(0);
});

it('given the line is cut, then what is written is kept in the browser, over a closed tab, and sent after', async () => {
  ({ call } = await aClosedCall(world, staff, 1));
  const rosalie = await reader();
  await anOpenStep(staff, call);
  const [file] = await queueOf(rosalie);
  const stored = async () => (await rosalie.client.get(`/api/me/reviews/${file!.id}`)).body as Review;
  const page = await at(rosalie.email, `/reviews/${file!.id}`);
  const context = page.context();
  await context.setOffline(true);
  await page.getByRole('textbox', { name: 'To the jury' }).fill('Written on a train.');
  await page.getByRole('radiogroup', { name: 'Judgement' }).getByRole('radio', { name: 'Solid' }).click();
  await page.getByText('Kept on this device, sent once the line is back').first().waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'jury-offline');
  // Handing in does not go through either, and says so.
  await page.getByRole('radiogroup', { name: 'Craft' }).getByRole('radio', { name: 'Thin' }).click();
  await page.getByRole('radiogroup', { name: 'Verdict' }).getByRole('radio', { name: 'Maybe' }).click();
  await page.keyboard.press('Control+Enter');
  await page.getByText('No connection to the server.').waitFor();
  await page.close();
  await context.setOffline(false);
  expect((await stored()).comment).toBe('');
  const next = await context.newPage();
  await next.goto(`${world.url}/reviews/${file!.id}`);
  await eventually(async () =>
    expect(await stored()).toMatchObject({
      ...{ comment: 'Written on a train.', scores: { craft: 2, judgement: 3 }, verdict: 'maybe', state: 'begun' },
    }),
  );
  await isKept(next);
  await next.keyboard.press('Control+Enter');
  await next.waitForURL('**/reviews');
  await next.getByText('You have read them all. Thank you.').waitFor();
  expect((await stored()).state).toBe('submitted');
});

it('given files that one puts off, abstains from, or has an interest in, then each goes its way, and of the last nothing is shown', async () => {
  ({ call } = await aClosedCall(world, staff, 3));
  const rosalie = await reader();
  await anOpenStep(staff, call);
  const [first, second, third] = await queueOf(rosalie);
  const page = await at(rosalie.email, `/reviews/${first!.id}`);
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('s');
  await page.getByRole('heading', { level: 1, name: `File ${second!.number}` }).waitFor();
  await eventually(async () => expect((await queueOf(rosalie)).at(-1)).toMatchObject({ id: first!.id, isLater: true }));
  await page.getByRole('button', { name: 'Abstain' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Abstain' }).press('Enter');
  await dialog.getByText('Fill this in.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'jury-abstain');
  await dialog.getByRole('textbox').fill('I taught this person once.');
  await dialog.getByRole('button', { name: 'Abstain' }).press('Enter');
  await page.getByText('You abstained from this file.').waitFor();
  await page.getByText('You wrote: “I taught this person once.”').waitFor();
  await page.getByRole('link', { name: `Go on with ${third!.number}` }).press('Enter');
  await page.getByRole('heading', { level: 1, name: `File ${third!.number}` }).waitFor();
  await page.getByText('The counter kept no trace').waitFor();
  await page.getByRole('button', { name: 'Conflict of interest' }).press('Enter');
  await dialog.getByRole('textbox').fill('We work in one team.');
  await draw(page, 'jury-conflict-asked');
  await dialog.getByRole('button', { name: 'Conflict of interest' }).press('Enter');
  await page.getByText('Nothing of this file is shown to you.').waitFor();
  expect(await page.getByText('The counter kept no trace').count()).toBe(0);
  expect(await page.getByRole('radiogroup').count()).toBe(0);
  await expectNoAxeViolations(page);
  await draw(page, 'jury-conflict');
  await page.reload();
  await page.getByText('Nothing of this file is shown to you.').waitFor();
  const { files } = (await staff.client.get(`${call.path}/reviews?stepId=${first!.stepId}`)).body as {
    files: { reviews: { state: string; reason: string }[] }[];
  };
  const said = files.flatMap(({ reviews }) => reviews).map(({ state, reason }) => [state, reason]);
  expect(said.sort()).toEqual([
    ['abstained', 'I taught this person once.'],
    ['asked', ''],
    ['conflict', 'We work in one team.'],
  ]);
});

it('given a day that is past, and a step that is closed, then both say so, and what was not handed in is not lost', async () => {
  ({ call } = await aClosedCall(world, staff, 1));
  const rosalie = await reader();
  const due = new Date(world.clock.now().getTime() - 2 * DAY).toISOString();
  const step = await anOpenStep(staff, call, { dueAt: due });
  const [file] = await queueOf(rosalie);
  const page = await at(rosalie.email, '/reviews');
  await page.getByText(/^Was to be read by .+ It still counts\.$/).waitFor();
  await page.getByRole('link', { name: `Begin with ${file!.number}` }).click();
  await page.getByText(/^Was to be read by .+ It still counts\.$/).waitFor();
  await page.getByRole('textbox', { name: 'To the jury' }).fill('Half of it.');
  await isKept(page);
  await draw(page, 'jury-late');
  expect((await staff.client.post(`${call.path}/steps/${step.id}/close`)).status).toBe(200);
  await page.reload();
  await page.getByText('This step is closed. What was not handed in does not count').waitFor();
  await page.getByText('Half of it.').waitFor();
  expect(await page.getByRole('button', { name: 'Save and next' }).count()).toBe(0);
  await expectNoAxeViolations(page);
  await draw(page, 'jury-closed');
  // A file that is nobody's of mine.
  const elsewhere = await at(rosalie.email, '/reviews/0123456789abcdef01234567', { expected: [404] });
  await elsewhere.getByRole('heading', { name: 'This file is not yours to read' }).waitFor();
  await expectNoAxeViolations(elsewhere);
});

it('given a phone, in the dark and in French, then the file comes first and the review below it, and all of it is whole', async () => {
  ({ call } = await aClosedCall(world, staff, 2));
  const rosalie = await reader({ locale: 'fr' });
  await rosalie.client.patch('/api/me', { locale: 'fr' });
  await anOpenStep(staff, call);
  const [file] = await queueOf(rosalie);
  const page = await at(rosalie.email, '/reviews', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'jury-queue.fr.390');
  await page.getByRole('link', { name: `Commencer par ${file!.number}` }).click();
  await page.getByRole('heading', { level: 1, name: `Dossier ${file!.number}` }).waitFor();
  await expectAWholePage(page);
  await expectOnlyWords(page);
  await expectNoAxeViolations(page);
  await draw(page, 'jury-review.fr.390');
  await page.getByRole('link', { name: 'Vers mon avis' }).click();
  await eventually(async () => expect(await focused(page)).toBe('review'));
  await page.getByRole('radiogroup', { name: 'Métier' }).getByRole('radio', { name: 'Rare' }).click();
  await page.getByText(/^Gardé \d\d:\d\d$/).waitFor();
  await draw(page, 'jury-form.fr.390');
  await inColours(page, 'light');
  await draw(page, 'jury-form.fr.390.light');
  await page.getByRole('button', { name: /mon compte/ }).click();
  await page.getByRole('menuitem', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'My review' }).waitFor();
  await page.getByRole('button', { name: /my account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in**');
});
