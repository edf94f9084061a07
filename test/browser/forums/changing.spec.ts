import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';
import { photo, uploaded } from '../../support/rooms/files.js';

/** What one writes beside a text: a change of a post that is begun on one device and ended on another, and a poll that goes with a reply. */
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
  cohortId = await aCohort(world);
  C = `/api/cohorts/${cohortId}`;
  ines = await aMember(world, cohortId, 'fellow', { name: 'Inès Carpentier' });
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
  aurore = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await world.stop();
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

const aTopic = async () =>
  (
    await ines.client.post(`${C}/topics`, {
      ...{ title: 'Which letter was answered?', body: 'First.\n\nMiddle.\n\nLast.' },
    })
  ).body as { id: string; question: { id: string } };
const draftOf = async (key: string) => (await ines.client.get(`/api/me/drafts/${key}`)).body.draft;

async function open(
  path: string,
  { as = ines, ...options }: { as?: TestPerson; width?: number; height?: number; expected?: number[] } = {},
): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, options);
  opened.push(problems);
  await page.goto(`${world.url}/c/${cohortId}/forum/${path}`);
  return page;
}
const draw = async (page: Page, name: string) => {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
/** What has the focus, by its place or its id. */
const focused = async (page: Page) =>
  await page.evaluate(() => {
    const { activeElement } = (globalThis as any).document;
    return (activeElement.dataset.path ?? activeElement.id) as string;
  });
const question = (page: Page) => page.locator('#post-1');
const box = (page: Page) => question(page).getByRole('textbox', { name: 'Your post', exact: true });
const change = async (page: Page) => await question(page).getByRole('button', { name: 'Edit', exact: true }).click();
const save = async (page: Page) => await question(page).getByRole('button', { name: 'Save changes' }).click();

it('given a change is begun on the phone with a picture, then the desk says so, it is ended there, and is gone from both', async () => {
  const topic = await aTopic();
  const key = `edit-${topic.question.id}`;
  const desk = await open(topic.id);
  await question(desk).getByText('Middle.').waitFor();
  const phone = await open(topic.id, { width: 390, height: 800 });
  await change(phone);
  await box(phone).fill('First.\n\nMiddle.\n\nLast, from the phone.');
  const buffer = await photo(60, 40).png().toBuffer();
  const files = question(phone).locator('input[type="file"]');
  await files.setInputFiles([{ name: 'plan.png', mimeType: 'image/png', buffer }]);
  await question(phone).getByRole('textbox', { name: /Why/ }).fill('More exact');
  await eventually(async () =>
    expect(await draftOf(key)).toMatchObject({ attachments: [{}], edit: { why: 'More exact' } }),
  );
  await question(phone)
    .getByText(/^Draft saved, /)
    .waitFor();
  await expectNoAxeViolations(phone);
  await draw(phone, 'edit-draft.390');
  await question(desk).getByText('You have an unsaved edit of this post.').waitFor();
  await draw(desk, 'edit-begun');
  await question(desk).getByRole('button', { name: 'Continue editing' }).press('Enter');
  await eventually(async () => expect(await box(desk).inputValue()).toBe('First.\n\nMiddle.\n\nLast, from the phone.'));
  await question(desk).getByRole('button', { name: 'Remove plan.png' }).waitFor();
  await box(desk).fill('First.\n\nMiddle.\n\nLast, ended at the desk.');
  await eventually(async () => expect(await box(phone).inputValue()).toContain('ended at the desk'));
  await save(desk);
  await question(desk).getByText('Last, ended at the desk.').waitFor();
  await question(desk).getByRole('button', { name: 'Open plan.png' }).waitFor();
  await eventually(async () => expect(await draftOf(key)).toBeNull());
  await desk.reload();
  await question(desk).getByText('Last, ended at the desk.').waitFor();
  expect(await question(desk).getByText('You have an unsaved edit of this post.').count()).toBe(0);
});

it('given the post was changed meanwhile, then it says so, and what both changed is shown beside each other, also after the page is opened again', async () => {
  const topic = await aTopic();
  await ines.client.put(`${C}/posts/${topic.question.id}/wiki`);
  const page = await open(topic.id, { expected: [409] });
  await change(page);
  await box(page).fill('First of mine.\n\nMiddle.\n\nLast.');
  await eventually(async () => expect(await draftOf(`edit-${topic.question.id}`)).not.toBeNull());
  const theirs = { body: 'First of theirs.\n\nMiddle.\n\nLast.', seen: 'First.\n\nMiddle.\n\nLast.' };
  expect((await leo.client.patch(`${C}/posts/${topic.question.id}`, theirs)).status).toBe(200);
  await page.getByText('Others have changed this post since you began', { exact: false }).waitFor();
  await page.reload();
  await question(page).getByText('First of theirs.').waitFor();
  await question(page).getByRole('button', { name: 'Continue editing' }).click();
  await eventually(async () => expect(await box(page).inputValue()).toBe('First of mine.\n\nMiddle.\n\nLast.'));
  await save(page);
  await page.getByRole('region', { name: /./ }).getByText('First of theirs.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'edit-conflict');
  await page.getByRole('button', { name: 'Merge' }).click();
  expect(await box(page).inputValue()).toBe('First of theirs.\n\nFirst of mine.\n\nMiddle.\n\nLast.');
  await save(page);
  await question(page).getByText('First of mine.').waitFor();
  await box(page).waitFor({ state: 'detached' });
});

it('given two windows change it at once, then the later one is told of the other, and nothing is lost; what is thrown away is gone', async () => {
  const topic = await aTopic();
  const key = `edit-${topic.question.id}`;
  const [one, other] = [await open(topic.id, { expected: [409] }), await open(topic.id, { expected: [409] })];
  for (const page of [one, other]) {
    await change(page);
    await box(page).waitFor();
  }
  await other.context().setOffline(true);
  await box(other).fill('What the other one says');
  await box(one).fill('What this one says');
  await eventually(async () => expect((await draftOf(key))?.body).toBe('What this one says'));
  await other.context().setOffline(false);
  await box(other).press('End');
  await box(other).pressSequentially('.');
  await other.getByText('You edited this draft elsewhere,').waitFor();
  await other.getByText('What this one says').waitFor();
  await other.getByRole('button', { name: 'Keep both' }).click();
  await eventually(async () =>
    expect((await draftOf(key))?.body).toBe('What the other one says.\n\nWhat this one says'),
  );
  await question(other).getByRole('button', { name: 'Delete the draft' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Delete the draft' }).click();
  await question(other).getByText('Middle.').waitFor();
  expect(await draftOf(key)).toBeNull();
  await eventually(async () => expect(await focused(other)).toBe('post-1'));
  await other.reload();
  await question(other).getByText('Middle.').waitFor();
  expect(await question(other).getByText('You have an unsaved edit of this post.').count()).toBe(0);
});

it('given one types on while a change is saved, then nothing is typed, and the post keeps its files at the next change', async () => {
  const topic = await aTopic();
  const path = `${C}/posts/${topic.question.id}`;
  const { id, name } = await uploaded(world.url, ines);
  const body = 'First.\n\nMiddle.\n\nLast.';
  expect((await ines.client.patch(path, { body, attachments: [{ fileId: id, alt: '' }] })).status).toBe(200);
  const page = await open(topic.id);
  let goOn = () => {};
  const line = new Promise<void>((resolve) => (goOn = resolve));
  await page.route(`**${path}`, async (route) => {
    if (route.request().method() === 'PATCH') await line;
    await route.continue();
  });
  await change(page);
  const kept = question(page).getByRole('button', { name: `Remove ${name}` });
  await kept.waitFor();
  await box(page).fill('First of all.');
  const sent = page.waitForRequest((request) => request.method() === 'PATCH');
  await save(page);
  await sent;
  await box(page).press('End');
  await page.keyboard.type(' Two words');
  expect(await box(page).inputValue()).toBe('First of all.');
  expect(await question(page).getByRole('button', { name: 'Attach files' }).isDisabled()).toBe(true);
  goOn();
  await box(page).waitFor({ state: 'detached' });
  await eventually(async () => expect(await focused(page)).toBe('post-1'));
  await change(page);
  await kept.waitFor();
  expect(await box(page).inputValue()).toBe('First of all.');
  await box(page).fill('First of all, again.');
  await save(page);
  await question(page).getByText('First of all, again.').waitFor();
  await box(page).waitFor({ state: 'detached' });
  const { items } = (await ines.client.get(`${C}/topics/${topic.id}/posts`)).body;
  expect(items[0]).toMatchObject({ body: 'First of all, again.', attachments: [{ id }] });
});

it('given a change is begun and closed, then it is kept and goes on; where nothing was typed, one only leaves', async () => {
  const topic = await aTopic();
  const page = await open(topic.id);
  await change(page);
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await eventually(async () => expect(await focused(page)).toBe('post-1'));
  await change(page);
  await box(page).fill('First, begun.');
  expect(await question(page).getByRole('button', { name: 'Cancel' }).count()).toBe(0);
  await question(page).getByRole('button', { name: 'Close', exact: true }).press('Enter');
  await question(page).getByText('You have an unsaved edit of this post.').waitFor();
  await eventually(async () => expect(await focused(page)).toBe('post-1'));
  await question(page).getByRole('button', { name: 'Continue editing' }).click();
  await eventually(async () => expect(await box(page).inputValue()).toBe('First, begun.'));
  await question(page).getByRole('button', { name: 'Delete the draft' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete your unsaved edit?' });
  await expectNoAxeViolations(page);
  await draw(page, 'edit-drop');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await draftOf(`edit-${topic.question.id}`)).toMatchObject({ body: 'First, begun.' });
});

it('given a post that one began to change is locked, then the words are there to be copied and deleted, in French on a phone; of a deleted one too', async () => {
  const topic = await aTopic();
  const reply = await leo.client.post(`${C}/topics/${topic.id}/posts`, { body: 'A reply.' });
  const key = `edit-${reply.body.id}`;
  const begun = {
    revision: 0,
    body: 'Ce que je voulais dire',
    edit: { seen: 'A reply.', seenAttachments: [], why: '' },
  };
  const its = async () => (await leo.client.get(`/api/me/drafts/${key}`)).body.draft;
  expect((await leo.client.put(`/api/me/drafts/${key}`, begun)).status).toBe(200);
  const phone = await open(topic.id, { as: leo, width: 390, height: 800 });
  const post = phone.locator('#post-2');
  await post.getByRole('button', { name: 'Reprendre' }).waitFor();
  const words = post.getByRole('textbox', { name: 'Votre modification' });
  await aurore.client.post(`${C}/topics/${topic.id}/lock`, {});
  await words.waitFor();
  expect(await words.inputValue()).toBe('Ce que je voulais dire');
  expect(await post.getByRole('button', { name: 'Reprendre' }).count()).toBe(0);
  await expectNoAxeViolations(phone);
  await draw(phone, 'edit-ended.fr.390');
  await aurore.client.delete(`${C}/posts/${reply.body.id}`);
  await phone.reload();
  await words.waitFor();
  await post.getByRole('button', { name: 'Supprimer le brouillon' }).click();
  await phone.getByRole('dialog').getByRole('button', { name: 'Supprimer le brouillon' }).click();
  await words.waitFor({ state: 'detached' });
  expect(await its()).toBeNull();
  await eventually(async () => expect(await focused(phone)).toBe('post-2'));
});

it('given a reply with an anonymous poll, in French on a phone, then it says what is missing, is kept, and people vote in it', async () => {
  const topic = await aTopic();
  const phone = await open(topic.id, { as: leo, width: 390, height: 800 });
  await phone.getByRole('textbox', { name: 'Votre réponse', exact: true }).fill('Votons :');
  const add = phone.getByRole('button', { name: 'Ajouter un sondage' });
  await add.press('Enter');
  await eventually(async () => expect(await focused(phone)).toBe('poll.question'));
  await phone.getByRole('button', { name: 'Retirer le sondage' }).press('Enter');
  await eventually(async () => expect(await focused(phone)).toBe('poll'));
  await add.press('Enter');
  await phone.getByRole('textbox', { name: 'Question' }).fill('Quel jour ?');
  await phone.getByRole('textbox', { name: /^Choix 1/ }).fill('Lundi');
  await phone.getByRole('button', { name: 'Envoyer la réponse' }).click();
  await phone.getByText('Saisissez au moins deux choix.').waitFor();
  await phone.getByRole('textbox', { name: /^Choix 2/ }).fill('Vendredi');
  await phone.getByRole('checkbox', { name: /anonyme/i }).check();
  await expectNoAxeViolations(phone);
  await draw(phone, 'reply-poll.fr.390');
  await eventually(async () =>
    expect((await leo.client.get(`/api/me/drafts/topic-${topic.id}`)).body.draft?.poll?.anonymous).toBe(true),
  );
  await phone.reload();
  await eventually(async () =>
    expect(await phone.getByRole('textbox', { name: /^Choix 2/ }).inputValue()).toBe('Vendredi'),
  );
  await phone.getByRole('button', { name: 'Envoyer la réponse' }).click();
  await phone.locator('#post-2').getByRole('region', { name: 'Quel jour ?' }).waitFor();
  const page = await open(topic.id);
  const poll = page.locator('#post-2').getByRole('region', { name: 'Quel jour ?' });
  await poll.getByRole('radio', { name: 'Lundi' }).check();
  await poll.getByRole('button', { name: 'Vote' }).click();
  await poll.getByText('The result is shown once the poll is closed', { exact: false }).waitFor();
  await draw(page, 'reply-poll');
  expect(await phone.getByRole('textbox', { name: /^Choix 2/ }).count()).toBe(0);
});
