import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let ines: TestPerson;
let leo: TestPerson;
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date().toISOString() });
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(as: TestPerson, path: string, options: { width?: number; height?: number } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/${path}`);
  return page;
}
const aPoll = async (poll: object = {}) =>
  (
    await ines.client.post(`${C}/topics`, {
      ...{ title: 'When do we meet?', body: 'Once a week.', kind: 'discussion' },
      poll: { question: 'Which day suits you?', options: ['Monday', 'Friday'], ...poll },
    })
  ).body.id as string;
const pollOn = (page: Page) => page.getByRole('region', { name: 'Which day suits you?' });

it('given a poll is begun, then it is kept with the draft, says what is missing, and stands in the topic', async () => {
  const page = await open(ines, 'new');
  await page.getByRole('textbox', { name: 'Your question' }).fill('When do we meet?');
  await page.getByRole('textbox', { name: 'What you already know' }).fill('Once a week.');
  await page.getByRole('button', { name: 'Add poll' }).click();
  const focus = page.locator('[data-path="poll.question"]:focus');
  await focus.waitFor();
  await page.getByRole('button', { name: 'Remove poll' }).click();
  await page.getByRole('button', { name: 'Add poll' }).and(page.locator(':focus')).press('Enter');
  await focus.waitFor();
  await page.getByRole('button', { name: 'Ask question' }).click();
  await page.getByText('Enter a question.').waitFor();
  await page.getByRole('textbox', { name: 'Question', exact: true }).fill('Which day suits you?');
  await page.getByRole('textbox', { name: 'Choice 1' }).fill('Monday');
  await page.getByRole('button', { name: 'Ask question' }).click();
  await page.getByText('Enter at least two choices.').waitFor();
  await page.getByRole('textbox', { name: 'Choice 2' }).fill('Tuesday');
  await page.getByRole('button', { name: 'Add choice' }).click();
  await page.keyboard.type('Friday');
  await page.getByRole('checkbox', { name: 'Allow several choices' }).check();
  await expectNoAxeViolations(page);
  const draft = async () => (await ines.client.get(`/api/me/drafts/ask-${cohortId}`)).body.draft;
  await eventually(async () => expect((await draft())?.poll?.options).toEqual(['Monday', 'Tuesday', 'Friday']));
  await page.reload();
  expect(await page.getByRole('textbox', { name: 'Choice 3' }).inputValue()).toBe('Friday');
  await page.getByRole('button', { name: 'Ask question' }).click();
  const poll = pollOn(page);
  await poll.getByText('Several choices · No votes yet').waitFor();
  await poll.getByRole('checkbox', { name: 'Friday' }).check();
  await poll.getByRole('checkbox', { name: 'Monday' }).check();
  await poll.getByRole('button', { name: 'Vote' }).click();
  await poll.getByRole('row', { name: /Friday your choice 1 · 100%/ }).waitFor();
});

it('given two people vote at the same time, then each sees both, who it was, and may change their mind', async () => {
  const topicId = await aPoll();
  const [hers, his] = await Promise.all([open(ines, topicId), open(leo, topicId)]);
  await pollOn(hers).getByRole('radio', { name: 'Monday' }).check();
  await pollOn(hers).getByRole('button', { name: 'Vote' }).dblclick();
  await pollOn(hers)
    .getByRole('row', { name: /Monday your choice 1 · 100%/ })
    .waitFor();
  await pollOn(his).getByText('One choice · 1 person voted').waitFor();
  await pollOn(his).getByRole('radio', { name: 'Friday' }).check();
  await pollOn(his).getByRole('button', { name: 'Vote' }).click();
  await pollOn(hers)
    .getByRole('row', { name: /Friday 1 · 50%/ })
    .waitFor();
  await expectNoAxeViolations(hers);
  await pollOn(hers).getByRole('button', { name: 'Voters' }).click();
  const dialog = hers.getByRole('dialog', { name: 'Votes by person' });
  await dialog.getByRole('link', { name: 'Léo Fabre' }).waitFor();
  await expectNoAxeViolations(hers);
  await hers.keyboard.press('Escape');
  await pollOn(hers).getByRole('button', { name: 'Change my vote' }).click();
  await pollOn(hers).getByRole('radio', { name: 'Friday' }).check();
  await pollOn(hers).getByRole('button', { name: 'Vote' }).click();
  await pollOn(his)
    .getByRole('row', { name: /Friday your choice 2 · 100%/ })
    .waitFor();
  expect(await pollOn(his).getByRole('button', { name: 'Close poll' }).count()).toBe(0);
  await pollOn(hers).getByRole('button', { name: 'Close poll' }).click();
  await hers.getByRole('dialog').getByRole('button', { name: 'Close poll' }).click();
  await pollOn(his).getByText('Closed by Inès Carpentier', { exact: false }).waitFor();
  expect(await pollOn(his).getByRole('button', { name: 'Change my vote' }).count()).toBe(0);
});

it('given an anonymous one in French, on a phone and in the dark, then its result is secret', async () => {
  const topicId = await aPoll({ anonymous: true });
  const guest = await aMember(world, cohortId, 'fellow', { name: 'Zoé Nuit' });
  await guest.client.patch('/api/me', { locale: 'fr' });
  const page = await open(guest, topicId, { width: 390, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await pollOn(page).getByRole('radio', { name: 'Friday' }).check();
  await pollOn(page).getByRole('button', { name: 'Voter' }).click();
  await pollOn(page).getByText('Le résultat s’affiche une fois le sondage clos', { exact: false }).waitFor();
  await pollOn(page)
    .getByRole('row', { name: /Friday votre choix/ })
    .waitFor();
  expect(await pollOn(page).getByText('%').count()).toBe(0);
  await expectNoAxeViolations(page);
});

it('given the author of an anonymous one who does not vote, then they close it all the same', async () => {
  const topicId = await aPoll({ anonymous: true });
  const page = await open(ines, topicId);
  await pollOn(page).getByRole('button', { name: 'Close poll' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close poll' }).click();
  await pollOn(page).getByText('Fewer than five people voted', { exact: false }).waitFor();
  await expectNoAxeViolations(page);
});
