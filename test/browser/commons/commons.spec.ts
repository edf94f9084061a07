import type { Browser, Page } from 'playwright-core';
import { type TestWorld, startWorld } from '../../support/app.js';
import { openBrowser, signedInPage } from '../../support/browser.js';
import { eventually } from '../../support/eventually.js';
import { type TestPerson, aCohort, aMember } from '../../support/factories.js';
import { expectNoAxeViolations } from '../../support/pages.js';

/** A topic is opened to all cohorts, with words of another when they agree, and is answered from elsewhere. */
let world: TestWorld;
let browser: Browser;
let cohortId: string;
let C: string;
let topic: { id: string; question: { id: string } };
let [ines, leo, aurore, noe]: TestPerson[] = [];
const opened: string[][] = [];

beforeAll(async () => {
  world = await startWorld({ now: new Date(Date.now() - 3_600_000).toISOString() });
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
  leo = await aMember(world, cohortId, 'fellow', { name: 'Léo Fabre', locale: 'fr' });
  aurore = await aMember(world, cohortId, 'staff', { name: 'Aurore Tessier' });
  noe = await aMember(world, await aCohort(world), 'alumni', { name: 'Noé Garnier' });
  const question = {
    title: 'Who signs an open-source licence in a prefecture?',
    body: `The legal office says it is the **host**, and the host says it is the legal office. <@${leo.id}> had this, too.`,
    tags: ['law', 'licence'],
  };
  topic = (await ines.client.post(`${C}/topics`, question)).body;
  const reply = async (as: TestPerson, body: string) => {
    world.clock.advance(60_000);
    await as.client.post(`${C}/topics/${topic.id}/posts`, { body });
  };
  await reply(leo, 'Chez nous, le secrétaire général a signé.\n\n- une page suffit\n- le modèle est public');
  await reply(
    ines,
    '> <#2 Léo>\n> Chez nous, le secrétaire général a signé.\n\nThat settled it: one page, signed within a week.',
  );
});
afterEach(() => expect(opened.splice(0).flat()).toEqual([]));

async function open(as: TestPerson, path: string, { width = 1280, expected = [] as number[] } = {}): Promise<Page> {
  const { page, problems } = await signedInPage(browser, as, world.url, { expected });
  opened.push(problems);
  await page.setViewportSize({ width, height: 900 });
  await page.goto(`${world.url}${path}`);
  return page;
}

/** Draws a page for who looks at it, where that is asked for. */
const draw = async (page: Page, name: string) => {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

const give = async () => {
  const mine = (await ines!.client.get(`${C}/topics/${topic.id}/commons`)).body.mine as { id: string }[];
  const done = await ines!.client.post(`${C}/topics/${topic.id}/commons`, { postIds: mine.map(({ id }) => id) });
  return done.body.commonsTopicId as string;
};

it('given its author opens a topic, then they see first who would read what; the other agrees in French on a phone', async () => {
  const page = await open(ines!, `/c/${cohortId}/forum/${topic.id}`);
  await page.getByRole('button', { name: 'Topic actions' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Share with all cohorts' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Share with all cohorts' }).waitFor();
  await page.getByText('Alumni, who go on answering').waitFor();
  await page.getByText('@… had this, too.').waitFor();
  await page.getByText('Stays here: what it quotes of others.').waitFor();
  expect(await page.getByText('le secrétaire général').count()).toBe(0);
  expect(await page.getByRole('checkbox', { name: 'The first post' }).isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: 'Reply 3' }).focus();
  await page.keyboard.press('Space');
  expect(await page.getByRole('checkbox', { name: 'Reply 3' }).isChecked()).toBe(false);
  await page.keyboard.press('Space');
  await expectNoAxeViolations(page);
  await draw(page, 'open');
  await page.emulateMedia({ colorScheme: 'dark' });
  await draw(page, 'open.dark');
  await page.getByRole('button', { name: 'Share with all cohorts' }).click();
  await page.waitForURL(/\/commons\/[0-9a-f]{24}$/);
  await page.getByText('That settled it').waitFor();
  const address = new URL(page.url()).pathname;

  const asked = await open(leo!, '/inbox', { width: 390 });
  await asked
    .getByRole('link', { name: /Vos mots dans/ })
    .first()
    .click();
  await asked.getByRole('heading', { level: 1, name: 'Vos mots pour toutes les promotions' }).waitFor();
  await asked.getByText('Inès Carpentier a ouvert ce sujet à toutes les promotions').waitFor();
  await expectNoAxeViolations(asked);
  await draw(asked, 'asked.fr.390');
  await asked.getByRole('button', { name: 'Non, mes mots restent ici' }).scrollIntoViewIfNeeded();
  await draw(asked, 'asked.end.fr.390');
  await asked.getByRole('button', { name: /toutes les promotions peuvent le lire/ }).press('Enter');
  await asked.waitForURL(new RegExp(`${address}$`));
  await asked.getByText('Chez nous, le secrétaire général a signé.').waitFor();
  await asked.getByRole('textbox', { name: 'Votre réponse' }).waitFor();
  await draw(asked, 'topic.fr.390');

  const reader = await open(noe!, '/commons');
  await reader.getByRole('link', { name: 'Who signs an open-source licence in a prefecture?' }).waitFor();
  await expectNoAxeViolations(reader);
  await draw(reader, 'list');
  await reader.getByRole('link', { name: 'Who signs an open-source licence in a prefecture?' }).click();
  await reader.getByText('@Léo Fabre').waitFor();
  expect(await reader.getByRole('link', { name: 'In the forum of your cohort' }).count()).toBe(0);
  await reader.getByRole('textbox', { name: 'Your reply' }).fill('In my year the *sous-préfète* did.');
  world.clock.advance(60_000);
  await reader.keyboard.press('Control+Enter');
  await reader.getByRole('article', { name: 'Post by Noé Garnier' }).waitFor();
  // The reply may come by itself, before the answer that empties the box.
  await eventually(async () => expect(await reader.getByRole('textbox', { name: 'Your reply' }).inputValue()).toBe(''));
  await expectNoAxeViolations(reader);
  await draw(reader, 'topic');
  await reader.emulateMedia({ colorScheme: 'dark' });
  await draw(reader, 'topic.dark');
  await page.goto(`${world.url}/c/${cohortId}/forum/${topic.id}`);
  await page.getByRole('link', { name: 'Published in the commons' }).click();
  await page.getByText('In my year the').waitFor();
  await page.getByRole('link', { name: 'In the forum of your cohort' }).waitFor();
});

it('given nobody opened anything, then the list says how it fills; search finds by words, and a tag narrows', async () => {
  const page = await open(leo!, '/commons?q=rienderien', { width: 390 });
  await page.getByText('Aucun sujet ne correspond.').waitFor();
  await expectNoAxeViolations(page);
  await draw(page, 'nothing.fr.390');
  const id = await give();
  await page.getByRole('searchbox', { name: 'Chercher dans l’espace commun' }).fill('prefecture');
  await page.locator(`a[href="/commons/${id}"]`).waitFor();
  await page
    .locator('li', { has: page.locator(`a[href="/commons/${id}"]`) })
    .getByRole('button', { name: '#law' })
    .click();
  await page.getByRole('button', { name: 'Tous les mots-clés, pas seulement law' }).waitFor();
  expect(new URL(page.url()).search).toBe('?tag=law');
  await draw(page, 'list.fr.390');
});

it('given a post is edited, flagged and removed, then each sees what became of it', async () => {
  const id = await give();
  const said = (await noe!.client.post(`/api/commons/topics/${id}/posts`, { body: 'Buy my pens.' })).body.id as string;
  const page = await open(noe!, `/commons/${id}`);
  const post = page.locator(`#post-${said}`);
  await post.getByRole('button', { name: 'Edit' }).click();
  await post.getByRole('textbox', { name: 'Edit' }).fill('Buy my good pens.');
  await post.getByRole('button', { name: 'Save' }).click();
  await post.getByText('Buy my good pens.').waitFor();
  const reader = await open(ines!, `/commons/${id}`, { width: 390 });
  // Its words come after the buttons under them, which move then: a click at that moment hits nothing.
  await reader.getByText('Buy my good pens.').waitFor();
  await reader.locator(`#post-${said}`).getByRole('button', { name: 'Flag' }).click();
  const dialog = reader.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'It is advertising' }).check();
  await expectNoAxeViolations(reader);
  await draw(reader, 'flag.390');
  await dialog.getByRole('button', { name: 'Flag it' }).click();
  await reader.getByText('Thank you. Staff will look at it.').waitFor();
  const staff = await open(aurore!, '/commons');
  await staff.getByRole('link', { name: 'Flags in the commons' }).click();
  await staff.getByText('It is advertising').waitFor();
  await expectNoAxeViolations(staff);
  await draw(staff, 'flags');
  await staff.getByRole('button', { name: 'Delete' }).click();
  await staff.getByRole('dialog').getByRole('button', { name: 'Delete the post' }).click();
  await staff.getByText('Nothing waits for you.').waitFor();
  await draw(staff, 'flags.none');
  await page.reload();
  await page.locator(`#post-${said}`).getByText('Staff removed this post.').waitFor();
  await staff.goto(`${world.url}/commons/${id}`);
  await staff.getByRole('button', { name: 'Take it out' }).click();
  await staff.getByRole('dialog').getByRole('button', { name: 'Take it out' }).click();
  await staff.waitForURL(/\/commons$/);
  await staff.goto(`${world.url}/c/${cohortId}/forum/${topic.id}/commons`);
  await staff.getByText('It cannot be opened again.').waitFor();
});

it('given staff would like a topic to be open, then its author is asked, and says no', async () => {
  const staff = await open(aurore!, `/c/${cohortId}/forum/${topic.id}/commons`, { width: 390 });
  await staff.getByRole('button', { name: 'Ask the author' }).waitFor();
  await expectNoAxeViolations(staff);
  await draw(staff, 'wish.390');
  await staff.getByRole('button', { name: 'Ask the author' }).click();
  await staff.getByRole('button', { name: 'Ask the author' }).waitFor({ state: 'detached' });
  const page = await open(ines!, `/c/${cohortId}/forum/${topic.id}/commons`);
  await page.getByText('Aurore Tessier would like this topic to be open').waitFor();
  // By keyboard: the words above it are drawn as they come, and move what a pointer would press.
  await page.getByRole('button', { name: 'No, my words stay here' }).press('Enter');
  await page.getByText('You said no: your words stay here.').waitFor();
  await draw(page, 'declined');
});
