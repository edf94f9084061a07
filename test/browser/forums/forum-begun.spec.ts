import type { Browser, Page } from 'playwright-core';
import { DAY } from '../../../src/common/times/clock.js';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { aCoach, aSession } from '../../support/rooms/coaching.js';
import { photo } from '../../support/rooms/files.js';

/** What one types stays one's own where the place in which one types it closes, moves or goes. */
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
  aurore = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(opened.splice(0).flat()).toEqual([]);
});

const aTopic = async (title = 'Which letter was answered?') =>
  (await leo.client.post(`${C}/topics`, { title, body: 'No answer for 40 days.' })).body;
const draftOf = async (key: string) => (await ines.client.get(`/api/me/drafts/${key}`)).body.draft;
const act = async (topicId: string, what: string, body: object = {}) =>
  expect((await aurore.client.post(`${C}/topics/${topicId}/${what}`, body)).status).toBeLessThan(300);

/** What asks for a topic that is gone is told so. */
async function open(path: string): Promise<Page> {
  const { page, problems } = await signedInPage(browser, ines, world.url, { expected: [404] });
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/${path}`);
  return page;
}
const box = (page: Page, name = 'Your reply') => page.getByRole('textbox', { name, exact: true });
const begun = (page: Page) => page.getByRole('region', { name: 'Unsent drafts' });

it('given staff close a topic while one types, then the words stand there to be copied, also later, and go on when it is opened again', async () => {
  const { id } = await aTopic();
  const page = await open(`forum/${id}`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await box(page).fill('Ours took twelve days');
  await act(id, 'close');
  await begun(page).waitFor();
  expect(await box(page).inputValue()).toBe('Ours took twelve days');
  expect(await box(page).getAttribute('readonly')).not.toBeNull();
  await expectNoAxeViolations(page);
  await begun(page).getByRole('button', { name: 'Copy' }).press('Enter');
  await begun(page).getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('Ours took twelve days');
  await page.reload();
  await begun(page).waitFor();
  await act(id, 'reopen');
  await page.getByRole('button', { name: 'Send reply' }).click();
  await page.locator('#post-2').getByText('Ours took twelve days').waitFor();
  await act(id, 'close');
  await page.getByText('This topic is closed to replies.').waitFor();
  // The reply may stand there before its answer, which takes the words out of the box.
  await begun(page).waitFor({ state: 'detached' });
});

it('given staff merge a topic while one types, then the words and their files stand in the reply box of the other one', async () => {
  const [one, other] = [await aTopic(), await aTopic('Is any letter answered?')];
  const page = await open(`forum/${one.id}`);
  await box(page).fill('Ours took twelve days');
  const buffer = await photo(60, 40).png().toBuffer();
  await page.locator('section input[type="file"]').setInputFiles([{ name: 'plan.png', mimeType: 'image/png', buffer }]);
  await page.getByRole('button', { name: 'Remove plan.png' }).waitFor();
  await eventually(async () => expect((await draftOf(`topic-${one.id}`))?.attachments).toHaveLength(1));
  await act(one.id, 'merge', { intoTopicId: other.id });
  await page.getByRole('heading', { name: 'Is any letter answered?' }).waitFor();
  await eventually(async () => expect(await box(page).inputValue()).toBe('Ours took twelve days'));
  await page.getByRole('button', { name: 'Remove plan.png' }).waitFor();
  await eventually(async () => expect((await draftOf(`topic-${other.id}`))?.attachments).toHaveLength(1));
  await page.reload();
  await eventually(async () => expect(await box(page).inputValue()).toBe('Ours took twelve days'));
  await page.getByRole('button', { name: 'Send reply' }).click();
  const sent = page.getByRole('article').filter({ hasText: 'Ours took twelve days' });
  await sent.getByRole('button', { name: 'Open plan.png' }).waitFor();
});

it('given something is begun in the other one, here or on another device, then both are there', async () => {
  const [one, two, there, elsewhere] = [
    await aTopic(),
    await aTopic(),
    await aTopic('Is it here?'),
    await aTopic('Is it elsewhere?'),
  ];
  const page = await open(`forum/${there.id}`);
  await box(page).fill('Begun here');
  await eventually(async () => expect((await draftOf(`topic-${there.id}`))?.body).toBe('Begun here'));
  await page.goto(`${world.url}/c/${cohortId}/forum/${one.id}`);
  await box(page).fill('Ours took twelve days');
  await act(one.id, 'merge', { intoTopicId: there.id });
  await page.getByRole('heading', { name: 'Is it here?' }).waitFor();
  await eventually(async () => expect(await box(page).inputValue()).toBe('Begun here\n\nOurs took twelve days'));

  const words = { kind: 'question', title: '', tags: [], attachments: [] };
  const phone = { ...words, body: 'Begun on the phone', revision: 0 };
  expect((await ines.client.put(`/api/me/drafts/topic-${elsewhere.id}`, phone)).status).toBe(200);
  await page.goto(`${world.url}/c/${cohortId}/forum/${two.id}`);
  await box(page).fill('Ours took ten days');
  await act(two.id, 'merge', { intoTopicId: elsewhere.id });
  await page.getByText('You edited this draft elsewhere,').waitFor();
  await page.getByText('Begun on the phone').waitFor();
  expect(await box(page).inputValue()).toBe('Ours took ten days');
});

it('given a topic is deleted while one types, then the words are there to be copied in its place', async () => {
  const { id, question } = await aTopic();
  const page = await open(`forum/${id}`);
  await box(page).fill('Ours took twelve days');
  expect((await leo.client.delete(`${C}/posts/${question.id}`)).status).toBe(204);
  await page.reload();
  await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  await begun(page).waitFor();
  expect(await box(page).inputValue()).toBe('Ours took twelve days');
  await expectNoAxeViolations(page);
  await page.goto(`${world.url}/c/${cohortId}/forum/${'f'.repeat(24)}`);
  await page.getByRole('heading', { name: 'Page not found' }).waitFor();
  expect(await begun(page).count()).toBe(0);
});

it('given one is taken out of a cohort, then all that one had begun in it is there to be copied, and nothing of another one', async () => {
  const { id } = await aTopic();
  const weekly = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, start: '00:00', end: '24:00' }));
  const coach = await aCoach(world, cohortId, { weekly });
  const inTwoDays = new Date(Date.now() + 2 * DAY).toISOString().slice(0, 10);
  const { id: sessionId } = await aSession(cohortId, ines, coach.id, `${inTwoDays}T10:00:00.000Z`);
  const page = await open(`forum/${id}`);
  await box(page).fill('Ours took twelve days');
  await page.goto(`${world.url}/c/${cohortId}/forum/new`);
  await page.getByRole('textbox', { name: 'Your question', exact: true }).fill('Who counts?');
  await box(page, 'What you already know').fill('Nobody does');
  await page.getByText(/^Draft saved, /).waitFor();
  await page.goto(`${world.url}/c/${cohortId}/coaching/sessions/${sessionId}`);
  await box(page, 'Write a note').fill('A note');
  // What was begun elsewhere is kept in the same way.
  const kept = { 'need:a': 'A need', 'minutes:a': 'Minutes', 'closing-note:a': 'An end', 'minutes:there': 'Others' };
  await page.evaluate(
    ([person, cohort, drafts]) => {
      const store = (globalThis as any).localStorage;
      for (const [name, text] of Object.entries(drafts)) {
        store.setItem(`cordee-draft:${person}:${name}`, text);
        store.setItem(`cordee-draft:${person}:${name}:of`, name.endsWith('there') ? 'other' : cohort);
      }
    },
    [ines.id, cohortId, kept] as const,
  );
  await aurore.client.delete(`${C}/members/${ines.id}`);
  await page.getByRole('heading', { name: 'You are no longer in Cohort 7' }).waitFor();
  await begun(page).waitFor();
  const texts = () =>
    begun(page)
      .getByRole('textbox')
      .all()
      .then((all) => Promise.all(all.map((one) => one.inputValue())));
  await eventually(async () =>
    expect((await texts()).sort()).toEqual([
      'A need',
      'A note',
      'An end',
      'Minutes',
      'Ours took twelve days',
      'Who counts?\n\nNobody does',
    ]),
  );
  await box(page, 'New forum topic').waitFor();
  await expectNoAxeViolations(page);
});
